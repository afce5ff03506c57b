"""A thread that waits on file descriptors, and can be woken to end."""

import os
import select
import threading
from collections.abc import Callable, Collection


class Watcher:
    """Runs a function in a thread of its own that waits on descriptors, until it is closed."""

    def __init__(self, name: str) -> None:
        """Call the thread *name*; it begins with `start`."""
        self._name = name
        self._wake, self._closing = os.pipe()

    def start(self, follow: Callable[[], None]) -> None:
        """Run *follow*, which returns once `ready` gives None."""
        self._thread = threading.Thread(target=follow, daemon=True, name=self._name)
        self._thread.start()

    def ready(
        self, descriptors: Collection[int] = (), timeout: float | None = None
    ) -> list[int] | None:
        """Wait until one can be read, or *timeout* (seconds) is over; None once this is closing.

        OSError if a descriptor can no longer be waited for.
        """
        ready = select.select([self._wake, *descriptors], [], [], timeout)[0]
        return None if self._wake in ready else ready

    def close(self) -> None:
        """Wake the thread, and wait for its end."""
        os.write(self._closing, b"x")
        self._thread.join()
        os.close(self._wake)
        os.close(self._closing)
