"""From the first evening to the weekly sitting, with the topics kept from one to the next."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.trace import SCRIPT, live
from voicecheckin.conversation.journey import WEEKLY, returning, tonight
from voicecheckin.conversation.messages import Keep
from voicecheckin.keeping.state import LastSitting, Progress, folded, with_topic

BOTH_ASKED = (["Robin", "Sam"], ["Sam", "Robin"])
LONGEST = 30
"""Sittings after which a way that does not end is taken for a circle."""


def whole_way(couple: str, length: str, days: int = 7) -> list[tuple[int, list[str]]]:
    """Each sitting's evening and topics until the weekly one; a sitting every *days*."""
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
@pytest.mark.parametrize("couple", ["easy", "slow"])
def test_every_topic_is_offered_once_and_in_order_until_all_lie_behind(
    couple: str, length: str
) -> None:
    """Whoever takes short evenings, or much time, comes to the end as well, only later.

    Who passes everything and says yes to a smaller evening is left where they are: nobody is
    carried on.
    """
    way = whole_way(couple, length)
    numbers = [number for number, _ in way]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 10))
    offered = Counter(topic for _, topics in way for topic in topics)
    assert set(offered.values()) == {1}
    whole = {topic for evening in SCRIPT.evenings if evening.number for topic in evening.topics}
    assert set(offered) == whole - returning(SCRIPT)


def test_an_easy_couple_that_takes_the_usual_length_needs_about_nine_evenings() -> None:
    """An evening whose time is up leaves its last topic to one of its own."""
    numbers = [number for number, _ in whole_way("easy", "usual")]
    assert set(numbers) == set(range(1, 10))
    assert len(numbers) <= 11


@pytest.mark.parametrize("length", ["short", "usual"])
@pytest.mark.parametrize("evening", [WEEKLY, *range(2, 10)])
def test_what_both_kept_can_be_heard_on_every_later_evening(evening: int, length: str) -> None:
    trace = live("easy", evening, length=length, offers_kept=True)
    assert [asked.split(",")[0] for asked in trace.said_in("D3")[::2]] in BOTH_ASKED
    assert live("easy", evening, length=length).said_in("D3", "D3-replay") == []


def test_at_a_keyboard_no_voice_is_recorded_or_played() -> None:
    keepsakes = {"offers_kept": True, "keepsakes": True}
    assert live("easy", 2, length="usual", **keepsakes).said_in("D3", "R1-record")
    trace = live("easy", 2, length="usual", voiceless=True, **keepsakes)
    assert trace.said_in("R1")
    assert trace.said_in("D3", "D3-replay", "R1-keep", "R1-record", "R3") == []


def test_the_weekly_sitting_takes_twenty_minutes_at_most() -> None:
    """It is short without being asked; the easy couple is the one that is timed."""
    trace = live("easy", WEEKLY, length=None)
    assert 13 * 60 <= trace.now() <= 20 * 60
