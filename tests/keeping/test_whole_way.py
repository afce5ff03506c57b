"""From the first evening to the keeping sitting, with the topics kept from one to the next."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.trace import SCRIPT, live
from voicecheckin.conversation.journey import WEEKLY, returning, tonight
from voicecheckin.conversation.messages import Keep
from voicecheckin.keeping.state import LastSitting, Progress, folded, with_topic

LONGEST = 30
"""Sittings after which a way that does not end is taken for a circle."""


def whole_way(couple: str, length: str, days: int = 7) -> list[tuple[int, list[str]]]:
    """Each sitting's evening and topics, until the keeping sitting; a sitting every *days*."""
    progress, day = Progress(), date(2030, 1, 1)
    way: list[tuple[int, list[str]]] = []
    for seed in range(LONGEST):
        planned = tonight(SCRIPT, progress.journey, None, day)
        if planned.evening == WEEKLY:
            return way
        trace = live(
            *(couple, planned.evening, seed),
            length=length,
            held=progress.journey.held,
            offered=progress.journey.offered,
        )
        kept = [moment.what for moment in trace.moments if isinstance(moment.what, Keep)]
        marks = LastSitting(day, day, evening=planned.evening)
        for keep in kept:
            marks = with_topic(marks, keep.topic, held=keep.held, deep=False)
        progress = folded(progress, marks)
        way.append((planned.evening, [keep.topic for keep in kept]))
        day += timedelta(days)
    raise AssertionError(way)


@pytest.mark.parametrize("length", ["short", "usual"])
@pytest.mark.parametrize("couple", ["easy", "slow", "passing"])
def test_every_topic_is_offered_once_and_in_order_until_all_lie_behind(
    couple: str, length: str
) -> None:
    """Whoever takes short evenings, or much time, comes to the end as well, only later."""
    way = whole_way(couple, length)
    numbers = [number for number, _ in way]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 10))
    offered = Counter(topic for _, topics in way for topic in topics)
    assert set(offered.values()) == {1}
    only_kept = {"F4"}  # looked back on only by those who kept agreements
    whole = {topic for evening in SCRIPT.evenings for topic in evening.topics}
    assert set(offered) == whole - returning(SCRIPT) - only_kept


def test_an_easy_couple_that_takes_the_usual_length_needs_nine_evenings() -> None:
    assert [number for number, _ in whole_way("easy", "usual")] == list(range(1, 10))


@pytest.mark.parametrize("length", ["short", "usual"])
@pytest.mark.parametrize("evening", [WEEKLY, *range(2, 10)])
def test_what_both_kept_can_be_heard_on_every_later_evening(evening: int, length: str) -> None:
    trace = live("easy", evening, length=length, offers_kept=True)
    asked = trace.said_in("D2-gate")[::2]
    assert sorted(sentence.split(",")[0] for sentence in asked) == ["Robin", "Sam"]
    assert live("easy", evening, length=length).said_in("D2-gate", "D2-replay") == []


def test_at_a_keyboard_no_voice_is_recorded_or_played() -> None:
    trace = live("easy", 2, length="usual", offers_kept=True, voiceless=True)
    assert trace.said_in("O2b")
    assert trace.said_in("R1")
    recording = ("D2-gate", "D2-replay", "R1-keep", "R1-record", "R3")
    assert trace.said_in(*recording) == []


def test_the_keeping_sitting_takes_about_a_quarter_of_an_hour() -> None:
    """It is short without being asked; the easy couple is the one that is timed."""
    trace = live("easy", WEEKLY, length=None)
    assert trace.said_in("O5") == []
    assert 13 * 60 <= trace.now() <= 18 * 60
