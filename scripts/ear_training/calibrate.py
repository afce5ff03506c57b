"""From which chance on a phrase counts: read off people the head never heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicecheckin.ear.head import Limits, Numbers
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.whisper import STOP, judge, meaning_of

from .shelf import Hearing

QUESTION = ("yes", "no", "pass", "not sure")
DIGITS = ("one", "two", "three", "four", "five")
# What must hold in each condition: wrong actions, other words and orders accepted (shares).
ASKED = {"as recorded": (0.005, 0.03, 0.01), "kitchen 10 dB": (0.01, 0.03, 0.01)}
CANDIDATES = np.round(np.arange(0.1, 0.96, 0.02), 2)
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


class Heard:
    """Chances that a head gave to clips, weighed for one question."""

    def __init__(
        self, book: Phrasebook, gists: Sequence[str], hearings: Sequence[Hearing], chances: Numbers
    ) -> None:
        self.hearings, self._book, self._gists, self._chances = hearings, book, gists, chances

    def weighed(self, answers: Iterable[str]) -> list[dict[str, float]]:
        """The chance of every phrase of a question, and of the commands, clip by clip."""
        meanings = meaning_of(self._gists, self._book, (*answers, *self._book.commands))
        sums = {id: self._chances[:, places].sum(axis=1) for id, places in meanings.items()}
        return [{id: float(sums[id][row]) for id in sums} for row in range(len(self.hearings))]

    def meant(self, answers: Iterable[str]) -> list[str | None]:
        """What every clip's words mean in that question."""
        allowed = (*answers, *self._book.commands)
        known = {gist: self._book.match(gist, allowed).phrase for gist in self._gists if gist}
        return [known.get(hearing.clip.gist) for hearing in self.hearings]

    def phrases_of(self, gist: str) -> list[str]:
        """The phrases that a wording may mean."""
        return [id for id in self._book.ids if self._book.match(gist, [id]).phrase]

    def only(self, chosen: Mask) -> "Heard":
        """Just the chosen clips."""
        hearings = [self.hearings[row] for row in np.flatnonzero(chosen).tolist()]
        return Heard(self._book, self._gists, hearings, self._chances[chosen])

    def where(self, way: str, *kinds: str) -> Mask:
        """Which clips were heard in that way, and are of one of those kinds."""
        return np.array([h.way == way and h.clip.kind in kinds for h in self.hearings])


def shares(
    weighed: Sequence[dict[str, float]], meant: Sequence[str | None], chosen: Mask, limits: Limits
) -> Shares:
    """What *limits* make of the *chosen* clips."""
    verdicts = {row: judge(weighed[row], limits) for row in np.flatnonzero(chosen).tolist()}
    ours = [(v, meant[row]) for row, v in verdicts.items() if meant[row] is not None]
    none = [v for row, v in verdicts.items() if meant[row] is None]
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


def calibrated(heard: Heard) -> Limits:
    """The lowest limits that keep what is asked: first accept, then doubt below it."""
    weighed, meant = heard.weighed(QUESTION), heard.meant(QUESTION)
    accept = next(
        (float(at) for at in CANDIDATES if _keeps(heard, weighed, meant, float(at))),
        float(CANDIDATES[-1]),
    )
    doubt = max(0.08, round(accept / 3, 2))
    return Limits(accept=accept, doubt=doubt, stop=_stop(heard, weighed, meant, accept), lead=2.0)


def _keeps(
    heard: Heard, weighed: list[dict[str, float]], meant: list[str | None], accept: float
) -> bool:
    limits = Limits(accept, accept / 3, accept, 2.0)
    for way, (wrong, words, orders) in ASKED.items():
        said = shares(weighed, meant, heard.where(way, "words"), limits)
        ordered = shares(weighed, meant, heard.where(way, "others"), limits)
        if said.wrong > wrong or said.accepted > words or ordered.accepted > orders:
            return False
    return True


def _stop(
    heard: Heard, weighed: list[dict[str, float]], meant: list[str | None], accept: float
) -> float:
    """Lower than *accept*, as long as hardly anything else is taken for stop."""
    talk = heard.where("worn", "talk")
    lowest = accept
    for at in CANDIDATES[accept > CANDIDATES][::-1]:
        limits = Limits(accept, accept / 3, float(at), 2.0)
        others = [shares(weighed, meant, heard.where(way, "words"), limits) for way in ASKED]
        reading = shares(weighed, meant, talk, limits)
        if max(one.stops for one in others) > 0.005 or reading.stops > 0:
            break
        lowest = float(at)
    return lowest
