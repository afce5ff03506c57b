"""A microphone that gives nothing at all."""

import numpy as np

from voicecheckin.conversation.messages import Event, Noticed
from voicecheckin.rooms.muted import MUTED, MutedMicrophone
from voicecheckin.sound.frames import FRAME_SECONDS, silence

TOLD: list[Event] = [Noticed("no_sound_heard")]


def told(microphone: MutedMicrophone, seconds: float) -> list[Event]:
    """What is told within so many seconds of exact zeros."""
    frames = round(seconds / FRAME_SECONDS)
    return [event for _ in range(frames) for event in microphone.hear(silence())]


def test_nothing_at_all_for_two_minutes_is_told_once() -> None:
    microphone = MutedMicrophone()
    assert told(microphone, MUTED - 1) == []
    assert told(microphone, 2) == TOLD
    assert told(microphone, 600) == []


def test_one_sample_that_is_not_zero_is_a_microphone_at_work() -> None:
    microphone, faint = MutedMicrophone(), silence()
    faint[7] = np.float32(1e-6)
    assert told(microphone, MUTED - 1) + microphone.hear(faint) == []
    assert told(microphone, MUTED - 1) == []
