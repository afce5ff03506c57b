"""The whisper ear: a trained head on Whisper's frozen encoder. It makes no transcript."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from voicecheckin.conversation.messages import Command
from voicecheckin.ear import head as heads
from voicecheckin.ear.features import LONGEST, Encoder, clearness, hearings, model_folder
from voicecheckin.ear.head import Head, Limits, Numbers
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.recogniser import Verdict
from voicecheckin.ear.wording import normal
from voicecheckin.sound.frames import RATE, Samples

SHORTEST = 0.15
"""Seconds; nothing shorter is a word."""
STOP = Command.STOP.value


class WhisperEar:
    """Decides among known phrases by how they sound; needs the extra [whisper] and a model."""

    name = "whisper"

    def __init__(
        self,
        phrasebook: Phrasebook,
        head: Head | None = None,
        model: Path | None = None,
        threads: int = 2,
    ) -> None:
        """Load the encoder from folder *model* (else from where `setup` put it) and the head."""
        self._phrasebook = phrasebook
        self._encoder = Encoder(model or model_folder(), threads)
        self._head = head or heads.load(phrasebook.language)
        self._meanings: dict[frozenset[str], dict[str, list[int]]] = {}

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        if not SHORTEST <= len(utterance) / RATE <= LONGEST:
            return Verdict(None, 1.0)
        return self._verdict(self._chances(utterance), phrases, clearness(utterance))

    def _chances(self, utterance: Samples) -> Numbers:
        """Chances of all gists, from several hearings."""
        heard = [self._encoder.frames([sound])[0] for sound in hearings(utterance)]
        return self._head.together(heard)

    def _verdict(self, chances: Numbers, phrases: Sequence[str], clear: float) -> Verdict:
        """Weigh the phrases against each other and against everything else."""
        weighed = weigh(chances, self._meaning(phrases), self._head.gists)
        return judge(weighed, self._head.limits, clear)

    def _meaning(self, phrases: Iterable[str]) -> dict[str, list[int]]:
        """Which gists mean which of *phrases*; remembered, since questions come again."""
        allowed = frozenset(phrases)
        if allowed not in self._meanings:
            self._meanings[allowed] = meaning_of(self._head.gists, self._phrasebook, allowed)
        return self._meanings[allowed]


def meaning_of(
    gists: Sequence[str], phrasebook: Phrasebook, allowed: Iterable[str]
) -> dict[str, list[int]]:
    """The places in *gists* of the wordings of each of the *allowed* phrases."""
    said_for: dict[str, list[str]] = {}
    wanted = tuple(dict.fromkeys(allowed))
    for id in wanted:
        said = (wording for group in phrasebook.groups(id, wanted) for wording in group.say)
        for wording in dict.fromkeys(map(normal, said)):
            said_for.setdefault(wording, []).append(id)
    meanings: dict[str, list[int]] = {}
    for place, gist in enumerate(gists):
        phrase = phrasebook.resolve(said_for.get(gist, ()))
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
    chances: Numbers, meanings: Mapping[str, Sequence[int]], gists: Sequence[str]
) -> list[Weighed]:
    """The phrases, the likeliest first, given the chances of their wordings."""
    weighed = [
        Weighed(
            id, float(chances[places].sum()), " " in gists[max(places, key=chances.__getitem__)]
        )
        for id, places in meanings.items()
    ]
    return sorted(weighed, key=attrgetter("chance"), reverse=True)


def judge(weighed: Sequence[Weighed], limits: Limits, clear: float) -> Verdict:
    """Accept the likeliest phrase, doubt it, or hear none of ours; *clear* is clearness in dB."""
    if not weighed:
        return Verdict(None, 1.0)
    best = weighed[0]
    rival = weighed[1].chance if len(weighed) > 1 else 0.0
    score = limits.score(best.chance)
    if best.chance >= needed(best, limits, clear) and best.chance >= limits.lead * rival:
        return Verdict(best.phrase, score)
    if best.chance >= limits.doubt:
        return Verdict(best.phrase, score, doubt=True)
    return Verdict(None, 1.0 - score)


def needed(best: Weighed, limits: Limits, clear: float) -> float:
    """The chance from which *best* counts as understood."""
    usual = limits.noisy if clear < limits.clear else limits.accept
    if best.phrase == STOP:
        return min(usual, limits.stop)
    return min(usual, limits.several) if best.several else usual
