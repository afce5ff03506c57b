"""One sitting at a time, for whoever shares a sound card."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

from voicecheckin.errors import VoiceCheckinError, reason

logger = logging.getLogger(__name__)


class AnotherSitting(VoiceCheckinError):
    """Somebody else's sitting is open, with the same sound card."""


@contextmanager
def the_only_sitting() -> Iterator[None]:
    """Be the only sitting meanwhile; AnotherSitting if there is one.

    The folder of the system for running programs is locked, where the sound server has its door
    as well. No file is written for that, and the lock ends with the program, however it ends.
    """
    handle = _opened_folder()
    try:
        if handle is not None:
            _lock(handle)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _opened_folder() -> int | None:
    for folder in _folders():
        try:
            return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            logger.info("%s is no place to meet: %s", folder, reason(error))
    return None


def _folders() -> Iterator[Path]:
    """Where others look as well; a temporary folder is asked for only if need be."""
    yield Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    yield Path(gettempdir())


def _lock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AnotherSitting("Another sitting is open: say stop there, then try again.") from error
    except OSError as error:  # a folder that knows no locks
        logger.info("whether another sitting is open cannot be told: %s", reason(error))
