"""The light: what the device is doing, and that its microphone is open."""

import threading
from enum import Enum
from typing import Protocol


class Sign(Enum):
    """What the light can say."""

    LISTENING = "listening"
    SPEAKING = "speaking"
    PAUSED = "paused"
    WAITING = "waiting"
    LOST = "sound lost"


class Lamp(Protocol):
    """Something that shines."""

    def show(self, sign: Sign | None) -> None:
        """Show *sign*; None is dark."""
        ...

    def close(self) -> None:
        """Go dark, and let the pin go."""
        ...


class Light:
    """A lamp that is never dark while the microphone is open (SR-34).

    Without a lamp it does nothing. Any thread may call it.
    """

    def __init__(self, lamp: Lamp | None = None) -> None:
        self._lamp = lamp
        self._sign = Sign.WAITING
        self._open = False
        self._shown: Sign | None = None
        self._turn = threading.Lock()

    def microphone(self, *, open: bool) -> None:
        """The microphone is about to open, or has been closed."""
        with self._turn:
            self._open = open
            self._refresh()

    def show(self, sign: Sign) -> None:
        """The device is doing this from now on."""
        with self._turn:
            self._sign = sign
            self._refresh()

    def close(self) -> None:
        """Let the lamp go."""
        with self._turn:
            if self._lamp is not None:
                self._lamp.close()
            self._lamp = None

    def _refresh(self) -> None:
        dark = self._sign is Sign.WAITING and not self._open
        sign = None if dark else self._sign
        if self._lamp is not None and sign is not self._shown:
            self._lamp.show(sign)
        self._shown = sign
