"""Samples as the 16-bit sound that speech engines take."""

import warnings
from typing import TYPE_CHECKING

import numpy as np

from voicecheckin.sound.frames import RATE, Samples

if TYPE_CHECKING:
    from speech_recognition import AudioData  # type: ignore[import-untyped]  # ships no types

WIDTH = 2
"""Bytes in a sample."""


def audio_data(samples: Samples) -> "AudioData":
    """Return *samples* as SpeechRecognition's carrier of sound."""
    with warnings.catch_warnings():
        # It imports aifc and audioop, which leave Python with 3.13, and brings them along there.
        warnings.simplefilter("ignore", DeprecationWarning)
        from speech_recognition import AudioData

    whole = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")
    return AudioData(whole.tobytes(), RATE, WIDTH)
