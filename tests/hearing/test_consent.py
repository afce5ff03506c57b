"""A consent is a plain yes, heard surely, with no "no" in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from tests.hearing.scripted import BOOK, CONSENT, events, meanings, scripted
from tests.hearing.voices import still, voice, words
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Listen,
    NotUnderstood,
    OutOfPlace,
)
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.consent import deepened, plainly
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import RATE, Samples

PLAIN = replace(CONSENT, plain=True)
ASKED_AGAIN: list[Event] = [NotUnderstood(doubt=True)]


def meant(result: Recognition, listen: Listen = PLAIN) -> list[Event]:
    """What follows from *result* on one word."""
    ear = scripted(result)
    ear.listen(listen)
    return meanings(events(ear, words("yes_1")))


def test_a_consent_wants_a_surer_yes_than_other_answers() -> None:
    assert meant(Recognition("yes", 0.89)) == ASKED_AGAIN
    assert meant(Recognition("yes", 0.9)) == [Answered("yes")]
    assert meant(Recognition("yes", 0.6), CONSENT) == [Answered("yes")]


def test_a_no_and_a_command_count_as_ever() -> None:
    assert meant(Recognition("no", 0.6)) == [Answered("no")]
    assert meant(Recognition("stop", 0.6)) == [Heard(Command.STOP)]


def test_an_assent_is_asked_again_where_a_consent_is_asked() -> None:
    assert meant(Recognition("assent", 0.9)) == ASKED_AGAIN
    assert meant(Recognition("assent", 0.9), CONSENT) == [OutOfPlace()]


@dataclass
class Looked(Recogniser):
    """Hears yes, and in the look of that number what it is told."""

    look: int
    finds: Recognition
    name: str = "looked"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        self.asked.append(tuple(phrases))
        return self.finds if len(self.asked) == self.look else Recognition(None, 0.9)


YES = Recognition("yes", 0.95)


@pytest.mark.parametrize("look", [1, 2, 3])
def test_a_no_in_either_half_or_below_all_else_makes_it_doubt(look: int) -> None:
    ear = Looked(look, Recognition("no", 0.9))
    assert plainly(YES, ear, voice("yes_1")) == Recognition(None, pytest.approx(0.05), doubt=True)
    assert set(ear.asked) == {("no",)}


def test_a_trace_of_no_counts_in_a_half_only() -> None:
    trace = Recognition("no", 0.4, doubt=True)
    doubts = [plainly(YES, Looked(look, trace), voice("yes_1")).doubt for look in (1, 2, 3, 4)]
    assert doubts == [True, True, False, False]


def test_nothing_but_a_yes_is_looked_at_again() -> None:
    ear = Looked(1, Recognition("no", 0.9))
    for result in (
        Recognition("no", 0.9),
        Recognition(None, 0.9),
        Recognition("no", 0.5, doubt=True),
    ):
        assert plainly(result, ear, voice("yes_1")) == result
    assert ear.asked == []


def test_only_what_is_deep_remains() -> None:
    time = np.arange(RATE) / RATE
    deep, high = (np.sin(2 * np.pi * pitch * time).astype(np.float32) for pitch in (300, 3000))
    assert np.abs(deepened(deep + high) - deep).max() < 0.01


def levelled(name: str) -> Samples:
    sound = voice(name)
    return (sound * 0.3 / np.abs(sound).max()).astype(np.float32)


@pytest.mark.slow
def test_a_no_that_follows_a_yes_is_never_a_plain_yes() -> None:
    recogniser = choose("whisper", BOOK)
    for number in (1, 2, 3):
        yes, no = levelled(f"yes_{number}"), levelled(f"no_{number}")
        for sound, understood in ((yes, True), (both(yes, no), False)):
            ear = Ear(recogniser, BOOK)
            ear.listen(PLAIN)
            found = meanings(events(ear, np.concatenate([still(1), sound, still(2)])))
            assert (found == [Answered("yes")]) is understood


def both(yes: Samples, no: Samples) -> Samples:
    """A yes, and a no that begins 0.4 s later."""
    sound = np.zeros(2 * RATE, np.float32)
    sound[: yes.size] += yes
    sound[round(0.4 * RATE) :][: no.size] += no
    return sound
