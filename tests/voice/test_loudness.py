"""Loudness after ITU-R BS.1770."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.sound.frames import Samples
from voicecheckin.voice.loudness import PEAK, TARGET, evened, loudness


def tone(level: float, seconds: float = 3.0, rate: int = 16_000) -> Samples:
    """The standard's test tone, 997 Hz, with its peak at *level*."""
    time = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * 997 * time)).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_the_standards_tone_reads_what_the_standard_says(rate: int) -> None:
    assert loudness(tone(1.0, rate=rate), rate) == pytest.approx(-3.01, abs=0.02)
    assert loudness(tone(0.1, rate=rate), rate) == pytest.approx(-23.01, abs=0.02)


def test_pauses_do_not_make_speech_softer() -> None:
    paused = np.concatenate((tone(0.1), np.zeros(10 * 16_000, np.float32), tone(0.1)))
    assert loudness(paused, 16_000) == pytest.approx(loudness(tone(0.1), 16_000), abs=0.5)


def test_silence_is_as_soft_as_it_gets_and_stays_silent() -> None:
    silence = np.zeros(16_000, np.float32)
    assert loudness(silence, 16_000) == -70.0
    assert not evened(silence, 16_000).any()
    assert not evened(silence[:0], 16_000).any()


@given(st.floats(0.001, 1.0), st.floats(0.4, 2.0))
def test_every_tone_comes_out_equally_loud(level: float, seconds: float) -> None:
    once = loudness(evened(tone(level, seconds), 16_000), 16_000)
    assert once == pytest.approx(TARGET, abs=0.1)


def test_a_sharp_click_is_left_softer_rather_than_clipped() -> None:
    sound = tone(0.01)
    sound[8000] = 1.0
    assert np.abs(evened(sound, 16_000)).max() == pytest.approx(PEAK)
