"""Frames to events: two jobs that are never mixed, and what comes too late."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.ear.voices import still, voice, words
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Listen,
    NotUnderstood,
    OutOfPlace,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.phrases import load
from voicecheckin.ear.recogniser import Samples, Verdict
from voicecheckin.ear.work import Aside

BOOK = load()
CONSENT = Listen(("yes", "no"))
TURN = Listen(turn=True, patience=3.0)


@dataclass
class Scripted:
    """A recogniser that believes what it is told, as far as that is allowed."""

    verdicts: list[Verdict]
    name: str = "scripted"
    asked: list[tuple[str, ...]] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        self.asked.append(tuple(phrases))
        self.heard.append(utterance.size / 16_000)
        said = self.verdicts[0] if len(self.verdicts) == 1 else self.verdicts.pop(0)
        return said if said.phrase in (None, *phrases) else Verdict(None, 0.9)


@dataclass
class ByHand:
    """Decides when the test says so."""

    waiting: list[tuple[Callable[[], Verdict], Future[Verdict]]] = field(default_factory=list)

    def begin(self, decision: Callable[[], Verdict]) -> Future[Verdict]:
        future: Future[Verdict] = Future()
        self.waiting.append((decision, future))
        return future

    def decide(self) -> None:
        for decision, future in self.waiting:
            future.set_result(decision())
        self.waiting.clear()

    def close(self) -> None:
        self.waiting.clear()


def scripted(*verdicts: Verdict) -> Ear:
    return Ear(Scripted(list(verdicts)), BOOK)


def frames(sound: Samples) -> Iterator[Samples]:
    return (sound[start : start + 480] for start in range(0, sound.size - 479, 480))


def events(ear: Ear, sound: Samples, speaking: bool = False) -> list[Event]:
    return [event for frame in frames(sound) for event in ear.hear(frame, speaking)]


def meanings(found: list[Event]) -> list[Event]:
    return [event for event in found if not isinstance(event, VoiceBegan | VoiceEnded)]


def test_an_answer_is_understood_after_a_question() -> None:
    ear = scripted(Verdict("yes", 0.9))
    ear.listen(CONSENT)
    began, ended, answered = events(ear, words("yes_1"))
    assert began == VoiceBegan()
    assert isinstance(ended, VoiceEnded)
    assert ended.silence == pytest.approx(1.0, abs=0.05)
    assert answered == Answered("yes")


def test_an_answer_waits_for_as_long_as_the_patience() -> None:
    for patience, understood in ((1.0, [Answered("yes")]), (2.0, [])):
        ear = scripted(Verdict("yes", 0.9))
        ear.listen(Listen(("yes", "no"), patience=patience))
        assert meanings(events(ear, words("yes_1", gap=1.4))) == understood


def test_an_answer_that_goes_on_is_judged_as_a_whole() -> None:
    recogniser = Scripted([Verdict(None, 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(Listen(("yes", "no"), patience=1.5))
    sound = np.concatenate([still(1), voice("yes_1"), still(0.6), voice("no_1"), still(2)])
    assert meanings(events(ear, sound)) == [NotUnderstood()]
    assert recogniser.heard[-1] > 2.0


def test_commands_are_open_during_a_question() -> None:
    ear = scripted(Verdict("pause", 0.9))
    ear.listen(CONSENT)
    assert meanings(events(ear, words("stop_1"))) == [Heard(Command.PAUSE)]


def test_a_command_that_the_question_expects_is_an_answer() -> None:
    ear = scripted(Verdict("pass", 0.9))
    ear.listen(Listen(("yes", "no", "pass")))
    assert meanings(events(ear, words("stop_1"))) == [Answered("pass")]


def test_doubt_is_passed_on_as_doubt() -> None:
    ear = scripted(Verdict("yes", 0.4, doubt=True))
    ear.listen(CONSENT)
    assert meanings(events(ear, words("stop_1"))) == [NotUnderstood(doubt=True)]


def test_a_known_phrase_that_is_no_answer_is_out_of_place() -> None:
    ear = scripted(Verdict("three", 0.9))
    ear.listen(CONSENT)
    assert meanings(events(ear, words("three_1"))) == [OutOfPlace()]


def test_long_speech_after_a_question_is_only_a_voice() -> None:
    recogniser = Scripted([Verdict(None, 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(Listen(("yes", "no"), patience=3.0))
    found = events(ear, np.concatenate([voice("talk")[: 16_000 * 12], still(4)]))
    assert meanings(found) == []
    assert VoiceBegan() in found
    assert all(seconds <= 5.0 for seconds in recogniser.heard)


def test_within_a_turn_unknown_words_are_silence_to_us() -> None:
    ear = scripted(Verdict(None, 0.9))
    ear.listen(TURN)
    assert meanings(events(ear, words("bird_1", "wow_1", "coffee_1"))) == []


def test_within_a_turn_a_command_between_silences_is_heard() -> None:
    ear = scripted(Verdict("pause", 0.9))
    ear.listen(TURN)
    found = events(ear, words("stop_1", gap=1.0))
    assert meanings(found) == [Heard(Command.PAUSE)]
    assert not [event for event in found if isinstance(event, VoiceEnded)]  # patience is 3 s


def test_within_a_turn_answers_count_where_they_are_listened_for() -> None:
    ear = scripted(Verdict("yes", 0.9))
    ear.listen(Listen(("yes", "no"), turn=True, patience=3.0))
    assert meanings(events(ear, words("yes_1", gap=1.0))) == [Answered("yes")]


def test_a_turn_reports_its_voice() -> None:
    ear = scripted(Verdict(None, 0.9))
    ear.listen(Listen(turn=True, patience=1.0))
    found = events(ear, np.concatenate([voice("talk")[: 16_000 * 6], still(1.6)]))
    assert found[0] == VoiceBegan()
    assert isinstance(found[-1], VoiceEnded)


def test_answers_count_only_while_the_device_is_silent() -> None:
    ear = scripted(Verdict("yes", 0.95))
    ear.listen(CONSENT)
    assert events(ear, words("yes_1"), speaking=True) == []


@pytest.mark.parametrize(
    ("verdict", "heard"),
    [
        (Verdict("pause", 0.95), [Heard(Command.PAUSE)]),
        (Verdict("pause", 0.7), []),
        (Verdict("stop", 0.7), [Heard(Command.STOP)]),
        (Verdict("stop", 0.7, doubt=True), []),
    ],
)
def test_over_the_device_only_sure_commands_count(verdict: Verdict, heard: list[Event]) -> None:
    ear = scripted(verdict)
    ear.listen(CONSENT)
    assert events(ear, words("stop_1"), speaking=True) == heard


def test_a_command_over_the_device_is_judged_once_and_told_after_its_pause() -> None:
    recogniser = Scripted([Verdict("stop", 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(CONSENT)
    found: list[tuple[bool, bool]] = []
    for frame in frames(words("stop_1")):
        told = ear.hear(frame, speaking=True) == [Heard(Command.STOP)]
        found.append((ear.commanded, told))
    seemed = next(number for number, (commanded, _) in enumerate(found) if commanded)
    (told_at,) = (number for number, (_, told) in enumerate(found) if told)
    assert 0.1 <= (told_at - seemed) * 0.03 <= 0.25
    assert not any(commanded for commanded, _ in found[told_at:])
    assert len(recogniser.asked) == 1


def spoken(name: str) -> Samples:
    """A word from its first to its last loud sample."""
    sound = voice(name)
    loud = np.flatnonzero(np.abs(sound) > 0.1 * np.abs(sound).max())
    return sound[loud[0] : loud[-1]]


def test_whoever_speaks_on_after_something_like_a_command_has_not_commanded() -> None:
    ear = Ear(Scripted([Verdict("stop", 0.9), Verdict(None, 0.9)]), BOOK)
    ear.listen(CONSENT)
    first = events(ear, np.concatenate([still(1), spoken("stop_1"), still(0.35)]), speaking=True)
    assert ear.commanded
    rest = events(ear, spoken("yes_1"), speaking=True)
    assert not ear.commanded
    rest += events(ear, still(1.5), speaking=True)
    assert first + rest == []


def test_what_was_judged_too_early_is_judged_no_more() -> None:
    work = ByHand()
    ear = Ear(Scripted([Verdict("stop", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, np.concatenate([still(1), spoken("yes_1"), still(0.26)]), speaking=True)
    events(ear, np.concatenate([spoken("stop_1"), still(1)]), speaking=True)
    (_, early), (_, last) = work.waiting
    assert early.cancelled()
    assert not last.cancelled()


def test_an_answer_may_follow_the_question_at_once() -> None:
    ear = scripted(Verdict("yes", 0.9))
    ear.listen(CONSENT)
    echo = voice("talk")[16_000 : 16_000 * 3] * np.float32(0.1)
    assert events(ear, echo, speaking=True) == []
    assert meanings(events(ear, np.concatenate([still(0.3), words("yes_1")]))) == [Answered("yes")]


def test_a_command_that_makes_the_device_fall_silent_is_heard_whole() -> None:
    recogniser = Scripted([Verdict("pause", 0.95)])
    ear = Ear(recogniser, BOOK)
    ear.listen(CONSENT)
    sound = words("coffee_1", gap=1.0)
    found: list[Event] = []
    for frame in frames(np.concatenate([sound, still(1)])):
        found += ear.hear(frame, speaking=not found and not ear.voice)
    assert meanings(found) == [Heard(Command.PAUSE)]
    assert recogniser.heard[0] > 1.0


def test_an_answer_that_begins_in_the_echo_counts() -> None:
    ear = Ear(Scripted([Verdict(None, 0.9), Verdict("yes", 0.9)]), BOOK)
    ear.listen(CONSENT)
    echo = voice("talk")[16_000 : 16_000 * 2]
    assert events(ear, echo, speaking=True) == []
    found = events(ear, np.concatenate([voice("yes_1"), still(1.5)]))
    assert meanings(found) == [Answered("yes")]


def test_it_tells_whether_somebody_speaks() -> None:
    ear = scripted(Verdict(None, 0.9))
    ear.listen(TURN)
    events(ear, voice("talk")[16_000 : 16_000 * 3])
    assert ear.voice
    events(ear, still(0.7))
    assert not ear.voice


def test_a_slow_decision_arrives_later() -> None:
    work = ByHand()
    ear = Ear(Scripted([Verdict("yes", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    assert meanings(events(ear, words("yes_1"))) == []
    work.decide()
    assert ear.hear(still(0.03), False) == [Answered("yes")]


def test_an_answer_to_an_older_question_is_dropped() -> None:
    work = ByHand()
    ear = Ear(Scripted([Verdict("yes", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, words("yes_1"))
    ear.listen(Listen(("one", "two")))
    work.decide()
    assert ear.hear(still(0.03), False) == []


def test_a_command_is_never_too_late() -> None:
    work = ByHand()
    ear = Ear(Scripted([Verdict("stop", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, words("stop_1"))
    ear.listen(Listen(("one", "two")))
    work.decide()
    assert ear.hear(still(0.03), False) == [Heard(Command.STOP)]


def test_listening_anew_in_the_middle_of_a_word_loses_nothing() -> None:
    recogniser = Scripted([Verdict("yes", 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(TURN)
    sound = words("yes_1")
    middle = 480 * 65  # 1.95 s: "yes" has just begun to sound
    first = events(ear, sound[:middle])
    ear.listen(CONSENT)
    assert meanings(first + events(ear, sound[middle:])) == [Answered("yes")]
    assert recogniser.heard[0] > 1.0


def test_a_worker_decides_beside_the_sound() -> None:
    ear = Ear(Scripted([Verdict("yes", 0.9)]), BOOK, Aside())
    ear.listen(CONSENT)
    found = events(ear, words("yes_1", gap=2.5))
    ear.close()
    assert meanings(found) == [Answered("yes")]


def test_nothing_comes_after_closing() -> None:
    ear = scripted(Verdict("yes", 0.9))
    ear.listen(CONSENT)
    ear.close()
    ear.close()
