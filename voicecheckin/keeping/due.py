"""Whether it is time to sit down again: neither rushed nor postponed, and never urged.

The device may invite once on the day that both agreed on. A day that went by is not mentioned;
after three weeks the shortest sitting is offered, once.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from voicecheckin.keeping.state import StoredState

SOONEST, USUAL, LATEST = 3, 7, 10
"""Days from one evening to the next: what the device suggests (C5)."""

LONG_WHILE = timedelta(days=21)
"""After this, five minutes are offered."""
PUT_OFF = 3
"""After so many evenings without a topic, too; once."""


class Due(Enum):
    """Whether to invite now; the value is the one line that is written."""

    NO = "Nothing is due."
    TONIGHT = "This is the evening you both chose to sit down together."
    FIVE_MINUTES = "If you both like, there is a five-minute sitting."


@dataclass(frozen=True, slots=True)
class Hours:
    """When the device may invite; `until` may lie after midnight."""

    begin: time = time(18)
    until: time = time(21)

    def evening_of(self, now: datetime) -> date | None:
        """The day whose hours it is now; None outside of them."""
        clock, today = now.time(), now.date()
        if self.begin <= self.until:
            return today if self.begin <= clock < self.until else None
        if clock < self.until:
            return today - timedelta(1)
        return today if clock >= self.begin else None


def due(state: StoredState, now: datetime, hours: Hours = Hours()) -> Due:
    """Whether to invite now (local time), by what both wanted kept; at most once an evening."""
    evening = hours.evening_of(now)
    last = state.journey.last
    if evening is None or last is None or evening in (last, state.invited):
        return Due.NO
    if evening == state.progress.next_date:
        return Due.TONIGHT
    long_ago = last + LONG_WHILE
    if evening >= long_ago and (state.invited is None or state.invited < long_ago):
        return Due.FIVE_MINUTES
    return Due.NO


def postponed(state: StoredState, today: date) -> bool:
    """Whether to offer the shortest sitting: after three weeks, or three evenings put off.

    An evening counts as put off if both wanted it kept and no topic was begun; one that nobody
    wanted kept has left nothing to count.
    """
    last = state.journey.last
    if last is not None and today >= last + LONG_WHILE:
        return True
    begun = [bool(evening.topics) for evening in state.evenings]
    return begun[-PUT_OFF:] == [False] * PUT_OFF and (True, *begun)[-PUT_OFF - 1]


def suggested_date(today: date, days: int = USUAL) -> date:
    """The day *days* from now, but never rushed or postponed: 3 to 10 days."""
    return today + timedelta(min(max(days, SOONEST), LATEST))
