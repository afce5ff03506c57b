"""One utterance in, one verdict out: what every recogniser offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono sound in [-1, 1] at 16 000 Hz."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a recogniser makes of one utterance."""

    phrase: str | None
    """The phrase id, or None for none of ours."""
    score: float
    """Calibrated confidence from 0 to 1 that the phrase (or "none of ours") is right."""
    doubt: bool = False
    """Whether it was near a phrase, or between two: worth asking again, never worth acting on."""


class Recogniser(Protocol):
    """Decides which known phrase an utterance is, if any."""

    name: str

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        """Judge one whole utterance among *phrases* (ids); whatever was said is dropped at once."""
        ...


@runtime_checkable
class Attuned(Protocol):
    """A recogniser that judges otherwise what is said while the device itself speaks."""

    over_voice: Recogniser
    """The recogniser for that."""


def warm(recogniser: Recogniser, phrases: Sequence[str]) -> None:
    """Let the first decision, which is slow, be about a second of silence."""
    recogniser.decide(np.zeros(16_000, np.float32), phrases)
