"""A tone in a room, found again."""

import numpy as np
import pytest

from voicecheckin.doctor.measuring import Metered, measure, measured, tone
from voicecheckin.sound.frames import FRAME, RATE, gain, loudness, silence
from voicecheckin.sound.kitchen import DEVICE_LEVEL, PERSON_LEVEL, Kitchen, KitchenSound


@pytest.mark.parametrize("delay", [0.03, 0.06, 0.5, 1.0])
def test_the_echo_is_found_where_it_is(delay: float) -> None:
    found = measure(KitchenSound(Kitchen(delay=delay)))
    assert found.delay == pytest.approx(delay, abs=0.01)


@pytest.mark.parametrize("echo", [-20.0, -6.0, 6.0])
def test_its_level_is_the_rooms(echo: float) -> None:
    found = measure(KitchenSound(Kitchen(echo=echo, reverberation=0.1)))
    assert found.echo == pytest.approx(echo + PERSON_LEVEL - DEVICE_LEVEL, abs=4.0)


def test_the_rooms_noise_is_measured_without_the_tone() -> None:
    noise = Kitchen(noise=-20.0)
    quiet = KitchenSound(noise)
    heard = np.concatenate([quiet.exchange(silence()) for _ in range(100)])
    assert measure(KitchenSound(noise)).floor == pytest.approx(loudness(heard), abs=6.0)


@pytest.mark.parametrize("seed", range(8))
def test_a_kitchen_without_an_echo_is_not_taken_for_one(seed: int) -> None:
    assert measure(KitchenSound(Kitchen(echo=None, noise=-10.0, seed=seed))).delay is None


def test_a_microphone_that_gives_nothing_hears_nothing() -> None:
    assert measured(silence(3.0), RATE).delay is None


def test_an_echo_that_is_cut_off_is_clipping() -> None:
    loud = np.concatenate((silence(1.2), tone() * gain(18.0), silence(1.2))).clip(-1.0, 1.0)
    assert measured(loud, round(1.2 * RATE)).clipped > 0.5
    assert measured(loud * gain(-12.0), round(1.2 * RATE)).clipped == 0.0


def test_an_offset_is_no_sound() -> None:
    heard = np.concatenate((silence(1.2), tone(), silence(1.2)))
    heard += np.float32(0.2)
    assert measured(heard, round(1.2 * RATE)).floor < -100.0


def test_the_loudest_moment_is_remembered() -> None:
    sound = KitchenSound(Kitchen(noise=None))
    metered = Metered(sound)
    sound.place(0.0, np.full(3 * FRAME, 0.1, np.float32))
    for _ in range(40):
        metered.exchange(silence())
    assert metered.seconds == pytest.approx(1.2)
    assert metered.loudest(1.2) > -50.0
