"""From which chance on a phrase counts: read off people the head never heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.wording import normal
from voicecheckin.hearing.recognisers.head import Limits, Numbers
from voicecheckin.hearing.recognisers.head_ear import STOP, Weighed, judge, meaning_of, weigh

from .feature_cache import AugmentedClip

QUESTION = ("yes", "no", "pass", "not sure")
DIGITS = ("one", "two", "three", "four", "five")
# What must hold in each condition after a question: wrong actions, other words and orders accepted
# (shares). A short lone utterance is nearly always an answer there, and a consent wants more.
ASKED = {"as recorded": (0.005, 0.03, 0.01), "kitchen 10 dB": (0.01, 0.08, 0.02)}
FREE = 0.03
"""Share of other words that may be taken for a command in a free turn, where it hardly ever is."""
SPARE = 1 / 2
"""As recorded, only this share of what is allowed is used up: other homes differ."""
CANDIDATES = np.round(np.arange(0.1, 0.96, 0.02), 2)
SEVERAL = 0.3
"""Lowest tenth at which unknown synthetic voices were acted on wrongly in under 0.5 %."""
CLEAR = 24.0
"""dB of snr: 94 of 100 clips as recorded have more, 93 of 100 in the kitchen have less."""
READ = 0.002
"""Share of pieces of reading that may be taken for stop, which errs towards stopping."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shares:
    """What became of a set of clips, as shares of 1."""

    said: int
    understood: float
    wrong: float
    doubted: float
    none: int
    accepted: float
    """Of what is none of ours."""
    stops: float
    """Of what is none of ours, heard as stop."""
    doubted_none: float


class ScoredClips:
    """Chances that a head gave to clips, weighed for one question."""

    def __init__(
        self,
        book: Phrasebook,
        labels: Sequence[str],
        hearings: Sequence[AugmentedClip],
        chances: Numbers,
        snr: Sequence[float],
    ) -> None:
        self.hearings, self._book, self._labels, self._chances = hearings, book, labels, chances
        self.snr = snr
        """dB, of each clip."""

    def weighed(self, answers: Iterable[str]) -> list[list[Weighed]]:
        """The chance of every phrase of a question, and of the commands, clip by clip."""
        meanings = meaning_of(self._labels, self._book, (*answers, *self._book.commands))
        return [weigh(chances, meanings, self._labels) for chances in self._chances]

    def meant(self, answers: Iterable[str]) -> list[str | None]:
        """What every clip's words mean in that question."""
        meanings = meaning_of(self._labels, self._book, (*answers, *self._book.commands))
        known = {self._labels[place]: id for id, places in meanings.items() for place in places}
        return [known.get(hearing.clip.label) for hearing in self.hearings]

    def phrases_of(self, label: str) -> list[str]:
        """The phrases that a wording may mean."""
        return [id for id in self._book.ids if label in map(normal, self._book.plain(id))]

    def only(self, chosen: Mask) -> "ScoredClips":
        """Just the chosen clips."""
        hearings = [self.hearings[row] for row in np.flatnonzero(chosen).tolist()]
        snr = [self.snr[row] for row in np.flatnonzero(chosen).tolist()]
        return ScoredClips(self._book, self._labels, hearings, self._chances[chosen], snr)

    def where(self, way: str, *kinds: str) -> Mask:
        """Which clips were heard in that way, and are of one of those kinds."""
        return np.array([h.way == way and h.clip.kind in kinds for h in self.hearings])


def shares(
    heard: ScoredClips,
    weighed: Sequence[list[Weighed]],
    meant: Sequence[str | None],
    chosen: Mask,
    limits: Limits,
    *,
    asked: bool = True,
) -> Shares:
    """What *limits* make of the *chosen* clips, after a question or in a free turn."""
    rows = np.flatnonzero(chosen).tolist()
    results = {row: judge(weighed[row], limits, heard.snr[row], asked=asked) for row in rows}
    ours = [(v, meant[row]) for row, v in results.items() if meant[row] is not None]
    none = [v for row, v in results.items() if meant[row] is None]
    taken = [(v.phrase, m) for v, m in ours if v.phrase is not None and not v.doubt]
    false = [v.phrase for v in none if v.phrase is not None and not v.doubt]
    return Shares(
        said=len(ours),
        understood=sum(p == m for p, m in taken) / max(1, len(ours)),
        wrong=sum(p != m for p, m in taken) / max(1, len(ours)),
        doubted=sum(v.doubt for v, _ in ours) / max(1, len(ours)),
        none=len(none),
        accepted=len(false) / max(1, len(none)),
        stops=sum(phrase == STOP for phrase in false) / max(1, len(none)),
        doubted_none=sum(v.doubt for v in none) / max(1, len(none)),
    )


def calibrated(heard: ScoredClips) -> Limits:
    """The lowest limits that keep what is asked, in quiet and in noise apart."""
    weighed, meant = heard.weighed(QUESTION), heard.meant(QUESTION)
    slope, shift = _odds(heard, weighed, meant)
    free = _free(heard)

    def limits(accept: float, noisy: float, stop: float) -> Limits:
        doubt = max(0.08, round(accept / 3, 2))
        return Limits(
            accept, noisy, SEVERAL, free, CLEAR, doubt, stop, 2.0, round(slope, 3), round(shift, 3)
        )

    def lowest(way: str, in_quiet: float | None = None) -> float:
        for at in CANDIDATES.tolist():
            if _keeps(heard, weighed, meant, way, at if in_quiet is None else in_quiet, at):
                return float(at)
        return float(CANDIDATES[-1])

    def rarely(at: float, stop: float) -> bool:
        return _stops_rarely(heard, weighed, meant, limits(at, noisy, stop))

    kept = lowest("as recorded")
    noisy = lowest("kitchen 10 dB", kept)
    # In quiet, stop needs no more than anything else: what is read must not reach that either.
    higher = (at for at in CANDIDATES[kept <= CANDIDATES].tolist() if rarely(at, noisy))
    accept = next(higher, float(CANDIDATES[-1]))
    stop = noisy
    for at in CANDIDATES[noisy > CANDIDATES][::-1].tolist():
        if not rarely(accept, at):
            break
        stop = at
    return limits(accept, noisy, stop)


def _free(heard: ScoredClips) -> float:
    """The lowest limit at which hardly any other word is a command in a free turn."""
    weighed, meant = heard.weighed(()), heard.meant(())

    def share(at: float, way: str) -> float:
        limits = Limits(at, at, SEVERAL, at, CLEAR, at / 3, at, 2.0)
        chosen = heard.where(way, "words")
        return shares(heard, weighed, meant, chosen, limits, asked=False).accepted

    kept = (at for at in CANDIDATES.tolist() if all(share(at, way) <= FREE for way in ASKED))
    return float(next(kept, CANDIDATES[-1]))


def _keeps(
    heard: ScoredClips,
    weighed: list[list[Weighed]],
    meant: list[str | None],
    way: str,
    quiet: float,
    noisy: float,
) -> bool:
    """Whether accepting from these values on, in quiet and in noise, keeps what is asked."""
    spare = SPARE if way == "as recorded" else 1.0
    wrong, words, orders = (share * spare for share in ASKED[way])
    limits = Limits(quiet, noisy, SEVERAL, noisy, CLEAR, quiet / 3, noisy, 2.0)
    said = shares(heard, weighed, meant, heard.where(way, "words"), limits)
    ordered = shares(heard, weighed, meant, heard.where(way, "others"), limits)
    few = said.wrong * said.said <= max(2, wrong * said.said)  # one clip is chance
    return few and said.accepted <= words and ordered.accepted <= orders


def _stops_rarely(
    heard: ScoredClips, weighed: list[list[Weighed]], meant: list[str | None], limits: Limits
) -> bool:
    """Whether hardly anything else is taken for stop, and hardly anything that is read."""
    words = [shares(heard, weighed, meant, heard.where(way, "words"), limits) for way in ASKED]
    reading = shares(heard, weighed, meant, heard.where("worn", "talk"), limits)
    return reading.stops * reading.none <= max(1, READ * reading.none) and not any(
        one.stops > 0.005 for one in words
    )


def _odds(
    heard: ScoredClips, weighed: list[list[Weighed]], meant: list[str | None]
) -> tuple[float, float]:
    """Slope and shift that turn the chance of the likeliest phrase into how often it is right."""
    rows = np.flatnonzero(np.any([heard.where(way, "words") for way in ASKED], axis=0)).tolist()
    right = np.array([meant[row] == weighed[row][0].phrase for row in rows])
    kept = np.clip([weighed[row][0].chance for row in rows], 1e-6, 1 - 1e-6)
    odds = np.log(kept / (1 - kept))

    def loss(line: npt.NDArray[np.float64]) -> float:
        towards = np.where(right, 1, -1) * (line[0] * odds + line[1])
        return float(np.logaddexp(0, -towards).mean())

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(shift)
