"""Lines that are typed, and the clock by which they come."""

import os
import select
import time
from typing import Protocol

LONGEST_LINE = 4096
"""Bytes; whoever types more has fallen asleep on the keyboard."""


class Lines(Protocol):
    """Where lines come from, one after another."""

    def now(self) -> float:
        """Seconds on a clock that only grows."""
        ...

    def next(self, timeout: float) -> str | None:
        """The next line without its end; None after *timeout* seconds."""
        ...

    @property
    def ended(self) -> bool:
        """Whether there will never be another line."""
        ...


class KeyboardLines:
    """Lines from a file descriptor, waited for no longer than wanted."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._waiting = b""
        self._closed = False

    def now(self) -> float:
        """Seconds on the system's clock."""
        return time.monotonic()

    @property
    def ended(self) -> bool:
        """Whether the keyboard is closed, and everything typed was taken."""
        return self._closed and not self._waiting

    def next(self, timeout: float) -> str | None:
        """The next line without its end; None after *timeout* seconds."""
        until = time.monotonic() + timeout
        while b"\n" not in self._waiting:
            left = max(0.0, until - time.monotonic())
            if self._closed:
                time.sleep(left)
                return None
            if not self._read(left):
                return None
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line.decode("utf-8", "replace")

    def _read(self, left: float) -> bool:
        """Wait *left* seconds at most for more; a terminal that is gone counts as the end."""
        try:
            ready, _, _ = select.select([self._descriptor], [], [], left)
            read = os.read(self._descriptor, LONGEST_LINE) if ready else b""
        except OSError:
            ready, read = [self._descriptor], b""
        if ready and not read:
            self._closed = True
            read = b"\n" if self._waiting else b""
        self._waiting = (self._waiting + read)[-LONGEST_LINE:]
        return bool(ready)
