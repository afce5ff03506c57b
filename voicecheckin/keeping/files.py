"""Files of their owner's alone: written whole or not at all, and gone once they are removed."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from voicecheckin.keeping.errors import KeepingError, Problem, told_as_ours

PATIENCE = 1.0
"""Seconds to wait for another program that is writing here."""
BETWEEN = 0.05
"""Seconds from one look to the next."""
NEW = ".new"
"""What ends the name of a file that is not whole yet."""


def read_untraced(path: Path) -> bytes | None:
    """What is in *path*, and no file time tells that it was read; None if there is no such file."""
    with told_as_ours(path):
        try:
            with open(path, "rb", opener=_untraced) as file:
                return file.read()
        except FileNotFoundError:
            return None


def write_whole(path: Path, content: bytes, moment: float | None = None) -> None:
    """Put *content* into *path*, whole even if the power fails, and overwrite what was there.

    The file is dated *moment* (seconds since 1970) if that is given.
    """
    with told_as_ours(path):
        make_private_folder(path.parent)
        new = write_beside(path, content)
        if moment is not None:
            os.utime(new, (moment, moment))
        with suppress(FileNotFoundError), path.open("r+b") as old:
            new.replace(path)
            sync_folder(path.parent)
            _blacken(old.fileno())
            return
        new.replace(path)
        sync_folder(path.parent)


def write_beside(path: Path, content: bytes) -> Path:
    """Write *content* to a new file beside *path* that is not yet in its place, and return it."""
    new = path.with_name(path.name + NEW)
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)  # whatever the umask is
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    return new


@contextmanager
def opened_private(path: Path) -> Iterator[TextIO]:
    """A text file of its owner's alone, to be written; OSError or ValueError if it cannot be."""
    with open(path, "w", encoding="utf-8", opener=_private) as file:
        if path.is_file():  # it may have been there, and open to all
            os.fchmod(file.fileno(), 0o600)
        yield file


def remove(path: Path) -> None:
    """Overwrite *path* and remove it, if it is there."""
    with told_as_ours(path), suppress(FileNotFoundError, NotADirectoryError):
        with path.open("r+b") as file:
            _blacken(file.fileno())
        path.unlink()
        sync_folder(path.parent)


def make_private_folder(folder: Path) -> None:
    """Make *folder*, and each one above it that is missing, for its owner alone."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)  # whatever the umask is


def sync_folder(folder: Path) -> None:
    """Make sure that names in *folder* outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other voicecheckin from writing in *folder*; no file is touched for that.

    KeepingError if another one is still writing after a second.
    """
    with told_as_ours(folder):
        handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise KeepingError(Problem.BUSY, folder) from error
            time.sleep(BETWEEN)
        except OSError:  # some network disks know no locks
            return
        else:
            return


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _untraced(name: str, flags: int) -> int:
    try:
        return os.open(name, flags | os.O_NOATIME)
    except PermissionError:  # only the owner may leave no trace
        return os.open(name, flags)


def _blacken(handle: int) -> None:
    """Overwrite an open file with zeros, on the disk."""
    left = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(handle, bytes(min(left, 1 << 20)))
    os.fsync(handle)
