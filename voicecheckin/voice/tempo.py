"""Slower or faster at the same pitch, by the library that espeak-ng itself uses: Sonic."""

import ctypes
import math
from functools import cache

import numpy as np

from voicecheckin.sound.frames import Samples

LIBRARY = "libsonic.so.0"
"""Comes with Debian's espeak-ng."""

SPARE = 4096
"""Samples by which Sonic may be off: a few periods of a low voice."""


def at_tempo(samples: Samples, rate: int, tempo: float) -> Samples:
    """Return *samples* (at *rate* Hz) spoken *tempo* times as fast; unchanged without Sonic."""
    sonic = _sonic()
    if sonic is None or tempo == 1.0 or not len(samples):
        return samples
    room = np.zeros(max(len(samples), math.ceil(len(samples) / tempo)) + SPARE, np.float32)
    room[: len(samples)] = samples
    pointer = room.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
    plain = ctypes.c_float(1.0)  # pitch, rate and volume
    count = sonic.sonicChangeFloatSpeed(
        pointer, len(samples), ctypes.c_float(tempo), plain, plain, plain, 0, rate, 1
    )
    changed: Samples = room[:count].copy()
    return changed


@cache
def _sonic() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(LIBRARY)
    except OSError:
        return None
