"""What a press of the one button means, by how long it lasts."""

import queue
from collections.abc import Callable
from enum import Enum

LONG = 1.5
"""Seconds from which a press is long; it counts at once, not only when the button is let go."""
VERY_LONG = 10.0
"""Seconds from which everything is forgotten: far from what anybody holds by accident."""


class Press(Enum):
    """The three ways to press the button."""

    SHORT = "short"
    """Pause and go on; between sittings: begin."""
    LONG = "long"
    """Stop."""
    VERY_LONG = "very long"
    """Forget everything."""


class Presses:
    """Presses as they come, from the thread of any button."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Press | None] = queue.SimpleQueue()
        self.taker: Callable[[Press], None] | None = None
        """Who takes every press at once, in the button's own thread; else they are kept."""

    def put(self, press: Press | None) -> None:
        """Add a press; None only wakes whoever waits for one. May be called by a signal."""
        if press is not None and self.taker is not None:
            self.taker(press)
        else:
            self._waiting.put(press)

    def take(self, timeout: float = 0.0) -> Press | None:
        """Return the next press; None if there is none within *timeout* seconds."""
        try:
            return self._waiting.get(timeout=timeout) if timeout else self._waiting.get_nowait()
        except queue.Empty:
            return None


class PressDetector:
    """A button being held: tells presses from the moments at which it is seen."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._told: Press | None = None

    def down(self, now: float) -> None:
        """The button was pressed at *now* (seconds)."""
        self._since, self._told = now, None

    def held(self, now: float) -> Press | None:
        """It is still pressed; return a press that lasted long enough just now."""
        if self._since is None:
            return None
        if now - self._since >= VERY_LONG and self._told is Press.LONG:
            self._told = Press.VERY_LONG
            return self._told
        if now - self._since >= LONG and self._told is None:
            self._told = Press.LONG
            return self._told
        return None

    def up(self, now: float) -> Press | None:
        """It was let go; return the press that ends, unless that was told before."""
        late = self.held(now)
        pressed, told = self._since is not None, self._told
        self._since = self._told = None
        return late or (Press.SHORT if pressed and told is None else None)
