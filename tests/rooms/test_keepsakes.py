"""Tonight's keepsakes: recorded in memory, given back, kept or dropped."""

import numpy as np
import pytest

from voicecheckin.conversation.messages import Record, Recorded, VoiceBegan, VoiceEnded
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.sound.frames import FRAME

LOUD = np.full(FRAME, 0.5, np.float32)


def say(recorder: KeepsakeRecorder, frames: int, then_quiet: int) -> Recorded | None:
    """Somebody speaks for so many frames, then is silent; the first Recorded."""
    results = [recorder.hear(LOUD, [VoiceBegan()])]
    results += [recorder.hear(LOUD, []) for _ in range(frames - 1)]
    results += [recorder.hear(LOUD * 0, [VoiceEnded()])]
    results += [recorder.hear(LOUD * 0, []) for _ in range(then_quiet)]
    return next((one for one in results if one is not None), None)


def test_a_keepsake_ends_two_seconds_after_the_voice() -> None:
    recorder = KeepsakeRecorder()
    recorder.begin(Record(0))
    recorded = say(recorder, frames=100, then_quiet=100)
    assert recorded is not None
    assert recorded.seconds == pytest.approx(3.0 + 2.0, abs=0.1)


def test_a_keepsake_is_twenty_seconds_at_most() -> None:
    recorder = KeepsakeRecorder()
    recorder.begin(Record(0))
    recorded = say(recorder, frames=1000, then_quiet=0)
    assert recorded is not None
    assert recorded.seconds == pytest.approx(20.0, abs=0.05)


def test_where_nobody_speaks_nothing_is_recorded() -> None:
    recorder = KeepsakeRecorder()
    recorder.begin(Record(1))
    results = [recorder.hear(LOUD * 0, []) for _ in range(400)]
    assert [one for one in results if one is not None] == [Recorded(0.0)]
    assert np.abs(recorder.sound(1)).max() == 0


def test_keepsakes_leave_this_memory_once_they_are_taken() -> None:
    recorder = KeepsakeRecorder()
    for floor in (0, 1):
        recorder.begin(Record(floor))
        say(recorder, frames=50, then_quiet=100)
    assert np.abs(recorder.sound(0)).max() > 0
    assert len(recorder.take()) == 2
    assert np.abs(recorder.sound(0)).max() == 0
    assert recorder.take() == []


def test_keepsakes_of_an_earlier_evening_are_played_one_after_another_and_let_go() -> None:
    recorder = KeepsakeRecorder()
    recorder.lend([LOUD, LOUD])
    assert len(recorder.sound(None)) > 2 * len(LOUD)
    assert np.abs(recorder.sound(None)).max() == 0
