"""Where slow decisions are made: at once, or in one other thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from voicecheckin.hearing.recognisers.recogniser import Recognition

Decision = Callable[[], Recognition]


class Work(Protocol):
    """Takes decisions, one after another."""

    def begin(self, decision: Decision) -> Future[Recognition]:
        """Begin *decision*; its result arrives in the future."""
        ...

    def close(self) -> None:
        """Drop what is still to be decided."""
        ...


class AtOnce:
    """Decides before it returns: in the simulated kitchen, where time can wait."""

    def begin(self, decision: Decision) -> Future[Recognition]:
        """Take *decision* now."""
        future: Future[Recognition] = Future()
        future.set_result(decision())
        return future

    def close(self) -> None:
        """Nothing is ever left to decide."""


class OneThread:
    """Decides in one thread of its own: at the sound card, where frames keep coming."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="ear")

    def begin(self, decision: Decision) -> Future[Recognition]:
        """Take *decision* after those begun before."""
        return self._threads.submit(decision)

    def close(self) -> None:
        """Drop what is still to be decided."""
        self._threads.shutdown(wait=True, cancel_futures=True)
