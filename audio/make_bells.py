"""Makes the bells and the sounds of breath beside this file; the same ones every time.

Run it with the folder to write to, or without for this one: python audio/make_bells.py
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

Sound = npt.NDArray[np.float64]

RATE = 16_000
"""Hz."""

PARTIALS = (
    (0.5, 0.25, 1.3),
    (1.0, 1.0, 1.0),
    (2.0, 0.4, 0.6),
    (2.76, 0.2, 0.35),
    (5.4, 0.06, 0.15),
)
"""A small bowl: (frequency, loudness, length), each relative to the tone one hears."""

LOUDEST = 0.25
"""Peak, where 1 is full scale: softer than speech."""


def strike(pitch: float, seconds: float) -> Sound:
    """Return one soft stroke: 12 ms to swell, then dying away over *seconds* to nothing."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros_like(time)
    for ratio, level, length in PARTIALS:
        decay = np.exp(-time / (seconds * length / 5.0))
        sound += level * decay * np.sin(2 * np.pi * pitch * ratio * time)
    return sound * swell(len(time), 0.012) * swell(len(time), 0.3)[::-1]


def swell(count: int, seconds: float) -> Sound:
    """Return a rise from 0 to 1 over *seconds*, without a corner, then 1."""
    time = np.minimum(np.arange(count) / RATE / seconds, 1.0)
    return 0.5 - 0.5 * np.cos(np.pi * time)


def together(*strokes: tuple[float, Sound]) -> Sound:
    """Return strokes that begin at the given seconds, in one sound."""
    count = max(round(at * RATE) + len(sound) for at, sound in strokes)
    mixed = np.zeros(count)
    for at, sound in strokes:
        start = round(at * RATE)
        mixed[start : start + len(sound)] += sound
    return mixed


def breath(seconds: float, low: float, high: float) -> Sound:
    """Return air that moves from one pitch to another, over a quiet tone that goes along."""
    count = round(seconds * RATE)
    pitch = np.geomspace(low, high, count)
    air = np.random.default_rng(7).normal(size=count + 400)
    air = np.convolve(air, np.hanning(24), "same")[200 : 200 + count]
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE)
    shape = np.sin(np.pi * np.arange(count) / count) ** 1.5
    return shape * (0.12 * air / np.std(air) + 0.5 * tone)


BELLS = {
    "hand_over": strike(523.25, 2.4),
    "rest": strike(261.63, 3.6),
    "time_up": together((0.0, strike(392.0, 2.0)), (0.7, strike(523.25, 2.4))),
    "sound_lost": together((0.0, strike(440.0, 1.6)), (0.45, strike(329.63, 2.0))),
    "sound_back": together((0.0, strike(329.63, 1.6)), (0.45, strike(440.0, 2.0))),
    "breath_in": breath(4.0, 160.0, 240.0),
    "breath_out": breath(6.0, 240.0, 140.0),
}


def main(folder: Path) -> None:
    """Write every bell as FLAC, 16 kHz, 16 bits."""
    for name, sound in BELLS.items():
        whole = np.round(sound / np.abs(sound).max() * LOUDEST * 32768).astype(np.int16)
        soundfile.write(folder / f"{name}.flac", whole, RATE, "PCM_16")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent)
