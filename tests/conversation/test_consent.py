"""Where both are asked for a decision: a consent is never obtained, a choice holds nobody up."""

from collections.abc import Sequence

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.meaning import ASSENT
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Event,
    NotUnderstood,
    OutOfPlace,
    SpeechEnded,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.states import State

NOISES = [NotUnderstood(), NotUnderstood(doubt=True), NotUnderstood(long=True), OutOfPlace()]


def at_consent() -> Evening:
    """Both are here; the first is asked whether to take part."""
    return Evening().answer("yes")


def at_the_gate() -> Evening:
    """A tender topic is about to be opened, or not."""
    evening = Evening().settle().pass_step()
    assert evening.checkin.step_id == "U7a"
    return evening


def at_choice(evening: int | None = None, **more: object) -> Evening:
    """A question that is no consent: whether this is the first evening."""
    asked = Evening(evening, **more).answer("yes")
    assert asked.checkin.step_id == "FI"
    return asked


def miss(evening: Evening, events: Sequence[Event]) -> Evening:
    """The device does not understand, and asks again."""
    for event in events:
        evening.send(event, 1.0)
        evening.hear_out()
    return evening


# A consent.


def test_each_is_asked_for_consent_by_name() -> None:
    evening = at_consent().answer("yes")
    assert evening.said[1:] == ["One, do you want this?", "Two, do you want this?"]


@pytest.mark.parametrize("step", ["O2a", "U7a"])
def test_sr_01_a_consent_is_listened_for_as_plain(step: str) -> None:
    evening = at_consent() if step == "O2a" else at_the_gate()
    assert evening.asked.step == step
    assert evening.asked.plain
    assert ASSENT not in evening.asked.answers


def test_sr_01_fine_is_no_consent() -> None:
    """In a tense couple, "fine." means no: it does not count, and is asked about."""
    evening = at_consent()
    assert evening.send(Answered(ASSENT)) == []
    assert evening.place == ("O2a", 0)


def test_sr_01_one_no_is_enough_and_nobody_else_is_asked() -> None:
    first, second = at_consent().answer("no"), at_consent().answer("yes", "no")
    assert first.said[-2:] == ["One, do you want this?", "Good night."]
    assert second.said[-2:] == ["Two, do you want this?", "Good night."]
    assert {first.checkin.ending, second.checkin.ending} == {Ending.DECLINED}


@pytest.mark.parametrize("noise", NOISES)
def test_sr_01_doubt_about_a_consent_means_no_after_one_more_try(noise: Event) -> None:
    evening = miss(at_consent(), [noise])
    assert evening.place == ("O2a", 0)
    miss(evening, [noise])
    assert evening.checkin.ending is Ending.DECLINED
    assert evening.said[-1] == "Good night."
    assert "Help is there." not in evening.said


def test_sr_08_silence_at_consent_closes_kindly_after_ninety_seconds() -> None:
    """It used to end after a quarter of an hour, without the closing words."""
    evening = at_consent()
    asked_at = evening.now
    while evening.checkin.state is State.ASKING:
        evening.be_silent()
        if evening.checkin.state is State.ASKING:
            evening.hear_out()
    assert evening.now - asked_at == pytest.approx(90, abs=10)
    evening.hear_out()
    assert evening.checkin.ending is Ending.DECLINED
    assert evening.said[-1] == "Good night."


def test_sr_01_silence_at_the_gate_leaves_the_topic() -> None:
    evening = at_the_gate()
    while evening.checkin.step_id == "U7a":
        evening.be_silent().hear_out()
    assert evening.checkin.step_id == "SF2"


def test_not_now_at_the_first_question_ends_kindly() -> None:
    evening = Evening().answer("not now")
    assert evening.said == ["O0.", "Good night."]
    assert evening.checkin.ending is Ending.DECLINED


def test_more_time_gives_a_consent_all_its_patience_again() -> None:
    evening = at_consent().be_silent().hear_out()
    evening.say(Command.MORE_TIME).hear_out()
    assert evening.checkin.deadline == evening.now + 20.0


# A choice.


def test_assent_counts_in_a_choice() -> None:
    evening = at_choice()
    assert ASSENT in evening.asked.answers
    assert not evening.asked.plain
    evening.answer(ASSENT)
    assert evening.checkin.shape == (1, "usual")


def test_assent_is_never_offered_as_a_choice() -> None:
    """Nobody says "assent": it is what several sayings mean."""
    evening = miss(at_choice(), [NotUnderstood(doubt=True)])
    evening.say(Command.HELP).hear_out()
    assert [text.split(": ")[1] for text in evening.said if ": " in text] == 2 * ["yes or no."]


@pytest.mark.parametrize("noise", NOISES)
def test_a_choice_that_is_not_understood_twice_is_made_aloud(noise: Event) -> None:
    evening = at_choice()
    began = evening.now
    miss(evening, [noise])
    assert evening.checkin.step_id == "FI"
    evening.send(noise, 1.0)
    assert evening.said[-1].startswith("Chosen")
    assert evening.now - began < 30


def test_a_choice_that_is_met_with_silence_is_made_aloud_within_thirty_seconds() -> None:
    evening = at_choice()
    asked_at = evening.now
    while evening.checkin.state is State.ASKING:
        assert evening.now - asked_at <= 30
        if evening.checkin.busy:
            evening.next()
        else:
            evening.be_silent()
    assert evening.said[-1].startswith("Chosen")
    assert evening.now - asked_at <= 30


def test_a_choice_that_was_made_for_them_can_still_be_made_otherwise() -> None:
    """The evening that was not offered in time is offered next."""
    evening = at_choice()
    miss(evening, [NotUnderstood(), NotUnderstood()])
    assert evening.checkin.step_id == "WK"


def test_a_radio_does_not_hold_up_a_choice() -> None:
    evening = at_choice()
    asked_at = evening.now
    while evening.checkin.step_id == "FI" and evening.checkin.state is State.ASKING:
        if evening.checkin.busy:
            evening.next()
            continue
        evening.send(VoiceBegan(), 4.0)
        evening.send(VoiceEnded(0.6), 2.0)
        evening.send(NotUnderstood())
    assert evening.now - asked_at <= 30


@pytest.mark.parametrize("word", [Command.PASS, Command.HOLD])
def test_who_passes_a_choice_is_told_what_was_chosen(word: Command) -> None:
    evening = at_choice()
    evening.say(word)
    assert evening.said[-1].startswith("Chosen")


def test_what_nobody_asked_to_choose_is_not_told_as_a_choice() -> None:
    evening = at_choice().answer("no")
    assert not any(text.startswith("Chosen") for text in evening.said)


@pytest.mark.parametrize("word", [Command.REPEAT, Command.HELP, Command.SLOWER])
def test_who_asks_for_something_just_before_a_choice_is_made_may_still_answer(
    word: Command,
) -> None:
    evening = at_choice().be_silent().hear_out()
    evening.say(word, after=8.0).hear_out()
    assert evening.checkin.deadline == evening.now + 5.0


def test_a_choice_is_not_asked_for_again_where_no_time_is_left_for_it() -> None:
    evening = at_choice().be_silent().hear_out()
    evening.send(NotUnderstood(), 2.0)
    assert evening.said[-1] == "Chosen: no."


@pytest.mark.parametrize("word", [Command.PASS, Command.MORE_TIME, Command.GO_ON])
def test_while_the_reply_is_said_the_answer_stands(word: Command) -> None:
    evening = at_the_gate().answer("yes")
    evening.send(Answered("no"), 1.0)
    evening.to(State.REPLYING).say(word).hear_out()
    assert evening.checkin.step_id == "SF2"


def test_an_answer_within_the_question_does_not_count() -> None:
    evening = Evening()
    while not evening.sounding:
        evening.next()
    assert evening.send(Answered("no")) == []
    evening.send(SpeechEnded(), 1.0)
    assert evening.checkin.state is State.ASKING
