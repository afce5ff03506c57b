"""What the program asks of its memory: to stay small, and to stay off the disk."""

import contextlib
import ctypes
import os
import resource

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1
"""glibc's names for two of its limits, see mallopt(3)."""
LIMIT = 256 * 1024
"""Bytes from which a block is fetched and given back by itself.

glibc raises this limit by itself, up to 32 MB; then what an ear freed stays in pieces: after three
hours of sittings a process held 253 MB, and with this limit between 180 and 207 MB.
"""
NOW, LATER, ONCE_USED = 1, 2, 4
"""Linux's names for what is locked, see mlockall(2)."""


def keep_off_the_disk() -> bool:
    """Keep what was heard out of swap and of core files; return whether swap is locked out, too.

    Memory can be locked by whoever may lock it without limit: root, or where `ulimit -l` says so.
    Within a limit nothing is locked, as reaching it would end the program within an evening.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if most != resource.RLIM_INFINITY and os.geteuid():
        return False
    with contextlib.suppress(OSError, AttributeError, ValueError):
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (most, most))
        locked: int = ctypes.CDLL(None).mlockall(NOW | LATER | ONCE_USED)
        return locked == 0
    return False


def keep_it_small() -> None:
    """Set the limits, where there is a glibc; anywhere else nothing happens."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(MMAP_THRESHOLD, LIMIT)
        library.mallopt(TRIM_THRESHOLD, LIMIT)


def give_back() -> None:
    """Give back at once what is free, where there is a glibc."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
