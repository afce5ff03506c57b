"""Loudness as people hear it: ITU-R BS.1770-4 for mono sound, and evening to it."""

import numpy as np
import numpy.typing as npt

from voicecheckin.sound.frames import Samples

Powers = npt.NDArray[np.float64]

TARGET = -23.0
"""LUFS: EBU R 128's loudness for speech that is comfortable beside other sound."""

PEAK = 0.89
"""The highest sample allowed: -1 dB relative to full scale."""

BLOCK, STEP = 0.4, 0.1
"""Seconds: BS.1770's gating blocks, overlapping by three quarters."""

SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
PASS = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
"""BS.1770's two filters at 48 kHz: the head's shelf and the high pass; (b0 b1 b2), (a1 a2)."""


def loudness(samples: Samples, rate: int) -> float:
    """Return the gated loudness in LUFS; -70 for silence. Short sound is one block."""
    block, step = round(BLOCK * rate), round(STEP * rate)
    if len(samples) < block:
        samples = np.pad(samples, (0, block - len(samples)))
    blocks = np.lib.stride_tricks.sliding_window_view(samples, block)[::step]
    power = _weighted_power(blocks, rate)
    power = power[_lufs(power) > -70.0]
    if not len(power):
        return -70.0
    power = power[_lufs(power) > _lufs(power.mean(keepdims=True)) - 10.0]
    return float(_lufs(power.mean(keepdims=True))[0])


def evened(samples: Samples, rate: int) -> Samples:
    """Return *samples* at the target loudness, or a little below where that would clip."""
    factor = 10.0 ** ((TARGET - loudness(samples, rate)) / 20.0)
    highest = float(np.max(np.abs(samples), initial=0.0))
    return samples * np.float32(min(factor, PEAK / highest if highest else 1.0))


def _lufs(power: Powers) -> Powers:
    decibels: Powers = 10.0 * np.log10(np.maximum(power, 1e-12))
    return decibels - 0.691


def _weighted_power(blocks: Samples, rate: int) -> Powers:
    """Return each block's mean square after both filters, by Parseval instead of filtering."""
    count = blocks.shape[1]
    spectrum = np.square(np.abs(np.fft.rfft(blocks, axis=1)))
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(count, 1 / rate) / 48_000)
    response = np.ones_like(z)
    for (b0, b1, b2), (a1, a2) in (SHELF, PASS):
        response *= (b0 + b1 * z + b2 * z**2) / (1.0 + a1 * z + a2 * z**2)
    weight = 2.0 * np.square(np.abs(response)) / count**2
    weight[0] /= 2.0
    power: Powers = spectrum @ weight
    return power
