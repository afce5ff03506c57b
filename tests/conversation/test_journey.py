"""The way from evening to evening, on a calendar made of plain dates."""

from datetime import date

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.journey import (
    KEEPING,
    Journey,
    Tonight,
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


def test_after_all_evenings_comes_the_keeping_sitting() -> None:
    assert next_evening(SMALL, Journey(offered=frozenset({"SF1", "SF2", "U7"}))) == KEEPING


def test_sr_27_a_later_evening_waits_for_the_earlier_one() -> None:
    journey = Journey(held={"SF1": 1}, last=YESTERDAY)
    assert tonight(SMALL, journey, 2, TODAY) == Tonight(1, "in_order")


def test_an_earlier_evening_can_be_lived_again() -> None:
    journey = Journey(offered=frozenset({"SF1"}), last=YESTERDAY)
    assert tonight(SMALL, journey, 1, TODAY) == Tonight(1)


def test_sr_27_a_night_lies_between_two_deep_evenings() -> None:
    journey = Journey(offered=frozenset({"SF1"}), last=TODAY, last_was_deep=True)
    assert is_deep(SMALL, 2)
    assert tonight(SMALL, journey, None, TODAY) == Tonight(KEEPING, "one_night")
    assert tonight(SMALL, journey, None, date(2026, 3, 2)) == Tonight(2)


def test_a_topic_that_was_set_aside_comes_back_first() -> None:
    assert main_topics(SMALL, 1, "usual", {"U7": 1}) == ("U7", "SF1")


def test_a_topic_that_was_set_aside_three_times_is_left_in_peace() -> None:
    assert main_topics(SMALL, 1, "usual", {"U7": 3}) == ("SF1",)
