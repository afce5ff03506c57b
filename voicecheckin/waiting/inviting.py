"""Whether to invite now: once an evening, and only by a clock that can be trusted."""

import time
from collections.abc import Callable
from datetime import date, datetime

from voicecheckin.keeping.due import Due, Hours, due
from voicecheckin.keeping.state import NOT_SET, StoredState

EVERY = 60.0
"""Seconds between two looks at the calendar."""
SETTLED = 600.0
"""Seconds for which the clock must have gone evenly. A Raspberry Pi without a clock of its own
starts with the time at which it was switched off, and jumps once a network tells it better."""
JUMP = 30.0
"""Seconds by which the clock may be corrected without that being a jump."""


class Inviting:
    """Looks at the calendar now and then, and says at most once an evening that it is time."""

    def __init__(
        self,
        hours: Hours,
        kept: Callable[[], StoredState],
        now: Callable[[], datetime] = datetime.now,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read what is kept with *kept*, by *now*'s clock; *steady* (seconds) only ever grows."""
        self._hours, self._kept = hours, kept
        self._now, self._steady = now, steady
        self._looked = self._even_since = steady()
        self._offset = now().timestamp() - steady()
        self._invited: date | None = None

    def is_due(self) -> bool:
        """Whether to invite now; cheap to ask at any time."""
        steady = self._steady()
        if steady - self._looked < EVERY:
            return False
        self._looked = steady
        now = self._now()
        evening = self._hours.evening_of(now)
        if not self._trusts(now, steady) or evening in (None, self._invited):
            return False
        if due(self._kept(), now, self._hours) is Due.NO:
            return False
        # Also where the disk is full and nothing can be written: never twice.
        self._invited = evening
        return True

    def sat_down(self) -> None:
        """A sitting has begun: nobody is invited any more this evening, though nothing is kept."""
        now = self._now()
        self._invited = self._hours.evening_of(now) or now.date()

    def _trusts(self, now: datetime, steady: float) -> bool:
        offset = now.timestamp() - steady
        if abs(offset - self._offset) > JUMP:
            self._even_since = steady
        self._offset = offset
        return now.year >= NOT_SET and steady - self._even_since >= SETTLED
