"""Lets nothing take longer than it may."""

import math
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Return what *work* returns; TimeoutError if that takes longer than *seconds* (inf: never).

    It runs in a thread of its own, which is left behind then, and ends with the program. Whatever
    *work* raises is raised here, as an Exception in any case.
    """
    done: Future[Result] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as problem:
            done.set_exception(problem)
        except BaseException as problem:  # a library that leaves the program is only a fault
            done.set_exception(RuntimeError(repr(problem)))

    threading.Thread(target=run, daemon=True, name="within a time limit").start()
    return done.result(None if seconds == math.inf else seconds)
