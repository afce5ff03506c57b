"""Who pressed the button is there: a minute, and one more question, before it is a mistake."""

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import Command, Ending, Finish, Heard, TimedOut
from voicecheckin.conversation.states import State


def test_begun_by_hand_it_is_asked_once_more_and_there_is_a_minute_in_all() -> None:
    evening = Evening(tentative=True, by_hand=True).hear_out()
    evening.send(TimedOut(), after=20)
    evening.hear_out()
    assert evening.said == ["O0.", "O0."]
    assert evening.checkin.deadline == evening.now + 40
    assert evening.send(TimedOut(), after=40) == [Finish(Ending.QUIET)]


def test_an_answer_to_the_second_question_is_as_good_as_to_the_first() -> None:
    evening = Evening(tentative=True, by_hand=True).hear_out()
    evening.send(TimedOut(), after=20)
    evening.hear_out()
    evening.answer("yes").to(State.ASKING)
    assert evening.checkin.step_id != "O0"


def test_whoever_asks_for_more_time_or_help_there_is_heard() -> None:
    evening = Evening(tentative=True, by_hand=True).hear_out()
    evening.send(TimedOut(), after=20)
    evening.hear_out()
    evening.send(Heard(Command.PAUSE), after=30)
    assert not evening.checkin.finished
