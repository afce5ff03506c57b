"""When the device invites, and when it keeps quiet."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.keeping.evenings import later, look, sitting, whereabouts
from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.due import Due, Hours, due, postponed, suggested_date
from voicecheckin.keeping.state import PastEvening, Progress, StoredState
from voicecheckin.keeping.store import SittingStore

LAST, NEXT = date(2030, 3, 1), date(2030, 3, 8)
EVENINGS = Hours(time(19), time(21))
JOURNEY = Journey(offered=frozenset({"SF1"}), last=LAST)
KEPT = StoredState(Progress(JOURNEY, next_date=NEXT))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


@pytest.mark.parametrize(
    ("hour", "minute", "found"),
    [(18, 59, Due.NO), (19, 0, Due.TONIGHT), (20, 59, Due.TONIGHT), (21, 0, Due.NO)],
)
def test_it_invites_on_the_chosen_evening_between_the_chosen_hours(
    hour: int, minute: int, found: Due
) -> None:
    assert due(KEPT, at(NEXT, hour, minute), EVENINGS) is found


def test_sr_28_it_never_invites_twice_on_one_evening() -> None:
    invited = replace(KEPT, invited=NEXT)
    assert due(invited, at(NEXT, 20), EVENINGS) is Due.NO


@settings(deadline=None)
@given(st.integers(0, 20).filter(lambda days: days != 7))
def test_sr_28_a_day_that_went_by_is_never_mentioned(days: int) -> None:
    assert due(KEPT, at(LAST + timedelta(days), 20), EVENINGS) is Due.NO


def test_after_three_weeks_five_minutes_are_offered_once() -> None:
    day = LAST + timedelta(21)
    assert due(KEPT, at(day, 20), EVENINGS) is Due.FIVE_MINUTES
    invited = replace(KEPT, invited=day)
    assert [due(invited, at(day + timedelta(n), 20), EVENINGS) for n in range(9)] == [Due.NO] * 9


def test_an_invitation_of_the_chosen_evening_does_not_stand_against_the_later_one() -> None:
    invited = replace(KEPT, invited=NEXT)
    assert due(invited, at(LAST + timedelta(22), 20), EVENINGS) is Due.FIVE_MINUTES


def test_no_invitation_once_they_have_sat_down_today() -> None:
    sat = StoredState(Progress(Journey(last=NEXT), next_date=NEXT))
    assert due(sat, at(NEXT, 20), EVENINGS) is Due.NO


@settings(deadline=None)
@given(st.datetimes())
def test_where_nothing_is_kept_nothing_is_due(now: datetime) -> None:
    assert due(StoredState(), now, EVENINGS) is Due.NO


def test_hours_may_go_past_midnight() -> None:
    late = Hours(time(22), time(1))
    assert due(KEPT, at(NEXT, 23), late) is Due.TONIGHT
    assert due(KEPT, at(NEXT + timedelta(1), 0, 30), late) is Due.TONIGHT
    assert due(KEPT, at(NEXT, 0, 30), late) is Due.NO
    assert due(KEPT, at(NEXT, 12), late) is Due.NO


@settings(deadline=None)
@given(st.dates(max_value=date(9999, 1, 1)), st.integers())
def test_the_next_date_lies_in_3_to_10_days(today: date, days: int) -> None:
    assert 3 <= (suggested_date(today, days) - today).days <= 10
    assert suggested_date(today) == today + timedelta(7)


def test_an_invitation_is_remembered_in_the_store(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("SF1",)):
        deed(store)
    store.mark_next_date(NEXT)
    now = at(NEXT, 20)
    waiting = SittingStore(where, now)
    assert due(waiting.state, now) is Due.TONIGHT
    waiting.mark_invited(NEXT)
    assert due(look(where, now), now) is Due.NO


def test_sr_28_no_line_counts_or_blames() -> None:
    lines = " ".join(line.value.lower() for line in Due)
    for word in ("day", "week", "streak", "missed", "late", "should", "again", "forg", "since"):
        assert word not in lines


def test_after_three_weeks_the_shortest_sitting_is_offered() -> None:
    assert [postponed(KEPT, LAST + timedelta(days)) for days in (0, 20, 21, 90)] == [
        *(False, False, True, True)
    ]


@pytest.mark.parametrize(
    ("begun", "offered"),
    [("", False), ("..", False), ("...", True), ("x...", True), ("....", False), ("..x", False)],
)
def test_three_evenings_put_off_are_met_with_one_offer_of_the_shortest(
    begun: str, offered: bool
) -> None:
    past = tuple(PastEvening(LAST, NEXT, ("SF1",) if one == "x" else ()) for one in begun)
    assert postponed(replace(KEPT, past=past), LAST) is offered
