"""Frames to events: two jobs that are never mixed, and what comes too late."""

import numpy as np
import pytest

from tests.hearing.scripted import BOOK, CONSENT, TURN, ByHand, Scripted, events, meanings, scripted
from tests.hearing.voices import still, voice, words
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
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.work import OneThread
from voicecheckin.sound.frames import Samples


def test_an_answer_is_understood_after_a_question() -> None:
    ear = scripted(Recognition("yes", 0.9))
    ear.listen(CONSENT)
    began, ended, answered = events(ear, words("yes_1"))
    assert began == VoiceBegan()
    assert isinstance(ended, VoiceEnded)
    assert ended.silence == pytest.approx(1.0, abs=0.05)
    assert answered == Answered("yes")


def test_a_recogniser_that_fails_has_understood_nothing_and_is_asked_again() -> None:
    recogniser = Scripted([Recognition("yes", 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(CONSENT)
    results, recogniser.results = recogniser.results, []  # it raises IndexError
    assert meanings(events(ear, words("yes_1"))) == [NotUnderstood()]
    recogniser.results = results
    assert meanings(events(ear, words("yes_1"))) == [Answered("yes")]


def test_an_answer_waits_for_as_long_as_the_patience() -> None:
    for patience, understood in ((1.0, [Answered("yes")]), (2.0, [])):
        ear = scripted(Recognition("yes", 0.9))
        ear.listen(Listen(("yes", "no"), patience=patience))
        assert meanings(events(ear, words("yes_1", gap=1.4))) == understood


def test_an_answer_that_goes_on_is_judged_as_a_whole() -> None:
    recogniser = Scripted([Recognition(None, 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(Listen(("yes", "no"), patience=1.5))
    sound = np.concatenate([still(1), voice("yes_1"), still(0.6), voice("no_1"), still(2)])
    assert meanings(events(ear, sound)) == [NotUnderstood()]
    assert recogniser.heard[-1] > 2.0


def test_commands_are_open_during_a_question() -> None:
    ear = scripted(Recognition("pause", 0.9))
    ear.listen(CONSENT)
    assert meanings(events(ear, words("stop_1"))) == [Heard(Command.PAUSE)]


def test_a_command_that_the_question_expects_is_an_answer() -> None:
    ear = scripted(Recognition("pass", 0.9))
    ear.listen(Listen(("yes", "no", "pass")))
    assert meanings(events(ear, words("stop_1"))) == [Answered("pass")]


def test_doubt_is_passed_on_as_doubt() -> None:
    ear = scripted(Recognition("yes", 0.4, doubt=True))
    ear.listen(CONSENT)
    assert meanings(events(ear, words("stop_1"))) == [NotUnderstood(doubt=True)]


def test_a_known_phrase_that_is_no_answer_is_out_of_place() -> None:
    ear = scripted(Recognition("three", 0.9))
    ear.listen(CONSENT)
    assert meanings(events(ear, words("three_1"))) == [OutOfPlace()]


def long_talk(then: float = 4.0) -> Samples:
    """Twelve seconds of somebody reading, and stillness."""
    return np.concatenate([voice("talk")[: 16_000 * 12], still(then)])


def test_an_answer_too_long_to_be_judged_is_asked_again_once_it_has_ended() -> None:
    recogniser = Scripted([Recognition(None, 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(Listen(("yes", "no"), patience=3.0))
    found = events(ear, long_talk())
    assert found[0] == VoiceBegan()
    assert isinstance(found[-2], VoiceEnded)
    assert found[-1] == NotUnderstood(long=True)
    assert meanings(found) == [NotUnderstood(long=True)]
    assert all(seconds <= 5.0 for seconds in recogniser.heard)


@pytest.mark.parametrize("listen", [TURN, Listen(("yes",), turn=True), Listen()])
def test_long_speech_is_no_answer_where_nobody_asked(listen: Listen) -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(listen)
    assert NotUnderstood(long=True) not in events(ear, long_talk(then=7.0))


def test_a_long_answer_to_an_older_question_is_no_matter() -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(Listen(("yes", "no"), patience=3.0))
    events(ear, long_talk(then=1.0))
    ear.listen(Listen(("one", "two"), patience=3.0))
    assert meanings(events(ear, still(3))) == []


def test_within_a_turn_unknown_words_are_silence_to_us() -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(TURN)
    assert meanings(events(ear, words("bird_1", "wow_1", "coffee_1"))) == []


def test_within_a_turn_a_command_between_silences_is_heard() -> None:
    ear = scripted(Recognition("pause", 0.9))
    ear.listen(TURN)
    found = events(ear, words("stop_1", gap=1.0))
    assert meanings(found) == [Heard(Command.PAUSE)]
    assert not [event for event in found if isinstance(event, VoiceEnded)]  # patience is 3 s


def test_within_a_turn_answers_count_where_they_are_listened_for() -> None:
    ear = scripted(Recognition("yes", 0.9))
    ear.listen(Listen(("yes", "no"), turn=True, patience=3.0))
    assert meanings(events(ear, words("yes_1", gap=1.0))) == [Answered("yes")]


def test_a_turn_reports_its_voice() -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(Listen(turn=True, patience=1.0))
    found = events(ear, np.concatenate([voice("talk")[: 16_000 * 6], still(1.6)]))
    assert found[0] == VoiceBegan()
    assert isinstance(found[-1], VoiceEnded)


def test_it_tells_whether_somebody_speaks() -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(TURN)
    events(ear, voice("talk")[16_000 : 16_000 * 3])
    assert ear.signs.voice
    events(ear, still(0.7))
    assert not ear.signs.voice


def test_a_slow_decision_arrives_later() -> None:
    work = ByHand()
    ear = Ear(Scripted([Recognition("yes", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    assert meanings(events(ear, words("yes_1"))) == []
    work.decide()
    assert ear.hear(still(0.03)) == [Answered("yes")]


def test_an_answer_to_an_older_question_is_dropped() -> None:
    work = ByHand()
    ear = Ear(Scripted([Recognition("yes", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, words("yes_1"))
    ear.listen(Listen(("one", "two")))
    work.decide()
    assert ear.hear(still(0.03)) == []


def test_a_command_is_never_too_late() -> None:
    work = ByHand()
    ear = Ear(Scripted([Recognition("stop", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, words("stop_1"))
    ear.listen(Listen(("one", "two")))
    work.decide()
    assert ear.hear(still(0.03)) == [Heard(Command.STOP)]


def test_listening_anew_in_the_middle_of_a_word_loses_nothing() -> None:
    recogniser = Scripted([Recognition("yes", 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(TURN)
    sound = words("yes_1")
    middle = 480 * 65  # 1.95 s: "yes" has just begun to sound
    first = events(ear, sound[:middle])
    ear.listen(CONSENT)
    assert meanings(first + events(ear, sound[middle:])) == [Answered("yes")]
    assert recogniser.heard[0] > 1.0


def test_a_worker_decides_beside_the_sound() -> None:
    work = OneThread()
    ear = Ear(Scripted([Recognition("yes", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    found = events(ear, words("yes_1", gap=2.5))
    work.begin(
        lambda: Recognition(None, 1.0)
    ).result()  # it decides in order: so all else is decided
    found += ear.hear(still(0.03))
    ear.close()
    assert meanings(found) == [Answered("yes")]


def test_nothing_comes_after_closing() -> None:
    ear = scripted(Recognition("yes", 0.9))
    ear.listen(CONSENT)
    ear.close()
    ear.close()


@pytest.mark.parametrize(("score", "asked"), [(0.6, [NotUnderstood(doubt=True)]), (0.3, [])])
def test_hardly_a_sound_is_asked_about_only_if_it_was_likely_an_answer(
    score: float, asked: list[Event]
) -> None:
    ear = scripted(Recognition("yes", score, doubt=True))
    ear.listen(CONSENT)
    short = words("yes_1")
    loud = int(np.argmax(np.abs(short)))
    short = short[loud - 480 : loud + 480] * np.hanning(960).astype(np.float32)
    found = events(ear, np.concatenate([still(1.0), short, still(1.5)]))
    assert meanings(found) == asked
