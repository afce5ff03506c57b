"""From which chance on a stop counts, and the files that ship: stop.npz, stop.toml, stop.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

import voicecheckin.hearing.recognisers
from voicecheckin.hearing.recognisers.head import NONE, Numbers
from voicecheckin.hearing.recognisers.spotting import STOP

from .clips import Clip

OVER_VOICE: dict[str, float | None] = {
    "no echo": None,
    "echo -10 dB": -10.0,
    "echo 0 dB": 0.0,
    "echo +6 dB": 6.0,
}
"""The echo relative to a person (dB); None where the microphone does not hear the device at all."""
TAKEN = 0.025
"""Share of everything else that may be taken for stop: it errs towards stopping. At 3 %, a dish and
a piece of the device's own voice were together, once in some hours."""
CANDIDATES = np.round(np.arange(0.3, 0.96, 0.05), 2).tolist()


@dataclass(frozen=True, slots=True)
class ScoredWord:
    """What networks made of somebody whom they did not know."""

    clip: Clip
    says: str
    way: str
    alone: bool
    chance: float
    """That it is stop."""


def limit_of(found: Sequence[ScoredWord]) -> float:
    """The lowest chance at which hardly anything else is taken for stop, and no echo is."""
    others = [one for one in found if one.says != STOP]
    for at in CANDIDATES:
        taken = [one for one in others if one.chance >= at]
        if len(taken) <= TAKEN * len(others) and not any(one.alone for one in taken):
            return float(at)
    raise ValueError("No limit keeps what is asked: there is too little to learn from.")


def write(
    language: str,
    labels: Sequence[str],
    nets: Sequence[Mapping[str, Numbers]],
    limit: float,
    found: Sequence[ScoredWord],
) -> None:
    """Write the three files into the package."""
    folder = Path(voicecheckin.hearing.recognisers.__file__).parent / "heads" / language
    arrays: dict[str, npt.ArrayLike] = {
        f"{number} {name}": array.astype(np.float16)
        for number, net in enumerate(nets)
        for name, array in net.items()
    }
    np.savez_compressed(folder / "stop.npz", allow_pickle=False, labels=np.array(labels), **arrays)
    (folder / "stop.toml").write_text(
        "# The chance from which a stop over the device's voice counts, made by\n"
        f"# scripts/train-spotter: the lowest at which under {TAKEN:.1%} of everything else that\n"
        "# strangers say is taken for it, and nothing of the device's own voice.\n\n"
        f"limit = {limit}\n",
        encoding="utf-8",
    )
    card = "\n".join(_card(labels, limit, found)) + "\n"
    (folder / "stop.md").write_text(card, encoding="utf-8")
    print(card)


def _card(labels: Sequence[str], limit: float, found: Sequence[ScoredWord]) -> Iterator[str]:
    others = ", ".join(label for label in labels if label not in (STOP, NONE))
    speakers = {one.clip.who for one in found if one.clip.kind == "words"}
    yield "# How the small ear spots a stop over the device's voice"
    yield ""
    yield "Made by `scripts/train-spotter`; seeds are fixed. Small networks (convolutions and"
    yield "attention over 80 ms) on the speech embedding of openWakeWord (Apache-2.0), which comes"
    yield f"with pyopen-wakeword {version('pyopen-wakeword')} and is not changed. They tell stop"
    yield f"from {others}, and from everything else."
    yield f"Learned from {len(speakers)} people, whose recordings card.md names, in rooms, in noise"
    yield "and over the device's own voice behind its echo canceller; measured with people whom the"
    yield "measured networks never heard, some of whose recordings are badly cut. It does not know"
    yield 'sentences: the end of "don\'t stop" it may take for stop.'
    yield ""
    yield "| over the device's voice | stops | heard | other words | taken for stop |"
    yield "|---|---|---|---|---|"
    for way in OVER_VOICE:
        yield _row([one for one in found if one.way == way and not one.alone], way, limit)
    alone = [one.chance >= limit for one in found if one.alone]
    yield ""
    yield f"Of {len(alone)} pieces of the device's own voice that reached it, {sum(alone)} were."


def _row(found: Sequence[ScoredWord], way: str, limit: float) -> str:
    stops = _clips([one for one in found if one.says == STOP], limit)
    others = _clips([one for one in found if one.says != STOP], limit)
    shares = (f"{sum(taken) / len(taken):.1%}" for taken in (stops, others))
    heard, wrong = shares
    return f"| {way} | {len(stops)} | {heard} | {len(others)} | {wrong} |"


def _clips(found: Iterable[ScoredWord], limit: float) -> list[bool]:
    """Whether each clip is taken for stop: if any piece of it is that the ear cut out."""
    taken: dict[Path, bool] = {}
    for one in found:
        taken[one.clip.path] = taken.get(one.clip.path, False) or one.chance >= limit
    return list(taken.values())
