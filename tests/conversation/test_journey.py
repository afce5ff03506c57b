"""The way from evening to evening, on a calendar made of plain dates."""

from datetime import date

import pytest

from tests.conversation.small_script import SMALL
from tests.trace import SCRIPT
from voicecheckin.conversation.journey import (
    WEEKLY,
    Journey,
    Tonight,
    evening_of,
    is_deep,
    main_topics,
    next_evening,
    tonight,
)

TODAY = date(2026, 3, 1)
YESTERDAY = date(2026, 2, 28)


def test_a_device_that_kept_nothing_takes_the_couples_word() -> None:
    assert tonight(SMALL, Journey(), 2, TODAY) == Tonight(2)
    assert tonight(SMALL, Journey(), None, TODAY) == Tonight(1)


def test_a_topic_that_was_offered_lies_behind_passed_or_not() -> None:
    assert next_evening(SMALL, Journey(offered=frozenset({"SF1"}))) == 2


def test_after_all_evenings_comes_the_weekly_sitting() -> None:
    assert next_evening(SMALL, Journey(offered=frozenset({"SF1", "SF2", "U7", "U6"}))) == WEEKLY


def test_sr_27_a_later_evening_waits_for_the_earlier_one() -> None:
    journey = Journey(held={"SF1": 1}, last=YESTERDAY)
    assert tonight(SMALL, journey, 2, TODAY) == Tonight(1, "in_order")


def test_an_earlier_evening_can_be_lived_again() -> None:
    journey = Journey(offered=frozenset({"SF1"}), last=YESTERDAY)
    assert tonight(SMALL, journey, 1, TODAY) == Tonight(1)


def test_sr_27_a_night_lies_between_two_deep_evenings() -> None:
    journey = Journey(offered=frozenset({"SF1"}), last=TODAY, last_was_deep=True)
    assert is_deep(SMALL, 2)
    assert tonight(SMALL, journey, None, TODAY) == Tonight(WEEKLY, "one_night")
    assert tonight(SMALL, journey, None, date(2026, 3, 2)) == Tonight(2)


def test_a_sitting_that_goes_on_after_a_power_cut_stays_the_evening_it_was() -> None:
    """Its own deep topics are no reason for a night in between."""
    journey = Journey(offered=frozenset({"SF1"}), last=TODAY, last_was_deep=True)
    assert tonight(SMALL, journey, 2, TODAY, goes_on=True) == Tonight(2)


def test_what_was_offered_is_left_out_while_something_is_still_to_come() -> None:
    assert main_topics(SCRIPT, 1, "usual", {}, offered={"ground", "SF1"}) == ("SF2",)
    assert main_topics(SCRIPT, 1, "short", {}, offered={"ground", "SF1"}) == ("SF2",)
    assert main_topics(SCRIPT, 9, "short", {}, offered={"F1", "F3"}) == ("D2", "offers", "F5")


def test_an_evening_that_is_lived_again_is_lived_whole() -> None:
    everything = {topic for evening in SCRIPT.evenings for topic in evening.topics}
    assert main_topics(SCRIPT, 1, "usual", {}, offered=everything) == ("ground", "SF1", "SF2")


def test_what_comes_only_after_an_answer_keeps_nobody_from_the_next_evening() -> None:
    """Offers are listened to only where both chose to keep them."""
    ways = {topic for evening in SCRIPT.evenings for topic in evening.topics}
    assert next_evening(SCRIPT, Journey(offered=frozenset(ways - {"offers", "D2"}))) == WEEKLY


@pytest.mark.parametrize("held", ["SF6", "SF7", "T4", "U3", "U4"])
def test_sr_27_a_topic_that_comes_back_makes_no_evening_too_deep(held: str) -> None:
    for number in range(3, 9):
        topics = main_topics(SCRIPT, number, "usual", {held: 1})
        assert held in topics
        turns = [
            step.pacing for step in SCRIPT.steps if step.topic in topics and step.kind == "share"
        ]
        assert turns.count("D") <= 3


def test_a_topic_that_was_set_aside_comes_back_first() -> None:
    assert main_topics(SMALL, 1, "usual", {"U7": 1}) == ("U7", "SF1")


def test_a_topic_that_was_set_aside_three_times_is_left_in_peace() -> None:
    assert main_topics(SMALL, 1, "usual", {"U7": 3}) == ("SF1",)


@pytest.mark.parametrize(
    ("topics", "evening"),
    [
        (("ground",), 1),
        (("D2", "offers", "SF3"), 2),
        (("SF1", "SF6"), 3),  # what was set aside comes back, in whatever order it is kept
        (("SF6", "SF1"), 3),
        (("W-offer", "W-week", "SF1"), WEEKLY),
        (("W-view",), WEEKLY),
        (("D2", "offers"), None),
        (("of our own",), None),
        ((), None),
    ],
)
def test_an_evening_is_known_by_its_topics(topics: tuple[str, ...], evening: int | None) -> None:
    assert evening_of(SCRIPT, topics) == evening
