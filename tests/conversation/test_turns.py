"""A turn and its reply: what each step asks for, how long one may pause, and how one leaves."""

from collections.abc import Sequence

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Ending,
    Finish,
    Heard,
    Keep,
    NotUnderstood,
    OutOfPlace,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.rhythm import LONGEST, Rhythm
from voicecheckin.conversation.states import State


def receiving() -> Evening:
    """At the first turn of a step that is only taken in."""
    evening = Evening(evening=1).settle()
    assert evening.checkin.step_id == "P1"
    return evening


def said_back(evening: int = 1) -> Evening:
    """At the first turn of a reflective step that is said back."""
    return Evening(evening).settle().pass_step()


def deep() -> Evening:
    """At the first turn of a deep step that is said back."""
    return Evening().settle().pass_step().answer("yes", "yes")


def owning() -> Evening:
    """At the first turn of a step in which one owns something."""
    evening = Evening(evening=3).settle().pass_step()
    assert evening.checkin.step_id == "U6"
    return evening


def reply_to(evening: Evening) -> Evening:
    """The speaker has finished; the listener has been asked for a reply."""
    evening.talk(10.0).say(Command.DONE).hear_out().send(Answered("no"))
    return evening.hear_out().to(State.SAYING_BACK)


def words(evening: Evening) -> list[str]:
    """Which recurring lines were said, whatever their wording."""
    return [text.split(".")[0].split(",")[0].split(":")[0].lower() for text in evening.said]


# Replies.


def test_what_is_received_is_answered_with_thanks_and_nothing_is_asked() -> None:
    evening = receiving()
    evening.effects.clear()
    evening.talk(10.0).be_silent().to(State.RECEIVING).hear_out().to(State.THINKING)
    assert words(evening)[:1] == ["thanks"]
    assert evening.all_of(Chime) == []
    assert evening.place == ("P1", 1)


def test_sr_21_what_is_said_back_is_checked_with_the_speaker() -> None:
    evening = said_back()
    evening.effects.clear()
    evening.turn()
    lines = [word for word in words(evening) if word not in ("more", "thanks")]
    assert lines == ["listener", "felt_heard"]


def test_sr_21_after_saying_back_something_deep_comes_what_makes_sense_in_it() -> None:
    evening = deep()
    evening.effects.clear()
    evening.turn()
    lines = [word for word in words(evening) if word not in ("more", "thanks")]
    assert lines == ["listener", "makes_sense", "felt_heard"]


def test_sr_21_who_owned_something_is_never_asked_whether_they_feel_heard() -> None:
    evening = owning()
    evening.effects.clear()
    evening.turn()
    lines = [word for word in words(evening) if word not in ("more", "thanks")]
    assert lines == ["how_to_hear", "need_to_see"]


@pytest.mark.parametrize("begin", [deep, owning])
def test_the_second_thing_to_say_may_be_left_unsaid(begin: object) -> None:
    """A quiet of twelve seconds, or a pass, goes on as if something had been said."""
    assert callable(begin)
    for passes in (False, True):
        evening = reply_to(begin()).talk(5.0).say(Command.DONE).hear_out().to(State.SAYING_BACK)
        assert evening.checkin.deadline == evening.now + 12.0
        evening = evening.say(Command.PASS) if passes else evening.be_silent()
        evening.to(State.FELT_HEARD if begin is deep else State.DIGESTING)


def test_sr_07_both_partners_get_the_same_words_and_rests() -> None:
    evening = said_back()
    turns = []
    for _ in range(2):
        evening.effects.clear()
        evening.rests.clear()
        evening.turn()
        said = [text.replace("One", "X").replace("Two", "X") for text in evening.said]
        turns.append((said, list(evening.rests)))
        evening.hear_out()
    assert turns[0] == turns[1]


def test_a_reply_that_is_not_begun_is_waited_for_and_met_with_a_word() -> None:
    evening = reply_to(said_back())
    assert evening.checkin.deadline == evening.now + 30.0
    evening.be_silent()
    assert words(evening)[-1] == "first_cue"


def test_a_reply_may_be_passed() -> None:
    reply_to(said_back()).say(Command.PASS).to(State.DIGESTING)


# Is there more?


def test_is_there_more_is_asked_once_a_turn_at_most() -> None:
    evening = said_back()
    evening.effects.clear()
    evening.talk(10.0).be_silent().hear_out().send(Answered("yes"))
    evening.talk(10.0).be_silent().to(State.RECEIVING)
    assert words(evening).count("more") == 1


def test_silence_in_a_light_turn_is_not_asked_about() -> None:
    evening = receiving().talk(10.0)
    assert evening.checkin.deadline == evening.now + 6.0
    evening.be_silent().to(State.RECEIVING)


def test_sr_23_silence_in_any_other_turn_is_asked_about_first() -> None:
    for begin in (said_back, deep, owning):
        begin().talk(10.0).be_silent().to(State.MORE)


def test_a_bell_can_ask_instead_of_words() -> None:
    evening = Evening(evening=1, tone_for_more=True).settle().pass_step()
    evening.effects.clear()
    evening.talk(10.0).be_silent().to(State.MORE)
    assert evening.said == []
    assert evening.all_of(Chime) == [Chime("hand_over", "SF1")]


# Patience.


def cut_ins(pauses: Sequence[float], pace: float = 1.0) -> int:
    """How often somebody who pauses so long between two stretches is spoken to."""
    evening = Evening(evening=1, pace=pace).settle().pass_step()
    evening.send(VoiceBegan(), 2.0)
    cuts = 0
    for pause in pauses:
        evening.send(VoiceEnded(), 4.0)
        ends = evening.now + pause
        assert evening.checkin.deadline is not None
        if evening.checkin.deadline <= ends:
            cuts += 1
            evening.be_silent().to(State.MORE)
        evening.send(VoiceBegan(), ends - evening.now)
        evening.to(State.SHARING)
    return cuts


@pytest.mark.parametrize("pace", [1.0, 0.5])
def test_with_pauses_of_five_seconds_nobody_is_cut_off_after_the_first_time(pace: float) -> None:
    assert cut_ins([5.0] * 8, pace) == (0 if pace == 1.0 else 1)


def test_whoever_pauses_longer_than_the_class_allows_is_asked_once_that_evening() -> None:
    assert cut_ins([9.0] * 6) == 1


def test_saying_back_has_the_same_patience_and_the_other_has_their_own() -> None:
    evening = reply_to(said_back())
    listener = evening.checkin.floor
    evening.talk(4.0)
    assert evening.checkin.deadline == evening.now + 6.0
    evening.send(VoiceBegan(), 5.0)
    evening.send(VoiceEnded(), 4.0)
    assert evening.checkin.deadline == evening.now + 7.5
    evening.be_silent().hear_out().send(Answered("yes"))
    evening.hear_out().to(State.THINKING)
    assert evening.checkin.floor == listener
    evening.talk(10.0)
    assert evening.checkin.deadline == evening.now + 7.5
    evening.be_silent().hear_out().be_silent().hear_out().talk(4.0).to(State.SAYING_BACK)
    assert evening.checkin.deadline == evening.now + 6.0


def test_patience_is_never_less_than_that_of_the_step_and_has_an_end() -> None:
    rhythm = Rhythm()
    for pause in (0.5, 2.0):
        rhythm.note(0, pause)
        assert rhythm.silence(0, 6.0) == 6.0
    rhythm.note(0, 60.0)
    assert rhythm.silence(0, 6.0) == LONGEST
    assert rhythm.silence(1, 6.0) == 6.0


# Leaving a turn.


@pytest.mark.parametrize("begin", [receiving, said_back, deep, owning])
def test_before_anything_was_said_a_pass_is_taken_at_once(begin: object) -> None:
    assert callable(begin)
    evening = begin().say(Command.PASS).to(State.DIGESTING)
    assert words(evening)[-1] == "passed"


def test_the_word_pass_itself_is_no_beginning() -> None:
    evening = said_back().talk(0.8).say(Command.PASS)
    evening.to(State.DIGESTING)


def test_in_the_middle_of_a_turn_the_speaker_is_asked_whether_to_leave_it_there() -> None:
    """It may be the other one who wants it to end."""
    evening = said_back().talk(10.0)
    whose = evening.checkin.floor
    evening.say(Command.PASS).to(State.LEAVING_OFF)
    assert words(evening)[-1] == "leave_off"
    evening.hear_out().send(Answered("no"))
    evening.to(State.THINKING)
    assert evening.checkin.floor == whose
    evening.talk(5.0).say(Command.PASS).hear_out().send(Answered("yes"))
    evening.to(State.DIGESTING)


def test_whoever_speaks_on_is_not_left() -> None:
    evening = said_back().talk(10.0).say(Command.PASS).hear_out()
    evening.send(VoiceBegan(), 1.0)
    evening.to(State.SHARING)


def test_silence_about_leaving_it_there_leaves_it_there() -> None:
    evening = said_back().talk(10.0).say(Command.PASS).hear_out().be_silent()
    evening.to(State.DIGESTING)
    assert words(evening)[-1] == "passed"


def test_whoever_spoke_on_is_asked_for_more_and_yes_means_more() -> None:
    """Once, this yes would have been taken for a wish to leave it there."""
    evening = said_back().talk(10.0).say(Command.PASS).hear_out().talk(10.0)
    assert evening.asked.answers == ()
    evening.be_silent().to(State.MORE).hear_out().send(Answered("yes"))
    evening.to(State.THINKING)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_holding_in_the_middle_of_a_turn_holds_the_topic_only_if_the_speaker_says_so(
    answer: str,
) -> None:
    evening = said_back().talk(10.0).say(Command.HOLD).hear_out()
    evening.send(Answered(answer))
    if answer == "no":
        evening.hear_out().talk(5.0).turn().hear_out().pass_step()
    evening.hear_out()
    assert evening.all_of(Keep) == [Keep("SF1", held=answer == "yes")]


def test_i_am_done_in_the_middle_of_a_turn_asks_the_speaker_whether_there_is_more() -> None:
    for begin in (receiving, said_back, deep, owning):
        begin().talk(10.0).say(Command.DONE).to(State.MORE)


def test_i_am_done_before_anything_was_heard_passes_at_once() -> None:
    """Whoever said it: the other one is not asked what they heard of nothing."""
    said_back().say(Command.DONE).to(State.DIGESTING)


# Not yet.


def not_yet(evening: Evening) -> Evening:
    """A turn after which its speaker does not feel heard."""
    reply_to(evening).talk(5.0).say(Command.DONE).hear_out().send(Answered("not yet"))
    return evening


def test_the_first_not_yet_gives_one_more_try() -> None:
    evening = said_back()
    speaker = evening.checkin.floor
    not_yet(evening).to(State.INVITING).hear_out()
    assert words(evening)[-1] == "one_line"
    assert evening.checkin.floor == speaker


def test_a_second_not_yet_is_met_with_a_question_and_quiet_and_no_second_turn() -> None:
    """It used to be put off, and whoever had not been heard had to listen."""
    evening = not_yet(not_yet(said_back()).hear_out()).to(State.DIGESTING)
    evening.rests.clear()
    assert words(evening)[-1] == "missed"
    evening.hear_out()
    assert 30.0 in evening.rests
    assert "heard_later" in words(evening)
    assert evening.checkin.step_id == "SO"
    assert evening.all_of(Keep) == [Keep("SF1", held=True)]


def test_a_missed_answer_to_feeling_heard_is_asked_for_once_more_and_then_moves_on() -> None:
    evening = reply_to(said_back()).talk(5.0).say(Command.DONE).hear_out()
    evening.send(NotUnderstood(), 1.0)
    evening.hear_out().to(State.FELT_HEARD)
    evening.send(NotUnderstood(), 1.0)
    evening.to(State.DIGESTING)


def test_silence_about_feeling_heard_holds_nobody_up() -> None:
    evening = reply_to(said_back()).talk(5.0).say(Command.DONE).hear_out()
    asked_at = evening.now
    while evening.checkin.state is State.FELT_HEARD:
        if evening.checkin.busy:
            evening.next()
        else:
            evening.be_silent()
    assert evening.now - asked_at <= 30


# More time, and none.


@pytest.mark.parametrize("state", [State.THINKING, State.SAYING_BACK, State.FELT_HEARD])
def test_more_time_gives_all_patience_again(state: State) -> None:
    evening = said_back()
    if state is not State.THINKING:
        reply_to(evening)
    if state is State.FELT_HEARD:
        evening.talk(5.0).say(Command.DONE).hear_out()
    evening.to(state)
    assert evening.checkin.deadline is not None
    patience = evening.checkin.deadline - evening.now
    evening.be_silent().hear_out().say(Command.MORE_TIME).hear_out()
    assert evening.checkin.deadline == evening.now + patience


def test_more_time_in_the_quiet_after_a_turn_begins_it_again() -> None:
    evening = said_back().turn()
    evening.next()
    evening.say(Command.MORE_TIME, after=5.0)
    evening.rests.clear()
    evening.hear_out()
    assert evening.rests[0] == 12.0


def test_in_the_quiet_after_a_turn_there_is_nothing_to_pass() -> None:
    evening = said_back().turn().to(State.DIGESTING)
    assert evening.say(Command.PASS).checkin.state is State.DIGESTING


def test_while_the_device_invites_nobody_needs_more_time() -> None:
    evening = said_back().say(Command.PASS).to(State.DIGESTING)
    while evening.checkin.state is State.DIGESTING:
        evening.next()
    assert evening.send(Heard(Command.MORE_TIME)) == []


def test_what_is_told_in_a_turn_is_no_answer_that_was_missed() -> None:
    evening = said_back().talk(10.0)
    for event in (NotUnderstood(), NotUnderstood(doubt=True), OutOfPlace()):
        assert evening.send(event, 1.0) == []


def test_go_on_ends_the_quiet_after_a_turn() -> None:
    evening = said_back().turn()
    evening.next()
    evening.say(Command.GO_ON, after=3.0)
    evening.to(State.INVITING)


def test_whoever_says_nothing_for_a_quarter_of_an_hour_is_left_in_peace() -> None:
    evening = said_back()
    began = evening.now
    while not evening.checkin.finished:
        evening.be_silent().hear_out()
    assert evening.now - began == pytest.approx(900, abs=20)
    assert evening.effects[-1] == Finish(Ending.QUIET)
