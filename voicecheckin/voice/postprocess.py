"""Makes every engine's sound alike: 16 kHz, no silence around it, even loudness."""

import numpy as np
import soxr

from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.voice.engine import Rendering
from voicecheckin.voice.loudness import evened

QUIET = -45.0
"""dB below the sentence's loudest moment: softer than this, around a sentence, is silence."""

MARGIN = 0.03
"""Seconds left before and after the words; a soft consonant lives there."""

FADE = 0.005
"""Seconds over which the cut edges fade, so that they make no click."""


def post_processed(rendering: Rendering) -> Samples:
    """Return *rendering* ready to be played."""
    samples: Samples = rendering.samples
    if rendering.rate != RATE:
        samples = soxr.resample(samples, rendering.rate, RATE)
    even = evened(_trimmed(samples), RATE)
    return (np.round(even * 32768) / 32768).astype(np.float32)  # as FLAC keeps it


def _trimmed(samples: Samples) -> Samples:
    window = RATE // 100
    count = len(samples) // window
    peaks = np.abs(samples[: count * window]).reshape(count, window).max(axis=1, initial=0.0)
    loud = np.flatnonzero(peaks > peaks.max(initial=0.0) * 10.0 ** (QUIET / 20.0))
    if not len(loud):
        return np.zeros(window, np.float32)
    margin = round(MARGIN * RATE)
    trimmed = samples[max(0, loud[0] * window - margin) : (loud[-1] + 1) * window + margin].copy()
    fade = np.linspace(0.0, 1.0, min(round(FADE * RATE), len(trimmed)), dtype=np.float32)
    trimmed[: len(fade)] *= fade
    trimmed[len(trimmed) - len(fade) :] *= fade[::-1]
    return trimmed
