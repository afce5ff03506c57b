"""From a recogniser's impressions to a score, and from the score to a result."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from voicecheckin.conversation.messages import Command
from voicecheckin.errors import ContentError
from voicecheckin.hearing.recognisers.recogniser import Recognition


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression on a recogniser's numbers, and where to act and where to doubt."""

    bias: float
    weights: tuple[float, ...]
    act: float
    """Score from which a phrase is acted on."""
    stop: float
    """The same for *stop*, which errs towards stopping."""
    doubt: float
    """Score from which it is worth asking again."""

    def score(self, features: Sequence[float]) -> float:
        """Return the chance that the likeliest phrase was really said."""
        sum_ = self.bias + float(np.dot(self.weights, features))
        return float(1.0 / (1.0 + np.exp(-sum_)))

    def result(self, phrase: str | None, features: Sequence[float]) -> Recognition:
        """Act on *phrase*, doubt it, or take it for none of ours."""
        if phrase is None:
            return Recognition(None, 1.0)
        score = self.score(features)
        if score >= (self.stop if phrase == Command.STOP.value else self.act):
            return Recognition(phrase, score)
        if score >= self.doubt:
            return Recognition(phrase, score, doubt=True)
        return Recognition(None, 1.0 - score)


def read_calibration(file: Traversable | None = None) -> Calibration:
    """Read sphinx.toml, or *file*."""
    file = file or files("voicecheckin.hearing.recognisers") / "sphinx.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        weights = table["weights"]
        limits = table["limits"]
        return Calibration(
            float(table["bias"]),
            tuple(float(weight) for weight in weights.values()),
            float(limits["act"]),
            float(limits["stop"]),
            float(limits["doubt"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
        raise ContentError(f"{file}: the calibration cannot be read: {error}.") from error
