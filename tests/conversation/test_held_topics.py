"""A topic that was set aside: it comes back, and after three times it is left in peace."""

from datetime import date

import pytest

from tests.by_hand import Table
from tests.conversation.small_script import SMALL
from tests.trace import SCRIPT, Trace, live
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.journey import WEEKLY, Journey, held_often, main_topics, tonight
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Keep,
    Listen,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State
from voicecheckin.keeping.state import LastSitting, Progress, folded, with_topic
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple

DAY = date(2030, 3, 1)


class Choosing(PaperRoom):
    """Two people who answer the question about the held topic in these ways."""

    def __init__(self, answers: tuple[str, str]) -> None:
        super().__init__(couple("easy"))
        self._answers = answers
        self._asked: Listen | None = None

    def perform(self, effect: object) -> None:
        if isinstance(effect, Listen):
            self._asked = effect if effect.step == "H1" and effect.answers else None
        super().perform(effect)  # type: ignore[arg-type]

    def wait(self, until: float | None) -> Event:
        asked, self._asked = self._asked, None
        if asked is not None and asked.floor is not None:
            return Answered(self._answers[asked.floor])
        return super().wait(until)


def chosen(*answers: str) -> Trace:
    """An evening in which both are asked about a topic that was held three times."""
    first, second = answers
    trace = Trace(Choosing((first, second)))
    run(CheckIn(SCRIPT, SittingOptions(evening=7, length="short", held={"U1": 3})), trace)
    return trace


def kept_after(evening: int, step: str, *events: Event) -> dict[str, bool]:
    """Which topics are kept, and whether as held, where *events* happen as *step* is shared."""
    table = Table(evening)
    for here in table.walk():
        if here.checkin.step_id == step and here.checkin.state is State.THINKING:
            for event in events:
                here.send(event, 1.0)
                here.hear_out()
            break
    for _ in table.walk():
        pass
    return {keep.topic: keep.held for keep in table.effects if isinstance(keep, Keep)}


HOLD = Heard(Command.HOLD)


@pytest.mark.parametrize(("evening", "step", "held"), [(4, "T1", "T1"), (3, "SF7b", "SF7")])
def test_what_is_held_is_set_aside_whole(evening: int, step: str, held: str) -> None:
    kept = kept_after(evening, step, HOLD)
    assert [topic for topic, waits in kept.items() if waits] == [held]


def test_nothing_more_is_asked_about_a_topic_that_is_held() -> None:
    table = Table(3)
    for here in table.walk():
        if here.checkin.step_id == "SF7b":
            here.send(HOLD)
        assert here.checkin.step_id != "SF7c"


@pytest.mark.parametrize(("evening", "step"), [(1, "P1"), (6, "D1")])
def test_holding_a_part_of_the_frame_sets_no_topic_aside(evening: int, step: str) -> None:
    kept = kept_after(evening, step, HOLD)
    assert step not in kept
    assert True not in kept.values()


REPLY = (VoiceBegan(), VoiceEnded(), Heard(Command.DONE))
TURN = (*REPLY, Answered("no"))  # there is no more
NOT_YET = (*TURN, *REPLY, Answered("not yet"))


def test_what_was_not_heard_after_one_more_try_comes_back_another_evening() -> None:
    once = kept_after(2, "SF3", *NOT_YET, *TURN, *REPLY, Answered("yes"))
    twice = kept_after(2, "SF3", *NOT_YET, *NOT_YET)
    assert once == {"SF3": False, "SF4": False, "SF5": False}
    assert twice == {"SF3": True, "SF4": False, "SF5": False}


def test_after_three_times_both_are_asked_once_and_the_topic_is_named() -> None:
    trace = chosen("no", "no")
    assert trace.said_in("H0")[0] == "One topic has waited a few times: talk of leaving."
    assert len(trace.said_in("H1")) == 4


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        (("no", "no"), True),
        (("yes", "yes"), False),
        (("yes", "no"), True),
        (("no", "yes"), True),
    ],
)
def test_it_is_let_go_only_if_both_say_so(answers: tuple[str, str], held: bool) -> None:
    """A yes or a no, and nothing else: who would take it to a therapist need not say so aloud."""
    kept = [m.what for m in chosen(*answers).moments if isinstance(m.what, Keep)]
    assert [keep for keep in kept if keep.topic == "U1"] == [Keep("U1", held=held)]


def test_whatever_they_choose_is_answered_alike() -> None:
    replies = {tuple(chosen(one, one).said_in("H1")[4:]) for one in ("yes", "no")}
    assert len(replies) == 1


@pytest.mark.parametrize("times", [0, 1, 2, 4])
def test_at_any_other_time_nobody_is_asked(times: int) -> None:
    trace = live("easy", 7, held={"U1": times} if times else {})
    assert trace.said_in("H0", "H1") == []


def test_once_chosen_it_is_neither_asked_about_nor_brought_back() -> None:
    progress = Progress(Journey(held={"U1": 3}, last=DAY))
    for held in (True, False):
        journey = folded(
            progress, with_topic(LastSitting(DAY, DAY), "U1", held=held, deep=False)
        ).journey
        assert held_often(journey.held) == ""
        assert "U1" not in main_topics(SCRIPT, 8, "usual", journey.held)


def test_in_the_weekly_sitting_a_held_topic_takes_the_place_of_the_one_whose_turn_it_is() -> None:
    assert main_topics(SMALL, WEEKLY, "weekly", {"U7": 1}) == ("U7",)
    assert main_topics(SMALL, WEEKLY, "weekly", {"U7": 3}, 1) == ("SF2",)


def test_every_fourth_weekly_sitting_has_a_topic_of_its_own_and_the_others_take_turns() -> None:
    weekly = next(evening for evening in SCRIPT.evenings if evening.number == WEEKLY)
    each = [main_topics(SCRIPT, WEEKLY, "weekly", {}, round)[-1] for round in range(8)]
    assert (*each[0:3], *each[4:5]) == weekly.rotating
    assert (*each[3:4], *each[7:8]) == 2 * weekly.fourth


def test_sr_27_a_second_sitting_after_a_deep_one_holds_nothing_deep() -> None:
    journey = Journey(offered=frozenset({"SF1"}), held={"U7": 1}, last=DAY, last_was_deep=True)
    assert tonight(SMALL, journey, None, DAY).notice == "one_night"
    deep = {step.topic for step in SCRIPT.steps if step.pacing == "D"}
    for round in range(20):
        assert not deep & {*main_topics(SCRIPT, WEEKLY, "weekly", {"U7": 1}, round, light=True)}


def test_what_goes_to_a_therapist_is_not_brought_back() -> None:
    assert not any(
        moment.what.held for moment in therapist_evening().moments if isinstance(moment.what, Keep)
    )


def therapist_evening() -> Trace:
    """An evening with gates, all of them answered "with a therapist"."""
    trace = Trace(AtTheGate(couple("easy")))
    run(CheckIn(SCRIPT, SittingOptions(evening=7, length="usual")), trace)
    return trace


class AtTheGate(PaperRoom):
    """Two people who would take every topic to a therapist."""

    def perform(self, effect: object) -> None:
        if isinstance(effect, Listen) and "therapist" in effect.answers:
            effect = Listen(("therapist",), step=effect.step, floor=effect.floor)
        super().perform(effect)  # type: ignore[arg-type]
