"""When the device invites: once an evening, by a clock that can be trusted."""

from datetime import date, datetime, timedelta

from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.due import Hours
from voicecheckin.keeping.state import Progress, StoredState
from voicecheckin.waiting.inviting import Inviting

BOTH_CHOSE = date(2026, 12, 4)
KEPT = StoredState(Progress(Journey(last=date(2026, 11, 27)), next_date=BOTH_CHOSE))
MINUTE = 60.0


class Clocks:
    """A clock on the wall that somebody may set, and one that only ever goes on."""

    def __init__(self, wall: datetime) -> None:
        self.wall, self.steady = wall, 1000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


def minutes_invited(clocks: Clocks, minutes: int, kept: StoredState = KEPT) -> list[int]:
    """The minutes after the device was switched on in which it invites."""
    inviting = Inviting(Hours(), lambda: kept, lambda: clocks.wall, lambda: clocks.steady)
    found = []
    for minute in range(1, minutes + 1):
        clocks.pass_by(MINUTE)
        if inviting.is_due():
            found.append(minute)
    return found


def test_it_invites_once_between_the_hours_also_where_nothing_can_be_written() -> None:
    assert minutes_invited(Clocks(datetime(2026, 12, 4, 17, 0)), 24 * 60) == [60]


def test_it_asks_nobody_on_another_day() -> None:
    assert minutes_invited(Clocks(datetime(2026, 12, 5, 17, 0)), 24 * 60) == []


def test_a_clock_that_nobody_has_set_invites_nobody() -> None:
    born = StoredState(Progress(Journey(last=date(1969, 12, 25)), next_date=date(1970, 1, 1)))
    assert minutes_invited(Clocks(datetime(1970, 1, 1, 18, 30)), 100, born) == []


def test_right_after_it_is_switched_on_the_clock_may_still_jump() -> None:
    assert minutes_invited(Clocks(datetime(2026, 12, 4, 18, 30)), 60) == [10]


def test_a_clock_that_jumps_is_given_ten_minutes_again() -> None:
    clocks = Clocks(datetime(2026, 12, 1, 3, 0))
    inviting = Inviting(Hours(), lambda: KEPT, lambda: clocks.wall, lambda: clocks.steady)
    clocks.pass_by(3600.0)
    assert not inviting.is_due()
    clocks.wall = datetime(2026, 12, 4, 19, 0)
    clocks.pass_by(MINUTE)
    assert not inviting.is_due()
    found = []
    for minute in range(1, 20):
        clocks.pass_by(MINUTE)
        found += [minute] if inviting.is_due() else []
    assert found == [10]


def test_after_three_weeks_it_invites_once_more_and_then_never_again() -> None:
    long_ago = StoredState(Progress(Journey(last=date(2026, 11, 1))))
    assert minutes_invited(Clocks(datetime(2026, 12, 4, 12, 0)), 24 * 60, long_ago) == [360]
    invited = StoredState(Progress(Journey(last=date(2026, 11, 1))), invited=date(2026, 12, 4))
    assert minutes_invited(Clocks(datetime(2026, 12, 5, 12, 0)), 24 * 60, invited) == []


def test_who_has_sat_down_is_not_invited_any_more_that_evening() -> None:
    clocks = Clocks(datetime(2026, 12, 4, 17, 0))
    inviting = Inviting(Hours(), lambda: KEPT, lambda: clocks.wall, lambda: clocks.steady)
    clocks.pass_by(90 * MINUTE)
    inviting.sat_down()
    for _ in range(180):
        clocks.pass_by(MINUTE)
        assert not inviting.is_due()
