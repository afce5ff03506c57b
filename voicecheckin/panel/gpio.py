"""A button and a lamp at the pins of a Raspberry Pi, through gpiozero."""

import time
import warnings
from collections.abc import Callable

from voicecheckin.errors import EngineMissing
from voicecheckin.panel.light import Sign
from voicecheckin.panel.presses import Press, PressDetector

BOUNCE = 0.03
"""Seconds in which a contact may chatter."""
TICK = 0.25
"""Seconds between two looks at a button that is held."""
LISTENING, SPEAKING, WAITING = 1.0, 0.4, 0.08
"""Brightness from 0 to 1; none of them is dark, since the microphone is open."""
BREATH = (0.15, 0.7)
"""Darkest and brightest while paused: it breathes, slowly."""
BLINK = 0.3
"""Seconds on, and off, while sound is lost: no microphone is open then."""


def _quietly() -> None:
    """One line of ours is enough: gpiozero warns once for every library that it has not found."""
    from gpiozero.exc import PinFactoryFallback

    warnings.simplefilter("ignore", PinFactoryFallback)


class PinButton:
    """A button between a pin and ground; tells *pressed* of every press, in its own thread."""

    def __init__(self, pin: int, pressed: Callable[[Press], None]) -> None:
        """Watch the pin with this BCM number; EngineMissing says why that cannot be."""
        self._detector, self._pressed = PressDetector(), pressed
        try:
            import gpiozero

            _quietly()
            self._button = gpiozero.Button(
                pin, bounce_time=BOUNCE, hold_time=TICK, hold_repeat=True
            )
        except Exception as error:  # gpiozero passes on the errors of five libraries
            raise EngineMissing(f"There is no button at pin {pin}: {error}") from error
        self._button.when_pressed = self._down
        self._button.when_held = self._held
        self._button.when_released = self._up

    def close(self) -> None:
        """Let the pin go."""
        self._button.close()

    def _down(self) -> None:
        self._detector.down(time.monotonic())

    def _held(self) -> None:
        self._tell(self._detector.held(time.monotonic()))

    def _up(self) -> None:
        self._tell(self._detector.up(time.monotonic()))

    def _tell(self, press: Press | None) -> None:
        if press is not None:
            self._pressed(press)


class PinLamp:
    """A lamp at a pin, with as many kinds of status_light as there are signs."""

    def __init__(self, pin: int) -> None:
        """Use the pin with this BCM number; EngineMissing says why that cannot be."""
        try:
            import gpiozero

            _quietly()
            self._lamp = gpiozero.PWMLED(pin)
        except Exception as error:  # gpiozero passes on the errors of five libraries
            raise EngineMissing(f"There is no light at pin {pin}: {error}") from error

    def show(self, sign: Sign | None) -> None:
        """Show *sign*; None is dark."""
        self._lamp.source = None
        match sign:
            case None:
                self._lamp.off()
            case Sign.LISTENING:
                self._lamp.value = LISTENING
            case Sign.SPEAKING:
                self._lamp.value = SPEAKING
            case Sign.WAITING:
                self._lamp.value = WAITING
            case Sign.PAUSED:
                self._breathe()
            case Sign.LOST:
                self._lamp.blink(BLINK, BLINK)

    def close(self) -> None:
        """Go dark, and let the pin go."""
        self._lamp.close()

    def _breathe(self) -> None:
        from gpiozero.tools import scaled, sin_values

        self._lamp.value = BREATH[0]
        self._lamp.source_delay = 0.05
        self._lamp.source = scaled(sin_values(100), *BREATH, -1, 1)
