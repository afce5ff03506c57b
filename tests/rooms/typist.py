"""Somebody who types, on a simulated clock."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from voicecheckin.conversation.states import Suspended


class Typist:
    """Types line after line, each when its time has come."""

    def __init__(self) -> None:
        self._time = 0.0
        self._lines: deque[tuple[float, str]] = deque()
        self._leaves = False
        self.considers: Callable[[], None] = lambda: None
        """Called whenever the room looks at the keyboard: a moment to type something."""

    def type(self, *lines: str, after: float = 0.0) -> None:
        """Type *lines*, all at once, *after* seconds."""
        self._lines += [(self._time + after, line) for line in lines]

    def leave(self) -> None:
        """Close the keyboard once everything is typed."""
        self._leaves = True

    @property
    def ended(self) -> bool:
        return self._leaves and not self._lines

    def now(self) -> float:
        return self._time

    def next(self, timeout: float) -> str | None:
        self.considers()
        if self._lines and self._lines[0][0] <= self._time + timeout:
            at, line = self._lines.popleft()
            self._time = max(self._time, at)
            return line
        self._time += timeout
        return None


@dataclass
class Going:
    """How a conversation goes, as far as the room asks."""

    busy: bool = False
    suspended: Suspended = field(default=Suspended.FLOWING)
