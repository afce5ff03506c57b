"""The trained head: what the encoder heard, turned into chances of our wordings."""

from __future__ import annotations

import math
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from voicecheckin.errors import ContentError
from voicecheckin.hearing.recognisers.languages import check_ear

Numbers = npt.NDArray[np.float32]
Weights = Mapping[str, Numbers]

NONE = ""
"""The label of all that is none of ours."""
DAMAGED = (OSError, EOFError, LookupError, TypeError, ValueError, BadZipFile, zlib.error)
"""What reading a head raises where a file is missing or not whole."""
DILATIONS = (1, 2, 4)
"""How many frames apart the three inputs of each convolution lie."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From which chance on a phrase counts; the file says how each was obtained."""

    accept: float
    """At least this likely: understood."""
    noisy: float
    """The same where there is noise; the head errs more and is surer of it."""
    several: float
    """The same for several words, in quiet and in noise: little else sounds like them."""
    free: float
    """The same in a free turn, where what is said is hardly ever a command."""
    clear: float
    """dB of snr below which there is noise."""
    doubt: float
    """At least this likely, but not understood: asked again."""
    stop: float
    """The same as accept, for *stop*, which errs towards stopping."""
    lead: float
    """How many times likelier than the next phrase it must be."""
    slope: float = 1.0
    shift: float = 0.0
    """How a chance becomes a score that is right as often as it says: on the scale of log odds."""

    def score(self, chance: float) -> float:
        """How often a phrase with this *chance* is right."""
        kept = min(max(chance, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-self.slope * math.log(kept / (1 - kept)) - self.shift))


@dataclass(frozen=True, slots=True)
class Second:
    """A second opinion on single words: a plane for each, over features of the whole clip."""

    names: tuple[str, ...]
    """Words of ours and others; kinds of sound begin with a star."""
    weights: Numbers
    """Features by names."""
    shift: Numbers

    def chances(self, rows: Numbers) -> Numbers:
        """The chance of each name, given the encoder's rows."""
        return softmax(pooled(rows) @ self.weights + self.shift, axis=0)


@dataclass(frozen=True, slots=True)
class Head:
    """A small network over an encoder's rows; it knows wordings, not words."""

    labels: tuple[str, ...]
    """The plain wordings it tells apart, NONE among them."""
    nets: tuple[Weights, ...]
    """Networks trained alike from other beginnings; their chances are averaged."""
    limits: Limits
    second: Second

    def together(self, hearings: Sequence[Numbers]) -> Numbers:
        """The chance of each label, given the encoder's rows of several hearings of a clip."""
        first: Numbers = np.mean([chances_of(self.nets, rows) for rows in hearings], axis=0)
        other: Numbers = np.mean([self.second.chances(rows) for rows in hearings], axis=0)
        return agreed(first, other, self.labels, self.second.names)


def agreed(first: Numbers, second: Numbers, labels: Sequence[str], names: Sequence[str]) -> Numbers:
    """Both opinions' geometric mean on the words that both know; clips are the leading axes."""
    both = [(place, names.index(label)) for place, label in enumerate(labels) if label in names]
    places, others = [place for place, _ in both], [other for _, other in both]
    agreed = first.copy()
    agreed[..., places] = np.sqrt(first[..., places] * second[..., others])
    return agreed


def pooled(rows: Numbers) -> Numbers:
    """A whole clip as one row: mean, highest, spread, and the mean of each quarter."""
    quarters = np.array_split(rows, 4) if len(rows) >= 4 else [rows] * 4
    whole = [rows.mean(axis=0), rows.max(axis=0), rows.std(axis=0)]
    row: Numbers = np.concatenate([*whole, *(quarter.mean(axis=0) for quarter in quarters)])
    return row


def chances_of(nets: Sequence[Weights], frames: Numbers) -> Numbers:
    """The chance of each label, as networks that were trained alike see it on average."""
    chances: Numbers = np.mean([_chances(net, frames) for net in nets], axis=0)
    return chances


def _chances(net: Weights, frames: Numbers) -> Numbers:
    """One network's chances: a layer, three convolutions, attention and highest, a layer."""
    heard = np.maximum((frames - net["mean"]) / net["spread"] @ net["in"] + net["in bias"], 0)
    for number, apart in enumerate(DILATIONS):
        weights, bias = net[f"dilation {number}"], net[f"dilation {number} bias"]
        heard = heard + _dilated(heard, weights, bias, apart)
    attention = softmax(heard @ net["attention"] + net["attention bias"], axis=0)
    looked = (heard.T @ attention).ravel()
    summary = np.concatenate([looked, heard.max(axis=0)])
    return softmax(summary @ net["out"] + net["out bias"], axis=0)


def _dilated(heard: Numbers, weights: Numbers, bias: Numbers, apart: int) -> Numbers:
    """A convolution over three frames, so many *apart*."""
    padded = np.pad(heard, ((apart, apart), (0, 0)))
    count = len(heard)
    parts = (padded[apart * place : apart * place + count] @ weights[place] for place in range(3))
    dilated: Numbers = np.maximum(sum(parts, start=bias), 0)
    return dilated


def softmax(values: Numbers, axis: int) -> Numbers:
    """Chances that add up to 1 along *axis*."""
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    chances: Numbers = raised / raised.sum(axis=axis, keepdims=True)
    return chances


def load(ear: str, language: str = "en") -> Head:
    """Read the head that ships for *ear* and *language*; EngineMissing if there is none for it."""
    check_ear(language)
    folder = files("voicecheckin.hearing.recognisers") / "heads" / language / ear
    try:
        nets, labels = load_nets(folder / "head.npz")
        second = _second(folder / "second.npz")
        limits = _limits(folder / "thresholds.toml")
    except DAMAGED as error:
        raise ContentError(
            f"{folder}: the head of the ear is missing or damaged. "
            "Install voicecheckin again, or make it with scripts/train-ear."
        ) from error
    return Head(labels, nets, limits, second)


def load_nets(file: Traversable) -> tuple[tuple[Weights, ...], tuple[str, ...]]:
    """The networks in *file*, named "0 in", "0 out", "1 in" ..., and the labels."""
    with file.open("rb") as stream, np.load(stream) as arrays:
        labels = tuple(str(label) for label in arrays["labels"])
        nets: dict[str, dict[str, Numbers]] = {}
        for name in arrays.files:
            number, _, part = name.partition(" ")
            if part:
                nets.setdefault(number, {})[part] = arrays[name].astype(np.float32)
    if not nets:
        raise ValueError("there is no network in it")
    return tuple(nets[number] for number in sorted(nets)), labels


def _second(file: Traversable) -> Second:
    """The weights in *file*."""
    with file.open("rb") as stream, np.load(stream) as arrays:
        names = tuple(str(name) for name in arrays["names"])
        return Second(names, arrays["weights"], arrays["shift"])


def _limits(file: Traversable) -> Limits:
    """The thresholds in *file*: tables with a value and how it was obtained."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Limits(**{name: float(entry["value"]) for name, entry in table.items()})
