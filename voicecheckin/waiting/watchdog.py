"""Tells systemd that the program still hears, by its own notification protocol (sd_notify)."""

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping

SEARCHED = 600.0
"""Seconds for which a lost microphone is looked for before a fresh start may find it instead."""

logger = logging.getLogger(__name__)


class Watchdog:
    """Fed by frames that really arrived; a deaf process is started anew by systemd.

    Where nobody asks for it (no NOTIFY_SOCKET), it does nothing. Its socket is a file of this
    machine, never a network.
    """

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read what systemd wants of us from *environment*."""
        self._path = environment.get("NOTIFY_SOCKET", "")
        wanted = environment.get("WATCHDOG_USEC", "")
        self._every = int(wanted) / 3e6 if wanted.isdigit() else 0.0
        self._clock = clock
        self._told = -self._every
        self._fed = clock()

    def ready(self) -> None:
        """The device waits."""
        self._tell("READY=1")

    def stopping(self) -> None:
        """The program ends."""
        self._tell("STOPPING=1")

    def frame(self) -> None:
        """A frame arrived, or nothing is to be heard because the microphone is closed."""
        self._fed = self._clock()
        self._note_life()

    def searching(self) -> None:
        """The microphone is known to be gone, and looked for: no reason to start anew, yet."""
        if self._clock() - self._fed < SEARCHED:
            self._note_life()

    def _note_life(self) -> None:
        now = self._clock()
        if self._every and now - self._told >= self._every:
            self._told = now
            self._tell("WATCHDOG=1")

    def _tell(self, message: str) -> None:
        if not self._path:
            return
        address = "\0" + self._path[1:] if self._path.startswith("@") else self._path
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.setblocking(False)  # a sitting never waits for systemd
                line.sendto(message.encode(), address)
        except OSError as error:
            logger.info("systemd cannot be told %s: %s", message, error.strerror)
