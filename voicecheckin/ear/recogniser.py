"""One utterance in, one verdict out: what every recogniser offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from voicecheckin.sound.frames import Samples


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
class Spotting(Protocol):
    """A recogniser with a quicker one beside it, for what interrupts the device."""

    spotter: Recogniser | None
    """Knows few phrases, and hears those over the device's voice; None where it is missing."""


@runtime_checkable
class Asking(Protocol):
    """A recogniser that asks another machine, with one of this machine beside it."""

    own: Recogniser
    """Judges whatever was not said in answer to a question: that leaves this machine never."""


class Spotted:
    """Asks a spotter first, and else another recogniser."""

    def __init__(self, spotter: Recogniser, recogniser: Recogniser) -> None:
        self.name = recogniser.name
        self._spotter = spotter
        self._recogniser = recogniser

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        verdict = self._spotter.decide(utterance, phrases)
        return verdict if verdict.phrase else self._recogniser.decide(utterance, phrases)


def spotter_of(recogniser: Recogniser) -> Recogniser | None:
    """Return the quick recogniser beside *recogniser*, if there is one."""
    return recogniser.spotter if isinstance(recogniser, Spotting) else None


def own_of(recogniser: Recogniser) -> Recogniser:
    """Return the recogniser of this machine: *recogniser* itself, or the one beside it."""
    return recogniser.own if isinstance(recogniser, Asking) else recogniser


def warm(recogniser: Recogniser, phrases: Sequence[str]) -> None:
    """Let the first decision, which is slow, be about a second of silence."""
    recogniser.decide(np.zeros(16_000, np.float32), phrases)
