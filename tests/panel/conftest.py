"""Pins without a Raspberry Pi: gpiozero's own."""

import gc
from collections.abc import Iterator

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory, MockPWMPin


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    """A board made of software; every pin can be lit in steps."""
    before = Device.pin_factory
    Device.pin_factory = MockFactory(pin_class=MockPWMPin)
    try:
        yield Device.pin_factory
    finally:
        gc.collect()
        Device.pin_factory.reset()
        Device.pin_factory = before
