"""A USB button or keypad that types keys: read from the kernel's own event files (evdev)."""

import fcntl
import logging
import os
import struct
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from io import FileIO
from pathlib import Path

from voicecheckin.panel.presses import Press, PressDetector
from voicecheckin.watcher import Watcher

EVENT = struct.Struct("@llHHi")
"""Seconds and microseconds, then kind, code and value: `struct input_event` of linux/input.h."""
KEY = 1
"""The kind of a key's events."""
UP, DOWN, REPEAT = 0, 1, 2
GRAB = 0x40044590
"""EVIOCGRAB: what the button types goes nowhere else."""
LOOK_AGAIN = 2.0
"""Seconds between two looks for a button that is not there."""

logger = logging.getLogger(__name__)


DIGITS = {2: "1", 3: "2", 4: "3", 79: "1", 80: "2", 81: "3"}
"""The keys that choose, by their codes in linux/input-event-codes.h: in a row, and on a keypad."""
ENTER = (28, 96)
"""The same of Enter."""


def press_taker(pressed: Callable[[Press], None]) -> Callable[[bytes], None]:
    """Tells *pressed* of every press of a button, whichever key it types."""
    detector = PressDetector()

    def take(block: bytes) -> None:
        press = press_of(block, detector)
        if press is not None:
            pressed(press)

    return take


def choice_taker(typed: Callable[[str], None]) -> Callable[[bytes], None]:
    """Tells *typed* of 1, 2 and 3 as they are pressed, and of Enter as an empty line."""

    def take(block: bytes) -> None:
        _, _, kind, code, value = EVENT.unpack(block)
        if (kind, value) == (KEY, DOWN) and (code in DIGITS or code in ENTER):
            typed(DIGITS.get(code, ""))

    return take


class KeyDevice:
    """The input device whose name holds *name*; may come and go.

    One device often shows itself as several (a keyboard, media keys): all are followed.
    """

    def __init__(
        self,
        name: str,
        new_taker: Callable[[], Callable[[bytes], None]],
        inputs: Path = Path("/dev/input"),
        names: Path = Path("/sys/class/input"),
    ) -> None:
        """Follow it in a thread, with a new taker of the kernel's blocks each time it comes.

        *inputs* and *names* are where the kernel shows its devices.
        """
        self._name, self._new_taker = name.casefold(), new_taker
        self._inputs, self._names = inputs, names
        self._missed = False
        self._watcher = Watcher("button")
        self._watcher.start(self._follow)

    def close(self) -> None:
        """Let the device go."""
        self._watcher.close()

    def _follow(self) -> None:
        while self._watcher.ready(timeout=0.0) is not None:
            paths = self._find()
            if paths:
                self._missed = False
                self._read(paths)
            elif not self._missed:
                self._missed = True
                logger.warning("there is no button or keypad whose name holds %r", self._name)
            if self._watcher.ready(timeout=LOOK_AGAIN) is None:
                return

    def _find(self) -> list[Path]:
        entries = filter(self._is, self._names.glob("event*"))
        return [self._inputs / entry.name for entry in entries]

    def _is(self, entry: Path) -> bool:
        try:
            known = (entry / "device" / "name").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False
        return self._name in known.casefold()

    def _read(self, paths: Sequence[Path]) -> None:
        """Follow these devices until one of them is gone."""
        taker = self._new_taker()
        try:
            with ExitStack() as stack:
                opened = [stack.enter_context(_opened(path)) for path in paths]
                devices = {one.fileno(): one for one in opened}
                ready = self._watcher.ready(devices)
                while ready is not None and all(_take(devices[one], taker) for one in ready):
                    ready = self._watcher.ready(devices)
        except OSError as error:
            logger.warning("the button or keypad is gone: %s", error.strerror)


def _take(device: FileIO, taker: Callable[[bytes], None]) -> bool:
    """Read one event; return whether there was one."""
    block = device.read(EVENT.size)
    if not block or len(block) < EVENT.size:
        return False
    taker(block)
    return True


def press_of(block: bytes, detector: PressDetector) -> Press | None:
    """What one event of the kernel's adds to a press; a held key repeats by itself."""
    seconds, micros, kind, _, value = EVENT.unpack(block)
    now = seconds + micros / 1e6
    if kind != KEY:
        return None
    if value == DOWN:
        detector.down(now)
        return None
    return detector.up(now) if value == UP else detector.held(now)


def _opened(path: Path) -> FileIO:
    device = FileIO(path, opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))
    try:
        fcntl.ioctl(device, GRAB, 1)
    except OSError as error:
        logger.info("its keys are typed elsewhere as well: %s", error.strerror)
    return device
