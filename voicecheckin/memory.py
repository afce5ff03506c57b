"""What the program asks of its memory: to stay off the disk."""

import contextlib
import ctypes
import os
import resource

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
