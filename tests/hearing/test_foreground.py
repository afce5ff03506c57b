"""A voice that is near, and talk far behind it."""

import numpy as np
import pytest

from tests.hearing.scripted import TURN, events, meanings, scripted
from tests.hearing.voices import RATE, still, voice
from voicecheckin.conversation.messages import Command, Heard, VoiceBegan, VoiceEnded
from voicecheckin.hearing.foreground import Foreground
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.sound.frames import Samples


def behind(decibels: float) -> Samples:
    """Somebody reads for 14 s, in a room that hisses; a "stop" is as much louder, after 5 s."""
    hiss = np.random.default_rng(1).normal(0, 1e-4, 14 * RATE).astype(np.float32)
    sound = voice("talk")[: 14 * RATE] * np.float32(10 ** (-decibels / 20)) + hiss
    word = voice("stop_1") * np.float32(0.5 / np.abs(voice("stop_1")).max())
    sound[5 * RATE :][: word.size] += word
    return sound


def test_a_stop_is_heard_though_somebody_reads_far_behind_it() -> None:
    ear = scripted(Recognition("stop", 0.9))
    ear.listen(TURN)
    sound = behind(40)
    events(ear, sound[: 5 * RATE])
    assert meanings(events(ear, sound[5 * RATE : 7 * RATE])) == [Heard(Command.STOP)]


@pytest.mark.parametrize("softer", [6, 12, 18, 24])
def test_a_softer_partner_is_heard_right_after_a_loud_one(softer: float) -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(TURN)
    talk = voice("talk")[: 5 * RATE]
    soft = talk * np.float32(10 ** (-softer / 20))
    found = events(ear, np.concatenate([talk, still(3.5), soft, still(3.5)]))
    assert [type(event) for event in found] == [VoiceBegan, VoiceEnded] * 2


def test_a_whisper_is_heard_soon_after_a_loud_voice() -> None:
    foreground = Foreground()
    for _ in range(30):
        foreground.hear(-20.0, 0.9)
    assert [foreground.hear(-56.0, 0.9)[0] for _ in range(7)] == [0.9] * 6 + [0.0]
    for _ in range(250):  # eight seconds
        foreground.hear(-80.0, 0.0)
    assert foreground.hear(-56.0, 0.9) == (0.9, False)


def test_a_soft_first_sound_is_no_talk_behind_somebody() -> None:
    foreground = Foreground()
    heard = [foreground.hear(level, 0.9) for level in (-60.0, -58.0, -30.0, -25.0, -24.0)]
    assert heard == [(0.9, False)] * 5
