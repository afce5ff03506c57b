"""A keepsake's sound as plain bytes, in memory and never in a file of its own."""

import numpy as np

from voicecheckin.sound.frames import RATE, Samples

LONGEST = 20.0
"""Seconds; a keepsake is one small thing."""
LARGEST = 2 * round(LONGEST * RATE)
"""Bytes of the longest one."""


def packed_sound(samples: Samples) -> bytes:
    """The first 20 s in 16 bits."""
    heard = np.nan_to_num(samples[: round(LONGEST * RATE)])
    return (np.clip(heard, -1.0, 1.0) * 32767).round().astype("<i2").tobytes()


def unpacked_sound(content: bytes) -> Samples:
    """The sound again."""
    return np.frombuffer(content, "<i2").astype(np.float32) / np.float32(32767)
