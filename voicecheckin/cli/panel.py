"""Builds the button and the light out of the settings, and joins them to a sitting."""

from collections.abc import Callable

from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Command, Event, Heard
from voicecheckin.conversation.states import Suspended
from voicecheckin.panel.light import Light
from voicecheckin.panel.panel import Panel
from voicecheckin.panel.presses import Press
from voicecheckin.settings import Settings
from voicecheckin.waiting.watchdog import Watchdog


def panel_of(settings: Settings) -> Panel:
    """Button, keypad and light, as far as there are any."""
    button = settings.button
    return Panel(button.pin, button.usb, settings.light.pin, settings.keypad.usb)


def touching(checkin: CheckIn, post: Callable[[Event], None]) -> Callable[[Press], None]:
    """What a press means in a sitting: the same as the words (SR-04)."""

    def touched(press: Press) -> None:
        match press, checkin.suspended:
            case Press.LONG, _:
                post(Heard(Command.STOP))
            case Press.VERY_LONG, _:
                post(Heard(Command.FORGET_EVERYTHING))
            case Press.SHORT, Suspended.FLOWING:
                post(Heard(Command.PAUSE))
            case Press.SHORT, Suspended.PAUSED:
                post(Heard(Command.GO_ON))

    return touched


class WatchfulListener:
    """Sees that the light is on while the microphone is open, and that frames arrive."""

    def __init__(self, light: Light, watchdog: Watchdog | None = None) -> None:
        self._light = light
        self._watchdog = watchdog or Watchdog({})

    def opening(self) -> None:
        """The light first, then the microphone (SR-34)."""
        self._light.microphone(open=True)

    def arrived(self) -> None:
        """A frame was heard."""
        self._watchdog.frame()

    def closed(self) -> None:
        """The microphone is closed."""
        self._light.microphone(open=False)

    def searching(self) -> None:
        """A microphone that was lost is looked for."""
        self._watchdog.searching()
