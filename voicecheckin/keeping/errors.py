"""Why something cannot be kept, read or forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from errno import EDQUOT, ENOSPC, EROFS
from pathlib import Path

from voicecheckin.errors import VoiceCheckinError


class Problem(Enum):
    """Everything that can be in the way; the value is the sentence that is written.

    The spoken one is the script's recurring line of the same name in small letters.
    """

    NO_KEY = "the key is not there (is the stick plugged in?), so nothing is read or kept."
    WRONG_KEY = "this key does not open what was kept, so nothing is read or kept."
    BAD_KEY = "this is not a key of voicecheckin, so nothing is read or kept."
    DAMAGED = "the file is damaged and is left as it is, so nothing is read or kept."
    ALTERED = "something was changed since it was kept, so nothing is read or kept."
    NEWER = "a newer voicecheckin wrote this file; it is left alone, and nothing is kept."
    READ_ONLY = "nothing can be written here, so nothing is kept or deleted."
    FULL = "the disk is full, so nothing more is kept."
    BUSY = "another program is writing here; please end it and try again."
    FAILING = "the disk does not work as it should, so nothing is kept."


class KeepingError(VoiceCheckinError):
    """Keeping does not work just now; the sitting goes on without it."""

    def __init__(self, problem: Problem, where: Path) -> None:
        """*where* is the file that it is about."""
        super().__init__(f"{where}: {problem.value}")
        self.problem = problem

    @property
    def line(self) -> str:
        """The key of the recurring line that says it aloud."""
        return self.problem.name.lower()


BY_SYSTEM = {ENOSPC: Problem.FULL, EDQUOT: Problem.FULL, EROFS: Problem.READ_ONLY}


@contextmanager
def told_as_ours(where: Path) -> Iterator[None]:
    """Turn what the system complains about into KeepingError."""
    try:
        yield
    except PermissionError as error:
        raise KeepingError(Problem.READ_ONLY, where) from error
    except OSError as error:
        problem = BY_SYSTEM.get(error.errno or 0, Problem.FAILING)
        raise KeepingError(problem, where) from error
