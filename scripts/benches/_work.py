"""Decisions that take as long in a simulated kitchen as they do here."""

import time
from collections.abc import Callable
from concurrent.futures import Future

from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.work import AtOnce, Decision


class Later(Future[Recognition]):
    """A result that is there from a moment on."""

    def __init__(self, now: Callable[[], float], moment: float) -> None:
        super().__init__()
        self._now, self._moment = now, moment

    def done(self) -> bool:
        """Whether the moment has come."""
        return self._now() >= self._moment


class TimedWork(AtOnce):
    """Decides at once, and remembers how long that took; by a clock, it takes as long there.

    Waiting for a processor that others use does not count.
    """

    seconds = 0.0

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        self._now = now
        self._busy = 0.0

    def begin(self, decision: Decision) -> "Future[Recognition]":
        """Take *decision* after those begun before."""
        began, worked = time.perf_counter(), time.process_time()
        future = super().begin(decision)
        self.seconds = min(time.perf_counter() - began, time.process_time() - worked)
        if self._now is None:
            return future
        self._busy = max(self._busy, self._now()) + self.seconds
        later = Later(self._now, self._busy)
        later.set_result(future.result())
        return later
