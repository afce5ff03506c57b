"""Somebody speaks, or seems to, while the device does."""

from functools import partial

import numpy as np
import pytest

from tests.rooms.by_ear import SENTENCE, BargeInEar, Evening, Played
from voicecheckin.conversation.messages import (
    Chime,
    Command,
    Effect,
    Heard,
    Hush,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.rooms.actors import spoken
from voicecheckin.sound.frames import Samples
from voicecheckin.sound.kitchen import Kitchen

pytestmark = pytest.mark.slow

LONG = Speak("a sentence that takes five seconds, at a tenth a letter")


def crackle(seconds: float) -> Samples:
    """Somebody, roughly."""
    return np.random.default_rng(2).normal(size=round(seconds * 16_000)).astype(np.float32)


def known_evening(kitchen: Kitchen | None = None) -> tuple[Evening, float]:
    """An evening on which the device has spoken, so that its echo is known; and the time."""
    evening = Evening(kitchen, ear=BargeInEar())
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    return evening, evening.room.now()


def test_a_voice_over_the_device_silences_it_and_the_sentence_begins_again() -> None:
    evening, start = known_evening()
    end = evening.kitchen.place(start + 3.2, spoken("sorry but may I ask you something first", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == VoiceBegan()
    assert evening.room.now() - start == pytest.approx(3.2 + 0.8, abs=0.5)
    ended = evening.room.wait(60.0)
    assert isinstance(ended, VoiceEnded)
    assert ended.silence == pytest.approx(1.2, abs=0.05)
    assert evening.room.now() == pytest.approx(end + 1.2, abs=0.8)
    again = evening.room.now()
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() - again == pytest.approx(0.1 * len(LONG.text), abs=0.3)


def test_a_word_makes_the_device_step_back_and_begin_again_without_an_event() -> None:
    evening, start = known_evening()
    evening.kitchen.place(start + 3.2, spoken("oh dear", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() - start > 3.2 + 0.1 * len(LONG.text)


@pytest.mark.parametrize("echo", ["webrtc", "none"])
@pytest.mark.parametrize("words", ["oh dear", "sorry but may I ask you something first"])
def test_whatever_is_said_over_it_the_sentence_comes_to_its_end(echo: str, words: str) -> None:
    evening = Evening(Kitchen(noise=None, echo=None), BargeInEar(), echo)
    evening.kitchen.place(3.2, spoken(words, 0))
    evening.room.perform(LONG)
    events = list(iter(partial(evening.room.wait, 20.0), SpeechEnded()))
    assert TimedOut() not in events
    assert len(events) in (0, 2)


@pytest.mark.parametrize("before", [0.9, 1.0, 1.1, 1.2])
@pytest.mark.parametrize("then", [None, Hush(), SENTENCE])
def test_a_voice_that_was_told_of_ends_whatever_becomes_of_the_sentence(
    before: float, then: Effect | None
) -> None:
    """Once, it never did where the sentence ended first, and rests were stretched by a minute."""
    evening, start = known_evening(Kitchen(noise=None, delay=0.3))
    evening.kitchen.place(start + 0.1 * len(LONG.text) - before, crackle(2.0))
    evening.room.perform(LONG)
    told = [evening.room.wait(start + 60.0)]
    if then is not None and told == [VoiceBegan()]:
        evening.room.perform(then)
    told += iter(partial(evening.room.wait, start + 60.0), TimedOut())
    kinds = [type(event) for event in told if isinstance(event, VoiceBegan | VoiceEnded)]
    assert kinds[:2] in ([], [VoiceBegan, VoiceEnded])


def test_the_device_is_silent_once_it_seems_to_be_told_something_and_begins_again() -> None:
    ear = BargeInEar()
    ear.errs = True
    evening = Evening(ear=ear)
    played = Played(evening)
    end = evening.kitchen.place(3.2, spoken("oh", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    meanwhile = [level for time, level in played.levels if end + 0.3 < time < end + 1.0]
    assert len(meanwhile) > 20
    assert max(meanwhile) == 0.0
    assert evening.room.now() > end + 1.0 + 0.1 * len(LONG.text)


def test_a_sentence_that_is_held_in_its_last_moment_keeps_none_from_following() -> None:
    ear = BargeInEar()
    evening = Evening(Kitchen(noise=None, delay=0.3), ear)
    evening.room.perform(SENTENCE)
    evening.kitchen.place(1.05, crackle(0.2))
    ear.errs = True
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() == pytest.approx(1.3, abs=0.1)
    ear.errs = False
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()


def test_the_device_alone_does_not_give_way_to_itself() -> None:
    evening = Evening(Kitchen(noise=-40.0, echo=6.0), BargeInEar())
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() == pytest.approx(0.1 * len(LONG.text) + 0.1, abs=0.1)


def test_a_bell_rings_out_whoever_speaks() -> None:
    evening = Evening(ear=BargeInEar())
    evening.kitchen.place(0.5, crackle(2.0))
    evening.room.perform(Chime("hand_over"))
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() < 3.0


def test_a_command_that_only_the_device_can_have_said_is_not_believed() -> None:
    ear = BargeInEar()
    evening = Evening(Kitchen(noise=None, echo=0.0), ear)
    ear.hears_stop = True
    evening.room.perform(LONG)
    assert evening.room.wait(1.0) == TimedOut()
    evening.kitchen.place(1.5, crackle(0.5))
    assert evening.room.wait(60.0) == Heard(Command.STOP)
    assert evening.room.now() == pytest.approx(1.5, abs=0.3)


def test_before_it_knows_its_echo_no_voice_but_its_own_makes_it_fall_silent() -> None:
    evening = Evening(ear=BargeInEar())
    evening.kitchen.place(0.5, spoken("sorry but may I ask", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() == pytest.approx(0.1 * len(LONG.text) + 0.1, abs=0.1)
