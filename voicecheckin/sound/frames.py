"""What sound is here: mono, 16 000 Hz, in frames of 30 ms."""

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono sound in [-1, 1] at `RATE`."""

RATE = 16_000
"""Hz."""

FRAME = 480
"""Samples in a frame."""

FRAME_SECONDS = FRAME / RATE
"""Seconds in a frame: 0.03."""


def silence(seconds: float = FRAME_SECONDS) -> Samples:
    """Return *seconds* of nothing; one frame of it by default."""
    return np.zeros(round(seconds * RATE), np.float32)


def loudness(samples: Samples) -> float:
    """Return the level in dB relative to full scale (root mean square); -200 for silence."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return 10.0 * float(np.log10(max(power, 1e-20)))


def gain(decibels: float) -> np.float32:
    """Return the factor by which samples are multiplied to get *decibels* louder."""
    return np.float32(10.0 ** (decibels / 20.0))
