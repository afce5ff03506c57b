"""The settings of a device that stands on a table: waiting, a button and a light."""

from dataclasses import dataclass

from voicecheckin.errors import SettingsError

MOST_WORDS = 6
"""Words of the phrase that begins a sitting."""

LAST_PIN = 27
"""The highest BCM number on a Raspberry Pi's header."""


@dataclass(frozen=True, slots=True)
class WaitingSettings:
    """How a sitting may begin while the device waits; without a phrase no microphone is open."""

    phrase: str = ""
    """What the two of you chose to say, such as "let's check in"; listening for it is for both
    to choose. Left out, the microphone stays closed between sittings."""

    def __post_init__(self) -> None:
        if not self.phrase:
            return
        words = self.phrase.split()
        if not 2 <= len(words) <= MOST_WORDS or not all(
            any(sign.isalpha() for sign in word) for word in words
        ):
            raise SettingsError(f'a phrase is 2 to {MOST_WORDS} words, such as "let\'s check in".')


@dataclass(frozen=True, slots=True)
class ButtonSettings:
    """A button that pauses, stops, and between sittings begins; either kind, or both."""

    pin: int = 0
    """The number (BCM) of the Raspberry Pi's pin that it joins to ground; 0 for none."""
    usb: str = ""
    """A part of the name of a USB button that types a key, such as "Enter Button"."""

    def __post_init__(self) -> None:
        check_pin(self.pin)


@dataclass(frozen=True, slots=True)
class KeypadSettings:
    """A USB keypad whose 1, 2 and 3 choose what is offered aloud, in this order."""

    usb: str = ""
    """A part of its name, such as "Numeric Keypad"; Enter ends a turn."""


@dataclass(frozen=True, slots=True)
class LightSettings:
    """A light that tells what the device does; it is never dark while the microphone is open."""

    pin: int = 0
    """The number (BCM) of the Raspberry Pi's pin that it is lit by; 0 for none."""
    sound: bool = False
    """Whether a soft tone says too, each time, that the device listens from now on."""

    def __post_init__(self) -> None:
        check_pin(self.pin)


def check_pin(pin: int) -> None:
    """Refuse a number that no pin has."""
    if not 0 <= pin <= LAST_PIN:
        raise SettingsError(f"pin must lie between 1 and {LAST_PIN}, or be 0 for none; not {pin}.")
