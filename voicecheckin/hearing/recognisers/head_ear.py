"""An ear with a trained head: decides among known phrases by how they sound. No transcript is made.

The encoder turns sound to numbers and is another's, frozen; the head on it is ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

import numpy as np

from voicecheckin.conversation.messages import Command
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.wording import normal
from voicecheckin.hearing.recognisers import head as heads
from voicecheckin.hearing.recognisers.head import Head, Limits, Numbers
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import RATE, Samples

SHORTEST = 0.15
"""Seconds; nothing shorter is a word."""
LONGEST = 4.0
"""Seconds; nothing longer is one of our phrases."""
BLOCK = 400
"""Samples whose power is measured together: 25 ms."""
STOP = Command.STOP.value


class Encoder(Protocol):
    """Sound to rows of numbers, at an even step."""

    name: str

    def hearings(self, utterance: Samples) -> list[Samples]:
        """*utterance* in the ways in which it is heard; their chances are averaged."""
        ...

    def rows(self, hearing: Samples) -> Numbers:
        """What the encoder makes of one hearing, oldest first."""
        ...


class HeadEar(Recogniser):
    """Decides among known phrases by how they sound."""

    def __init__(
        self,
        phrasebook: Phrasebook,
        encoder: Encoder,
        spotter: Recogniser | None = None,
        head: Head | None = None,
    ) -> None:
        """Hear with *encoder* and *head*, else with the head that ships for it.

        *spotter* hears some phrases better over the device's own voice.
        """
        self.name = encoder.name
        self.spotter = spotter
        self._phrasebook = phrasebook
        self._encoder = encoder
        self._head = head or heads.load(encoder.name, phrasebook.language)
        self._meanings: dict[frozenset[str], dict[str, list[int]]] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The plain wordings that it tells apart."""
        return self._head.labels

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        if not SHORTEST <= len(utterance) / RATE <= LONGEST:
            return Recognition(None, 1.0)
        heard = [self._encoder.rows(one) for one in self._encoder.hearings(utterance)]
        chances = self._head.together(heard)
        weighed = weigh(chances, self._meaning(phrases), self._head.labels)
        asked = not set(phrases) <= set(self._phrasebook.commands)
        return judge(weighed, self._head.limits, snr(utterance), asked=asked)

    def _meaning(self, phrases: Iterable[str]) -> dict[str, list[int]]:
        """Which labels mean which of *phrases*; remembered, since questions come again."""
        allowed = frozenset(phrases)
        if allowed not in self._meanings:
            self._meanings[allowed] = meaning_of(self._head.labels, self._phrasebook, allowed)
        return self._meanings[allowed]


def block_powers(sound: Samples) -> Numbers:
    """Mean power of every 25 ms of *sound*."""
    whole = len(sound) // BLOCK * BLOCK
    powers: Numbers = np.square(sound[:whole].reshape(-1, BLOCK)).mean(axis=1, dtype=np.float32)
    return powers


def snr(sound: Samples) -> float:
    """dB from the quietest tenth to the loudest 25 ms of *sound*: about 50 alone, 18 in noise."""
    powers = block_powers(sound - np.mean(sound, dtype=np.float32))
    if not len(powers):
        return 0.0
    quietest = float(np.quantile(powers, 0.1))
    return 10 * float(np.log10((float(powers.max()) + 1e-10) / (quietest + 1e-10)))


def meaning_of(
    labels: Sequence[str], phrasebook: Phrasebook, allowed: Iterable[str]
) -> dict[str, list[int]]:
    """The places in *labels* of the wordings of each of the *allowed* phrases."""
    said_for: dict[str, list[str]] = {}
    wanted = tuple(dict.fromkeys(allowed))
    for id in wanted:
        said = (wording for group in phrasebook.groups(id, wanted) for wording in group.say)
        for wording in dict.fromkeys(map(normal, said)):
            said_for.setdefault(wording, []).append(id)
    meanings: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        phrase = phrasebook.resolve(said_for.get(label, ()))
        if phrase is not None:
            meanings.setdefault(phrase, []).append(place)
    return meanings


@dataclass(frozen=True, slots=True)
class Weighed:
    """How likely a phrase is."""

    phrase: str
    chance: float
    several: bool
    """Whether its likeliest wording has several words."""


def weigh(
    chances: Numbers, meanings: Mapping[str, Sequence[int]], labels: Sequence[str]
) -> list[Weighed]:
    """The phrases, the likeliest first, given the chances of their wordings."""
    weighed = [
        Weighed(
            id, float(chances[places].sum()), " " in labels[max(places, key=chances.__getitem__)]
        )
        for id, places in meanings.items()
    ]
    return sorted(weighed, key=attrgetter("chance"), reverse=True)


def judge(
    weighed: Sequence[Weighed], limits: Limits, clear: float, *, asked: bool = True
) -> Recognition:
    """Accept the likeliest phrase, doubt it, or hear none of ours.

    *clear* is snr in dB; *asked* where a question was put that it may answer.
    """
    if not weighed:
        return Recognition(None, 1.0)
    best = weighed[0]
    rival = weighed[1].chance if len(weighed) > 1 else 0.0
    score = limits.score(best.chance)
    if (
        best.chance >= needed(best, limits, clear, asked=asked)
        and best.chance >= limits.lead * rival
    ):
        return Recognition(best.phrase, score)
    if best.chance >= limits.doubt:
        return Recognition(best.phrase, score, doubt=True)
    return Recognition(None, 1.0 - score)


def needed(best: Weighed, limits: Limits, clear: float, *, asked: bool = True) -> float:
    """The chance from which *best* counts as understood."""
    usual = limits.noisy if clear < limits.clear else limits.accept
    if not asked:
        usual = max(usual, limits.free)
    if best.phrase == STOP:
        return min(usual, limits.stop)
    return min(usual, limits.several) if best.several else usual
