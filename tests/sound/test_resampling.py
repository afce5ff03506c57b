"""Resampling of sound that arrives bit by bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.sound.resampling import FrameResampler


@given(st.lists(st.integers(0, 2000), max_size=30))
def test_at_the_same_rate_nothing_is_lost_or_changed(lengths: list[int]) -> None:
    sound = np.arange(sum(lengths), dtype=np.float32)
    resampler = FrameResampler(16_000, 16_000, 480)
    pieces = np.split(sound, np.cumsum(lengths)[:-1]) if lengths else []
    frames = [frame for piece in pieces for frame in resampler.push(piece)]
    assert all(len(frame) == 480 for frame in frames)
    assert len(frames) == len(sound) // 480
    if frames:
        assert np.array_equal(np.concatenate(frames), sound[: len(frames) * 480])


@pytest.mark.parametrize("rate", [44_100, 48_000, 32_000])
def test_a_tone_keeps_its_pitch_and_its_length(rate: int) -> None:
    tone = np.sin(2 * np.pi * 500 * np.arange(rate * 2) / rate).astype(np.float32)
    resampler = FrameResampler(rate, 16_000, 480)
    block = round(rate * 0.03)
    frames = [
        frame
        for start in range(0, len(tone), block)
        for frame in resampler.push(tone[start : start + block])
    ]
    sound = np.concatenate(frames)
    assert 1.8 < len(sound) / 16_000 <= 2.0
    pitch = np.abs(np.fft.rfft(sound[4000:20_000])).argmax()
    assert pitch == 500
