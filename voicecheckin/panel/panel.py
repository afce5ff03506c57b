"""Button, keypad and light together, as the settings name them."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from voicecheckin.errors import EngineMissing
from voicecheckin.panel.gpio import PinButton, PinLamp
from voicecheckin.panel.keys import KeyDevice, choice_taker, press_taker
from voicecheckin.panel.light import Lamp, Light
from voicecheckin.panel.presses import Press, Presses

logger = logging.getLogger(__name__)


class _Closing(Protocol):
    def close(self) -> None: ...


class Panel:
    """What can be touched and seen on the device; what is missing is logged in one line."""

    def __init__(
        self, button_pin: int = 0, button_usb: str = "", light_pin: int = 0, keypad_usb: str = ""
    ) -> None:
        """Open button and light at pins (BCM numbers, 0 for none), USB devices by name."""
        self.presses = Presses()
        self.typed: Callable[[str], None] | None = None
        """Who takes what is pressed on the keypad, in its own thread; else nobody does."""
        self._open: list[_Closing] = []
        if button_pin:
            self._try(lambda: self._open.append(PinButton(button_pin, self.presses.put)))
        if button_usb:
            self._open.append(KeyDevice(button_usb, lambda: press_taker(self.presses.put)))
        self.has_button = bool(self._open)
        """Whether anything can be pressed."""
        if keypad_usb:
            self._open.append(KeyDevice(keypad_usb, lambda: choice_taker(self._type)))
        lamps: list[Lamp] = []
        if light_pin:
            self._try(lambda: lamps.append(PinLamp(light_pin)))
        self.light = Light(*lamps)
        self.has_light = bool(lamps)
        """Whether there is a light that can shine."""

    @contextmanager
    def taken_by(
        self, taker: Callable[[Press], None], typed: Callable[[str], None] | None = None
    ) -> Iterator[None]:
        """Let *taker* have every press meanwhile, and *typed* each choice, in threads of theirs."""
        self.presses.taker, self.typed = taker, typed
        try:
            yield
        finally:
            self.presses.taker = self.typed = None

    def close(self) -> None:
        """Go dark, and let everything go."""
        self.light.close()
        for button in self._open:
            button.close()

    def _type(self, line: str) -> None:
        if self.typed is not None:
            self.typed(line)

    def _try(self, open: Callable[[], None]) -> None:
        try:
            open()
        except EngineMissing as missing:
            logger.warning("%s", missing)
