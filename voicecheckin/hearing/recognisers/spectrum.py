"""Sound as Whisper sees it: a log-mel spectrum, in numpy."""

from functools import cache

import numpy as np
import numpy.typing as npt

from voicecheckin.hearing.recognisers.head import Numbers
from voicecheckin.sound.frames import RATE, Samples

WINDOW = 400
"""Samples that one column sees: 25 ms."""
HOP = 160
"""Samples between two columns: 10 ms."""
RANGE = 8.0
"""Powers of ten below the loudest at which the spectrum is cut off."""
LINEAR_HZ, LINEAR_MELS, STEP = 1000.0, 15.0, np.log(6.4) / 27
"""Slaney's scale (Auditory Toolbox, 1998): even steps up to 1 kHz, and from there even ratios."""


def log_mel(sound: Samples, mels: int) -> Numbers:
    """Return the spectrum of *sound* (16 kHz): *mels* rows, a column for each whole 10 ms."""
    led = np.pad(sound.astype(np.float32), WINDOW // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(led, WINDOW)[::HOP][: len(sound) // HOP]
    bell = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    powers = np.square(np.abs(np.fft.rfft(windows * bell))).T
    logs = np.log10(np.maximum(filters(mels) @ powers, 1e-10))
    spectrum: Numbers = ((np.maximum(logs, logs.max() - RANGE) + 4) / 4).astype(np.float32)
    return spectrum


@cache
def filters(mels: int) -> npt.NDArray[np.float64]:
    """Triangles of equal area over the Fourier bins: *mels* by bins."""
    highest = LINEAR_MELS + np.log(RATE / 2 / LINEAR_HZ) / STEP
    places = np.linspace(0, highest, mels + 2)
    above = LINEAR_HZ * np.exp(STEP * (places - LINEAR_MELS))
    corners = np.where(places < LINEAR_MELS, places * LINEAR_HZ / LINEAR_MELS, above)
    bins = np.linspace(0, RATE / 2, WINDOW // 2 + 1)
    rising = (bins - corners[:-2, None]) / np.diff(corners)[:-1, None]
    falling = (corners[2:, None] - bins) / np.diff(corners)[1:, None]
    area = 2 / (corners[2:] - corners[:-2])
    triangles: npt.NDArray[np.float64] = np.clip(np.minimum(rising, falling), 0, None)
    return triangles * area[:, None]
