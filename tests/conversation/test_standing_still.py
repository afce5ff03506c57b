"""Pause, and sound that is lost: nobody is hurried, and nothing advances without them."""

import pytest

from tests.conversation.evening import Evening
from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Finish,
    Heard,
    Hush,
    Interrupted,
    Recorded,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.states import State, Suspended


def paused() -> Evening:
    """The first question was asked; somebody said "pause", and the way back was told."""
    evening = Evening().hear_out()
    evening.send(Heard(Command.PAUSE))
    evening.send(SpeechEnded(), 1.0)
    return evening


def test_the_way_back_is_told_once_more_after_a_quarter_of_an_hour() -> None:
    evening = paused()
    assert evening.checkin.suspended is Suspended.PAUSED
    evening.effects.clear()
    evening.be_silent()
    assert evening.said == ["Paused, otherwise."]
    assert evening.checkin.deadline == evening.now + 45 * 60


def test_after_an_hour_of_pause_the_sitting_ends_without_a_word() -> None:
    evening = paused().be_silent()
    evening.send(SpeechEnded(), 1.0)
    evening.be_silent()
    assert evening.effects[-1] == Finish(Ending.QUIET)


def test_a_pause_within_a_pause_tells_the_way_back_again() -> None:
    evening = paused()
    assert [one for one in evening.send(Heard(Command.PAUSE)) if isinstance(one, Speak)]
    assert evening.checkin.suspended is Suspended.PAUSED


@pytest.mark.parametrize(
    "word", [Command.HELP, Command.PASS, Command.SLOWER, Command.TIME_OUT, Command.REPEAT]
)
def test_in_a_pause_nothing_but_go_on_and_stop_is_followed(word: Command) -> None:
    evening = paused()
    assert evening.send(Heard(word), 1.0) == []
    evening.say(Command.STOP).hear_out()
    assert evening.said[-1] == "Good night."


def test_nothing_that_is_said_in_a_pause_is_an_answer() -> None:
    evening = paused()
    for event in (VoiceBegan(), VoiceEnded(0.6), Answered("yes"), Recorded(4.0)):
        assert evening.send(event, 1.0) == []


def test_sound_that_is_lost_in_a_pause_comes_back_to_the_pause() -> None:
    evening = paused()
    evening.send(SoundLost())
    assert evening.send(Heard(Command.GO_ON), 1.0) == []
    assert evening.checkin.suspended is Suspended.LOST
    evening.send(SoundBack(), 5.0)
    assert evening.said[-1].startswith("Paused")


def test_what_is_said_of_a_pause_ends_where_sound_is_lost() -> None:
    evening = Evening().hear_out()
    evening.send(Heard(Command.PAUSE))
    assert Hush() in evening.send(SoundLost(), 0.5)
    assert evening.send(SoundLost(), 1.0) == []


def test_sound_that_comes_back_without_having_been_gone_changes_nothing() -> None:
    assert Evening().hear_out().send(SoundBack()) == []


@pytest.mark.parametrize("event", [Heard(Command.STOP), Interrupted()])
def test_without_sound_there_is_nothing_left_to_say_at_the_end(event: object) -> None:
    evening = Evening().hear_out()
    evening.send(SoundLost())
    effects = evening.send(event)  # type: ignore[arg-type]
    assert [one for one in effects if not isinstance(one, Finish)] == []
    assert evening.checkin.finished


def test_a_go_on_without_a_pause_changes_nothing_in_a_question() -> None:
    assert Evening().hear_out().send(Heard(Command.GO_ON)) == []


# What comes too early, twice or too late.


def test_a_sitting_begins_once() -> None:
    evening = Evening()
    assert evening.send(Started()) == []


def test_a_deadline_that_has_not_passed_changes_nothing() -> None:
    evening = Evening().hear_out()
    assert evening.send(TimedOut(), after=1.0) == []
    evening.to(State.ASKING)


def test_before_the_beginning_nobody_is_listened_to() -> None:
    checkin = CheckIn(SMALL)
    assert checkin.handle(Heard(Command.HELP), 0.0) == []
    assert (checkin.state, checkin.step_id, checkin.floor) == (State.READY, "", None)
    assert checkin.answers == ()


def test_after_the_end_nothing_happens_any_more() -> None:
    evening = Evening().answer("not now")
    assert evening.checkin.finished
    assert evening.checkin.state is State.DONE
    assert evening.checkin.deadline is None
    assert evening.send(Answered("yes")) == []


@pytest.mark.parametrize("command", [Command.TIME_OUT, Command.SKIP_AHEAD, Command.FASTER])
def test_goodnight_is_interrupted_by_nothing_but_quiet(command: Command) -> None:
    evening = Evening().answer("yes").say(Command.STOP)
    while not evening.sounding:
        evening.next()
    evening.say(command).hear_out()
    assert evening.said[-1] == "Good night."
    assert evening.checkin.finished


def test_a_word_for_which_the_script_has_no_branch_changes_nothing() -> None:
    assert Evening().hear_out().send(Heard(Command.SKIP_AHEAD)) == []


def test_a_hurried_goodbye_is_followed_by_no_other() -> None:
    evening = Evening().settle()
    evening.send(Interrupted())
    assert evening.send(Heard(Command.PAUSE)) == []
    assert evening.send(Interrupted())[-1] == Finish(Ending.INTERRUPTED)


def test_forgetting_at_goodnight_is_answered_with_the_goodnight_under_way() -> None:
    evening = Evening().settle().say(Command.STOP)
    effects = evening.send(Heard(Command.FORGET_THAT))
    assert len(effects) == 1
    evening.hear_out()
    assert evening.said[-1] == "Good night."
