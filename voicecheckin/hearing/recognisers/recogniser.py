"""One utterance in, one result out: what every recogniser offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from voicecheckin.sound.frames import Samples


@dataclass(frozen=True, slots=True)
class Recognition:
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
    spotter: "Recogniser | None" = None
    """Knows few phrases, and hears those over the device's voice; None where it is missing."""

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); whatever was said is dropped at once."""
        ...

    def for_commands(self) -> "Recogniser":
        """Return what judges whatever was not said in answer to a question: itself, unless it asks
        another machine. That leaves this machine never."""
        return self


class Spotted(Recogniser):
    """Asks a spotter first, and else another recogniser."""

    def __init__(self, spotter: Recogniser, recogniser: Recogniser) -> None:
        self.name = recogniser.name
        self._spotter = spotter
        self._recogniser = recogniser

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        result = self._spotter.decide(utterance, phrases)
        return result if result.phrase else self._recogniser.decide(utterance, phrases)


def warm(recogniser: Recogniser, phrases: Sequence[str]) -> None:
    """Let the first decision, which is slow, be about a second of silence."""
    recogniser.decide(np.zeros(16_000, np.float32), phrases)
