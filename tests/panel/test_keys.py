"""A USB button, as the kernel shows one: files with events in them."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from voicecheckin.panel.keys import DOWN, EVENT, KEY, REPEAT, UP, KeyButton
from voicecheckin.panel.presses import Press, Presses

ENTER, SYNC = 28, 0


def event(now: float, value: int, kind: int = KEY) -> bytes:
    return EVENT.pack(int(now), round(now % 1 * 1e6), kind, ENTER, value)


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


def test_its_key_means_what_a_button_means(devices: Devices) -> None:
    presses = Presses()
    with closing(KeyButton("enter button", presses.put, devices.inputs, devices.names)):
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
    with closing(KeyButton("enter button", presses.put, devices.inputs, devices.names)):
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
    with closing(KeyButton("enter button", presses.put, devices.inputs, devices.names)):
        devices.type(event(1.0, DOWN), event(1.2, UP), number=number)
        assert presses.take(5.0) is Press.SHORT


def test_a_button_that_is_not_there_can_be_closed(devices: Devices) -> None:
    KeyButton("doorbell", Presses().put, devices.inputs, devices.names).close()
