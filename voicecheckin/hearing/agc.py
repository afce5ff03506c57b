"""How loud it is: offset, noise floor, and a gain that evens speakers out."""

from collections import deque

import numpy as np

from voicecheckin.sound.frames import Samples

QUIETEST = -90.0
"""Level of digital silence (dB relative to full scale); nothing is measured below it."""
FLOOR_WANTED = -40.0
"""Where the gain may lift a room's noise to (dB); at -45 words are missed, at -30 voices made."""
LOUDEST_WANTED = -3.0
"""Peak that the gain stays below (dB)."""
MOST_GAIN = 36.0
"""dB; a whisper across the room is about that much below a voice at the microphone."""
SPEECH_WANTED = -23.0
"""Level of an utterance's louder half as recognisers get it (dB): EBU R 128's programme level."""
FALL = 0.4
"""dB by which a remembered peak falls from chunk to chunk: about 12 dB a second."""
REMEMBERED = 156
"""Chunks of quiet from which the noise floor is taken: five seconds."""


def decibels(power: float) -> float:
    """Return *power* (mean square) in dB relative to full scale."""
    return max(QUIETEST, 10.0 * float(np.log10(power + 1e-12)))


def level(samples: Samples) -> float:
    """Return the level of *samples* (dB relative to full scale)."""
    return (
        decibels(float(np.mean(np.square(samples, dtype=np.float64)))) if samples.size else QUIETEST
    )


class Offset:
    """Takes away a microphone's constant offset, chunk by chunk and without steps."""

    def __init__(self) -> None:
        self._mean: float | None = None

    def removed(self, chunk: Samples) -> Samples:
        """Return *chunk* around zero."""
        now = float(chunk.mean())
        before = now if self._mean is None else self._mean
        self._mean = before + 0.1 * (now - before)
        slope = np.linspace(before, self._mean, chunk.size, dtype=np.float32)
        centred: Samples = chunk - slope
        return centred


class RoomNoise:
    """What the room sounds like while nobody speaks, and how much gain that allows."""

    def __init__(self) -> None:
        self._quiet: deque[float] = deque(maxlen=REMEMBERED)
        self._floor = QUIETEST
        self._peak = QUIETEST

    @property
    def floor(self) -> float:
        """Level of the noise (dB relative to full scale)."""
        return self._floor

    def learn(self, loudness: float) -> None:
        """Take in one chunk's level (dB) during which nobody spoke."""
        self._quiet.append(loudness)
        # A low quantile, so that a cup that is set down does not count as the room.
        self._floor = float(np.quantile(np.fromiter(self._quiet, float), 0.2))

    def evened(self, chunk: Samples) -> Samples:
        """Return *chunk* with as much gain as the noise and the loudest recent sound allow."""
        peak = 20.0 * float(np.log10(np.abs(chunk).max() + 1e-6))
        self._peak = max(peak, self._peak - FALL)
        gain = min(MOST_GAIN, FLOOR_WANTED - self._floor, LOUDEST_WANTED - self._peak)
        return amplified(chunk, gain)


def amplified(samples: Samples, gain: float) -> Samples:
    """Return *samples* louder by *gain* dB."""
    louder: Samples = np.multiply(samples, 10.0 ** (gain / 20.0), dtype=np.float32)
    return louder


def even_out(utterance: Samples) -> Samples:
    """Return *utterance* without offset, at the one loudness that recognisers are tuned to."""
    if not utterance.size:
        return utterance
    centred: Samples = (utterance - utterance.mean(dtype=np.float64)).astype(np.float32)
    frames = centred[: centred.size // 160 * 160].reshape(-1, 160)
    if not frames.size:
        return centred
    powers = np.sort(np.mean(np.square(frames, dtype=np.float64), axis=1))
    loud = decibels(float(powers[powers.size // 2 :].mean()))
    peak = 20.0 * float(np.log10(np.abs(centred).max() + 1e-6))
    gain = min(SPEECH_WANTED - loud, -1.0 - peak) if loud > QUIETEST else 0.0
    return amplified(centred, gain)
