"""What is asked around an evening: which one, by which names, what is kept, whether less."""

from collections.abc import Sequence

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Command,
    ConfirmNames,
    Ending,
    Finish,
    NotUnderstood,
    Remember,
    Speak,
)
from voicecheckin.conversation.states import State

NAMES = ("Robin", "Sam")


def at_memory(**more: object) -> Evening:
    """The last question of an evening in which the settings ask to keep something."""
    evening = Evening(evening=1, memory="agreements", **more).settle().pass_step().turns()
    evening.answer("no", "no")
    assert evening.checkin.step_id == "O2b"
    return evening


# Who is here.


def test_who_is_here_alone_has_a_way_through_the_evening_of_their_own() -> None:
    evening = Evening().answer("no")
    assert evening.checkin.step_id == "AL"
    evening.answer("yes", "no")
    assert evening.said.count("It is quiet.") == 2
    evening.answer("yes")
    assert evening.said[-1] == "Good night."


def test_whoever_is_here_alone_and_says_no_is_said_goodnight() -> None:
    evening = Evening().answer("no", "no")
    assert evening.said[-1] == "Good night."
    assert evening.checkin.ending is Ending.DECLINED


# Which evening.


@pytest.mark.parametrize(
    ("coming", "answers", "shape"),
    [
        (None, ["yes"], (1, "usual")),
        (None, ["no", "yes"], (0, "weekly")),
        (None, ["no", "no", "three"], (3, "usual")),
        (None, ["no", "no", "no"], (0, "weekly")),
        (2, ["yes"], (2, "usual")),
        (2, ["no", "yes"], (0, "weekly")),
        (2, ["no", "no", "yes"], (2, "short")),
        (2, ["no", "no", "no"], (2, "usual")),
        (0, [], (0, "weekly")),
    ],
)
def test_which_evening_it_is_is_offered_one_by_one(
    coming: int | None, answers: Sequence[str], shape: tuple[int, str]
) -> None:
    evening = Evening(None, coming=coming).answer("yes", *answers)
    assert evening.checkin.step_id == "O2a"
    assert evening.checkin.shape == shape


def test_an_evening_that_was_wished_for_is_not_asked_about() -> None:
    evening = Evening(3, length="short").answer("yes")
    assert evening.checkin.step_id == "O2a"
    assert evening.checkin.shape == (3, "short")


@pytest.mark.parametrize("starter", [0, 1])
def test_sr_07_who_begins_alternates_from_step_to_step(starter: int) -> None:
    evening = Evening(evening=1, starter=starter)
    assert evening.checkin.starter == starter
    evening.settle()
    assert evening.place == ("P1", starter)
    evening.pass_step()
    assert evening.place == ("SF1", 1 - starter)


def test_after_a_long_while_five_minutes_are_offered() -> None:
    evening = Evening(1, notice="long_ago").answer("yes")
    assert evening.checkin.step_id == "BR"
    evening.answer("yes", "yes", "yes", "yes")
    assert evening.checkin.step_id == "P1"
    evening.pass_step()
    assert evening.said[-2:] == ["C1.", "Good night."]


# Names.


def test_names_that_are_new_are_asked_of_each_and_confirmed_by_both() -> None:
    evening = Evening(names=NAMES, names_are_new=True).answer("yes")
    assert evening.said[-1] == "Robin, NM?"
    evening.answer("yes")
    assert evening.said[-1] == "Sam, NM?"
    evening.answer("yes")
    assert evening.all_of(ConfirmNames) == [ConfirmNames()]
    assert evening.said[-1] == "Robin, do you want this?"


@pytest.mark.parametrize("answers", [("no", "yes"), ("yes", "no")])
def test_any_no_drops_the_names_for_tonight(answers: tuple[str, str]) -> None:
    evening = Evening(names=NAMES, names_are_new=True).answer("yes", *answers)
    assert evening.all_of(ConfirmNames) == []
    assert evening.said[-1] == "One, do you want this?"


def test_a_name_that_nobody_confirms_is_dropped() -> None:
    evening = Evening(names=NAMES, names_are_new=True).answer("yes", "yes")
    for _ in range(2):
        evening.send(NotUnderstood(), 1.0)
        evening.hear_out()
    assert evening.all_of(ConfirmNames) == []
    assert evening.said[-1] == "One, do you want this?"


def test_names_that_were_confirmed_are_not_asked_about_again() -> None:
    evening = Evening(names=NAMES).answer("yes")
    assert evening.said[-1] == "Robin, do you want this?"


# Memory.


@pytest.mark.parametrize("memory", ["dates", "agreements"])
def test_sr_02_two_yeses_keep_what_the_settings_allow(memory: str) -> None:
    evening = Evening(evening=1, memory=memory).settle().pass_step().turns().answer("no", "no")
    evening.answer("yes", "yes")
    assert evening.all_of(Remember) == [Remember(memory)]


@pytest.mark.parametrize("answers", [("no", "yes"), ("yes", "no"), ("no", "no")])
def test_sr_02_anything_else_keeps_nothing_and_is_answered_alike(
    answers: tuple[str, str],
) -> None:
    evening = at_memory()
    evening.effects.clear()
    evening.answer(*answers)
    assert evening.all_of(Remember) == [Remember("nothing")]
    assert evening.said[1:] == ["Good night."]


def test_sr_02_silence_keeps_nothing() -> None:
    evening = at_memory()
    while evening.checkin.step_id == "O2b":
        evening.be_silent().hear_out()
    assert evening.all_of(Remember) == [Remember("nothing")]


@pytest.mark.parametrize("more", [{}, {"memory": "nothing"}, {"memory": "dates", "unkept": True}])
def test_where_nothing_can_be_kept_nothing_is_asked(more: dict[str, object]) -> None:
    evening = Evening(evening=1, **more).settle().pass_step().turns().answer("no", "no")
    assert evening.all_of(Remember) == []
    assert evening.checkin.finished


# A smaller evening.


def test_when_both_have_passed_everything_a_smaller_evening_is_offered_once() -> None:
    evening = Evening(held={"U6": 1}).settle().pass_step().pass_step()
    assert evening.checkin.step_id == "SM"
    evening.answer("yes", "no").answer("yes", "yes").pass_step()
    assert evening.checkin.step_id == "SF2"
    evening.pass_step()
    assert len([one for one in evening.said if "SM" in one]) == 2


def test_a_smaller_evening_goes_straight_to_its_closing() -> None:
    evening = Evening(held={"U6": 1}).settle().pass_step().pass_step().answer("yes", "yes")
    assert evening.checkin.finished  # nobody is asked for an apology in it


def test_who_shares_anything_is_offered_nothing_smaller() -> None:
    evening = Evening(held={"U6": 1}).settle().say(Command.PASS).hear_out().turn().hear_out()
    evening.pass_step()
    assert evening.checkin.step_id == "U7a"


# A sitting that goes on.


def test_sr_09_a_sitting_that_goes_on_asks_and_says_again_and_offers_its_topic() -> None:
    evening = Evening(resume="SF2").answer("yes")
    assert evening.checkin.step_id == "O2a"
    evening.answer("yes", "yes")
    assert "Help is there." in evening.said
    assert evening.checkin.step_id == "TU"
    evening.answer("yes", "yes").to(State.THINKING)
    assert evening.checkin.step_id == "SF2"
    steps = {one.step for one in evening.effects if isinstance(one, Speak)}
    assert steps == {"O0", "O2a", "O4", "TU", "SF2"}


@pytest.mark.parametrize("answers", [("no", "yes"), ("yes", "no")])
def test_a_topic_that_is_not_taken_up_is_left_out(answers: tuple[str, str]) -> None:
    evening = Evening(resume="U7").answer("yes", "yes", "yes", *answers)
    assert evening.checkin.step_id == "SF2"


def test_a_topic_of_another_evening_is_not_looked_for() -> None:
    evening = Evening(resume="U6").answer("yes", "yes", "yes", "yes", "yes")
    assert evening.checkin.step_id == "U7a"


# The clock.


def test_sr_25_no_deep_topic_opens_after_minute_35() -> None:
    evening = Evening().settle()
    evening.now += 36 * 60
    evening.pass_step()
    assert evening.checkin.step_id == "SF2"


@pytest.mark.parametrize(("answers", "step"), [(("yes", "yes"), "SF1"), (("yes", "no"), "SO")])
def test_sr_25_closing_is_offered_at_45_and_going_on_needs_both(
    answers: tuple[str, str], step: str
) -> None:
    evening = Evening(evening=1).settle()
    evening.now += 46 * 60
    evening.pass_step()
    assert evening.checkin.step_id == "OF1"
    assert evening.asked.plain
    assert evening.answer(*answers).checkin.step_id == step


def test_sr_25_closing_has_begun_by_60() -> None:
    evening = Evening(evening=1).settle()
    evening.now += 61 * 60
    evening.pass_step().answer("no", "no")
    assert evening.said[-2:] == ["C1.", "Good night."]
    assert evening.effects[-1] == Finish(Ending.COMPLETED)


def test_the_time_of_a_pause_does_not_count() -> None:
    evening = Evening(evening=1).settle().say(Command.PAUSE)
    evening.say(Command.GO_ON, after=50 * 60).answer("yes", "yes")
    assert evening.pass_step().checkin.step_id == "SF1"
