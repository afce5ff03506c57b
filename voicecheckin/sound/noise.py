"""Kitchen noise made from nothing: a fan that hums on, and dishes being washed."""

import numpy as np

from voicecheckin.sound.frames import RATE, Samples, gain, loudness

FAN_SECONDS = 16
DISHES_SECONDS = 23
"""The two loops have different lengths, so that together they repeat only every six minutes."""

CLINKS_PER_SECOND = 0.8


class KitchenNoise:
    """Endless noise of *level* dB relative to full scale, the same for the same *seed*."""

    def __init__(self, level: float, seed: int) -> None:
        rng = np.random.default_rng((seed, 1))
        self._loops = [_at(level - 3.0, _fan(rng)), _at(level - 3.0, _dishes(rng))]
        self._position = 0

    def take(self, count: int) -> Samples:
        """Return the next *count* samples."""
        span = np.arange(self._position, self._position + count)
        self._position += count
        sound: Samples = sum(
            (np.take(loop, span, mode="wrap") for loop in self._loops), np.zeros(count, np.float32)
        )
        return sound


def _at(level: float, sound: Samples) -> Samples:
    return sound * gain(level - loudness(sound))


def _fan(rng: np.random.Generator) -> Samples:
    """Return steady noise, 5 dB softer each octave; made by FFT, it loops without a seam."""
    count = FAN_SECONDS * RATE
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    spectrum = np.exp(2j * np.pi * rng.random(len(frequency))) / np.maximum(frequency, 80.0) ** 0.8
    spectrum[frequency < 40.0] = 0.0
    return np.fft.irfft(spectrum, count).astype(np.float32)


def _dishes(rng: np.random.Generator) -> Samples:
    count = DISHES_SECONDS * RATE
    sound = np.zeros(count, np.float32)
    for _ in range(rng.poisson(CLINKS_PER_SECOND * DISHES_SECONDS)):
        clink = _clink(rng) * gain(rng.uniform(-14.0, 0.0))
        start = int(rng.integers(count))
        sound[np.arange(start, start + len(clink)) % count] += clink
    return sound


def _clink(rng: np.random.Generator) -> Samples:
    """Return one piece of china touching another: a few high tones that die at once."""
    time = np.arange(RATE // 3) / RATE
    tones = [
        np.exp(-time / rng.uniform(0.012, 0.06))
        * np.sin(2 * np.pi * rng.uniform(1200, 6500) * time)
        for _ in range(rng.integers(3, 7))
    ]
    return np.asarray(np.sum(tones, axis=0), np.float32)
