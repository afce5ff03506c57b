"""A button and a lamp at the pins of a board made of software."""

import logging
import os
import time
from contextlib import closing

import pytest
from gpiozero.pins.mock import MockFactory

from voicecheckin.panel.gpio import PinButton, PinLamp
from voicecheckin.panel.light import Light, Sign
from voicecheckin.panel.panel import Panel
from voicecheckin.panel.presses import Press, Presses


def test_a_touch_is_a_short_press(pins: MockFactory) -> None:
    presses = Presses()
    with closing(PinButton(17, presses.put)):
        pins.pin(17).drive_low()
        pins.pin(17).drive_high()
        assert presses.take(1.0) is Press.SHORT


@pytest.mark.slow
def test_holding_it_is_a_long_press_before_it_is_let_go(pins: MockFactory) -> None:
    presses = Presses()
    with closing(PinButton(17, presses.put)):
        pins.pin(17).drive_low()
        assert presses.take(5.0) is Press.LONG
        pins.pin(17).drive_high()
        assert presses.take(0.1) is None


def test_every_sign_looks_different(pins: MockFactory) -> None:
    with closing(PinLamp(27)) as lamp:
        seen = []
        for sign in (Sign.LISTENING, Sign.SPEAKING, Sign.WAITING, None):
            lamp.show(sign)
            seen.append(pins.pin(27).state)
    assert seen == sorted(set(seen), reverse=True)
    assert seen[-1] == 0


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign is not Sign.LOST])
def test_sr_34_the_light_is_never_dark_while_the_microphone_is_open(
    pins: MockFactory, sign: Sign
) -> None:
    light = Light(PinLamp(27))
    light.microphone(open=True)
    light.show(sign)
    pins.pin(27).clear_states()
    until = time.monotonic() + 5
    while sign is Sign.PAUSED and len(pins.pin(27).states) < 20 and time.monotonic() < until:
        os.sched_yield()  # it breathes, in a thread of gpiozero's
    assert min(state.state for state in pins.pin(27).states) > 0
    light.show(Sign.WAITING)
    light.microphone(open=False)
    assert pins.pin(27).state == 0
    light.close()


def test_without_pins_everything_else_works_and_one_line_says_so(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "nosuchfactory")
    with caplog.at_level(logging.WARNING), closing(Panel(button_pin=17)) as panel:
        panel.light.microphone(open=True)
        panel.light.show(Sign.SPEAKING)
    assert not panel.has_button
    assert [record.name for record in caplog.records] == ["voicecheckin.panel.panel"]
    assert caplog.records[0].getMessage().startswith("There is no button at pin 17")


def test_a_panel_has_what_the_settings_name(pins: MockFactory) -> None:
    with closing(Panel(button_pin=17, light_pin=27)) as panel:
        assert panel.has_button
        pins.pin(17).drive_low()
        pins.pin(17).drive_high()
        assert panel.presses.take(1.0) is Press.SHORT
        panel.light.show(Sign.LISTENING)
        assert pins.pin(27).state == 1
