"""A USB button, as the kernel shows one: files with events in them."""

import os
import queue
from contextlib import closing
from pathlib import Path

import pytest

from voicecheckin.panel.keys import (
    DOWN,
    EVENT,
    KEY,
    REPEAT,
    UP,
    KeyDevice,
    choice_taker,
    press_taker,
)
from voicecheckin.panel.presses import Press, Presses

ENTER, SYNC, PAD_1, PAD_3, TWO, LETTER_A = 28, 0, 79, 81, 3, 30


def event(now: float, value: int, kind: int = KEY, code: int = ENTER) -> bytes:
    return EVENT.pack(int(now), round(now % 1 * 1e6), kind, code, value)


class Devices:
    """Two input devices; the second one is a button."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.inputs, self.names = folder / "input", folder / "class"
        self.inputs.mkdir()
        for number, name in enumerate(("Power Button", "USB Enter Button v2", *more)):
            device = self.names / f"event{number}" / "device"
            device.mkdir(parents=True)
            (device / "name").write_text(name + "\n")
            os.mkfifo(self.inputs / f"event{number}")

    def type(self, *events: bytes, number: int = 1) -> None:
        """Let the button type; its file is gone afterwards, as if it had been unplugged."""
        while True:
            try:
                (self.inputs / f"event{number}").write_bytes(b"".join(events))
            except BrokenPipeError:
                continue  # the reader was just letting go of it, after the last time
            return


@pytest.fixture
def devices(tmp_path: Path) -> Devices:
    return Devices(tmp_path)


def button(devices: Devices, presses: Presses, name: str = "enter button") -> KeyDevice:
    return KeyDevice(name, lambda: press_taker(presses.put), devices.inputs, devices.names)


def test_its_key_means_what_a_button_means(devices: Devices) -> None:
    presses = Presses()
    with closing(button(devices, presses)):
        devices.type(
            event(1.0, DOWN),
            event(1.0, 0, SYNC),
            event(1.2, UP),
            event(5.0, DOWN),
            event(5.25, REPEAT),
            event(6.5, REPEAT),
            event(6.6, REPEAT),
            event(7.0, UP),
        )
        assert presses.take(5.0) is Press.SHORT
        assert presses.take(5.0) is Press.LONG
        assert presses.take(0.1) is None


@pytest.mark.slow
def test_a_button_that_was_unplugged_is_found_again(devices: Devices) -> None:
    presses = Presses()
    with closing(button(devices, presses)):
        devices.type(event(1.0, DOWN), event(1.2, UP))
        assert presses.take(5.0) is Press.SHORT
        devices.type(event(9.0, DOWN), event(9.2, UP))
        assert presses.take(5.0) is Press.SHORT


@pytest.mark.parametrize("number", [1, 2])
def test_a_button_that_shows_itself_as_two_devices_is_heard_from_both(
    tmp_path: Path, number: int
) -> None:
    devices = Devices(tmp_path, "USB Enter Button v2 Consumer Control")
    presses = Presses()
    with closing(button(devices, presses)):
        devices.type(event(1.0, DOWN), event(1.2, UP), number=number)
        assert presses.take(5.0) is Press.SHORT


def test_a_button_that_is_not_there_can_be_closed(devices: Devices) -> None:
    button(devices, Presses(), "doorbell").close()


def test_a_keypad_chooses_by_its_digits_and_ends_a_turn_with_enter(tmp_path: Path) -> None:
    devices = Devices(tmp_path, "Numeric Keypad")
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    keypad = KeyDevice(
        "numeric keypad", lambda: choice_taker(lines.put), devices.inputs, devices.names
    )
    with closing(keypad):
        pressed = (PAD_1, LETTER_A, TWO, PAD_3, ENTER)
        keys = [event(1.0, value, KEY, code) for code in pressed for value in (DOWN, UP)]
        devices.type(*keys, event(2.0, REPEAT), number=2)
        assert [lines.get(timeout=20) for _ in range(4)] == ["1", "2", "3", ""]
        assert lines.empty()
