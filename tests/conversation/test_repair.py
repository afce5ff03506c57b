"""Putting something right: only who wants to speaks, and only where the other welcomes it."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import Command
from voicecheckin.conversation.states import State


def asked(minutes: float = 0.0, evening: int = 1) -> Evening:
    """Both are asked, the second partner first, whether they would like to say sorry."""
    table = Evening(evening=evening).settle().pass_step()
    table.now += 60 * minutes
    table.turns() if evening == 1 else table.pass_step()
    assert table.place == ("SO", 0)
    table.effects.clear()
    return table


def test_only_who_wants_to_speaks_and_the_other_is_asked_first() -> None:
    evening = asked().answer("yes", "no")
    assert evening.place == ("WE", 1)
    evening.answer("yes").to(State.THINKING)
    assert evening.place == ("R2", 0)
    evening.turn().hear_out()
    assert evening.checkin.finished


def test_where_the_other_does_not_welcome_it_tonight_nothing_is_said() -> None:
    evening = asked().answer("no", "yes")
    assert evening.place == ("WE", 0)
    evening.answer("no")
    assert "Another time." in evening.said
    assert not any("R2" in text for text in evening.said)


def test_a_welcome_is_a_consent_and_silence_is_none() -> None:
    evening = asked().answer("yes", "no")
    assert evening.asked.plain
    while evening.checkin.step_id == "WE":
        evening.be_silent().hear_out()
    assert not any("R2" in text for text in evening.said)


def test_if_both_want_to_each_asks_the_other() -> None:
    evening = asked().answer("yes", "yes")
    assert evening.place == ("WE", 1)
    evening.answer("yes", "no")
    assert evening.place == ("R2", 0)
    evening.turn().hear_out()
    assert evening.checkin.finished


def test_if_both_are_welcome_both_speak() -> None:
    evening = asked().answer("yes", "yes", "yes", "yes")
    first = evening.checkin.floor
    evening.turn().hear_out().to(State.THINKING)
    assert {first, evening.checkin.floor} == {0, 1}


@pytest.mark.parametrize("answers", [("no", "no"), ("no", "pass"), ("not now", "no")])
def test_if_neither_wants_to_nothing_is_asked_any_more(answers: tuple[str, str]) -> None:
    evening = asked().answer(*answers)
    assert evening.checkin.finished
    assert not any("WE?" in text or "R2" in text for text in evening.said)


def test_sr_25_it_is_exempt_from_minute_35_and_not_from_the_hour() -> None:
    """SR-25: closing has begun by minute 60; after that nobody is asked for more."""
    evening = asked(36).answer("yes", "no", "yes")
    assert evening.place == ("R2", 0)


def test_who_owned_something_is_not_asked_whether_they_feel_heard() -> None:
    evening = asked().answer("yes", "no", "yes").turn()
    assert not any("elt_heard" in text for text in evening.said)


def test_it_can_be_passed_when_it_comes_to_it() -> None:
    evening = asked().answer("yes", "no", "yes").say(Command.PASS).hear_out()
    assert evening.checkin.finished
