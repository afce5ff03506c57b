"""A consent is a plain yes, heard surely, with no "no" in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from tests.ear.scripted import BOOK, CONSENT, events, meanings, scripted
from tests.ear.voices import still, voice, words
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Listen,
    NotUnderstood,
    OutOfPlace,
)
from voicecheckin.ear.choose import choose
from voicecheckin.ear.consent import deepened, plainly
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.recogniser import Verdict
from voicecheckin.sound.frames import RATE, Samples

PLAIN = replace(CONSENT, plain=True)
ASKED_AGAIN: list[Event] = [NotUnderstood(doubt=True)]


def meant(verdict: Verdict, listen: Listen = PLAIN) -> list[Event]:
    """What follows from *verdict* on one word."""
    ear = scripted(verdict)
    ear.listen(listen)
    return meanings(events(ear, words("yes_1")))


def test_a_consent_wants_a_surer_yes_than_other_answers() -> None:
    assert meant(Verdict("yes", 0.89)) == ASKED_AGAIN
    assert meant(Verdict("yes", 0.9)) == [Answered("yes")]
    assert meant(Verdict("yes", 0.6), CONSENT) == [Answered("yes")]


def test_a_no_and_a_command_count_as_ever() -> None:
    assert meant(Verdict("no", 0.6)) == [Answered("no")]
    assert meant(Verdict("stop", 0.6)) == [Heard(Command.STOP)]


def test_an_assent_is_asked_again_where_a_consent_is_asked() -> None:
    assert meant(Verdict("assent", 0.9)) == ASKED_AGAIN
    assert meant(Verdict("assent", 0.9), CONSENT) == [OutOfPlace()]


@dataclass
class Looked:
    """Hears yes, and in the look of that number what it is told."""

    look: int
    finds: Verdict
    name: str = "looked"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        self.asked.append(tuple(phrases))
        return self.finds if len(self.asked) == self.look else Verdict(None, 0.9)


YES = Verdict("yes", 0.95)


@pytest.mark.parametrize("look", [1, 2, 3])
def test_a_no_in_either_half_or_below_all_else_makes_it_doubt(look: int) -> None:
    ear = Looked(look, Verdict("no", 0.9))
    assert plainly(YES, ear, voice("yes_1")) == Verdict(None, pytest.approx(0.05), doubt=True)
    assert set(ear.asked) == {("no",)}


def test_a_trace_of_no_counts_in_a_half_only() -> None:
    trace = Verdict("no", 0.4, doubt=True)
    doubts = [plainly(YES, Looked(look, trace), voice("yes_1")).doubt for look in (1, 2, 3, 4)]
    assert doubts == [True, True, False, False]


def test_nothing_but_a_yes_is_looked_at_again() -> None:
    ear = Looked(1, Verdict("no", 0.9))
    for verdict in (Verdict("no", 0.9), Verdict(None, 0.9), Verdict("no", 0.5, doubt=True)):
        assert plainly(verdict, ear, voice("yes_1")) == verdict
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
