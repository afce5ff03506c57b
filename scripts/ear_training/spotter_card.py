"""When a spotted word counts, and the files that ship: words.npz, words.toml, words.md."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

import voicecheckin.ear
from voicecheckin.ear.head import NONE, Numbers
from voicecheckin.ear.spotting import Limit

from .clips import Clip

RECORDED, KITCHEN, READING = "as recorded", "kitchen 10 dB", "reading"
OVER_VOICE: dict[str, float | None] = {
    "over the device, no echo": None,
    "over the device, echo -10 dB": -10.0,
    "over the device, echo 0 dB": 0.0,
    "over the device, echo +6 dB": 6.0,
}
"""The echo relative to a person (dB); None where the microphone does not hear the device at all."""
TAKEN = {RECORDED: 0.005, KITCHEN: 0.01}
"""Share of everything else that may be taken for a word; nothing read, while somebody talks."""
TAKEN_OVER_VOICE = 0.03
"""The same over the device's voice, where a word is more likely than in talk."""
CANDIDATES = np.round(np.arange(0.3, 0.96, 0.05), 2).tolist()


@dataclass(frozen=True, slots=True)
class Judged:
    """What networks made of somebody whom they did not know."""

    clip: Clip
    says: str
    way: str
    alone: bool
    word: str
    """The likeliest of the spotted words."""
    chance: float

    def taken(self, word: str, limit: float) -> bool:
        """Whether it is taken for *word*."""
        return self.word == word and self.chance >= limit


def limits_of(found: Sequence[Judged], words: Iterable[str]) -> dict[str, Limit]:
    """The lowest chances at which hardly anything else is taken for a word."""
    return {
        word: Limit(
            asked=_lowest(lambda at, word=word: _rarely(found, word, at)),
            aside=_lowest(
                lambda at, word=word: (
                    _rarely(found, word, at) and not _taken(found, word, at, [READING])
                )
            ),
            over_voice=_over_voice(found, word),
        )
        for word in words
    }


def _rarely(found: Sequence[Judged], word: str, limit: float) -> bool:
    return all(_taken(found, word, limit, [way]) <= most for way, most in TAKEN.items())


def _over_voice(found: Sequence[Judged], word: str) -> float:
    return _lowest(
        lambda at: (
            _taken(found, word, at, OVER_VOICE) <= TAKEN_OVER_VOICE
            and not any(one.alone and one.taken(word, at) for one in found)
        )
    )


def _lowest(keeps: Callable[[float], bool]) -> float:
    return next((at for at in CANDIDATES if keeps(at)), float(CANDIDATES[-1]))


def _taken(found: Sequence[Judged], word: str, limit: float, ways: Iterable[str]) -> float:
    """Share of everything else, heard in *ways*, that is taken for *word*."""
    others = [one for one in found if one.way in set(ways) and one.says != word]
    return sum(one.taken(word, limit) for one in others) / max(1, len(others))


def write(
    language: str,
    gists: Sequence[str],
    nets: Sequence[Mapping[str, Numbers]],
    limits: Mapping[str, Limit],
    found: Sequence[Judged],
) -> None:
    """Write words.npz, words.toml and words.md into the package."""
    folder = Path(voicecheckin.ear.__file__).parent / "heads" / language
    arrays: dict[str, npt.ArrayLike] = {
        f"{number} {name}": array.astype(np.float16)
        for number, net in enumerate(nets)
        for name, array in net.items()
    }
    np.savez_compressed(folder / "words.npz", allow_pickle=False, gists=np.array(gists), **arrays)
    (folder / "words.toml").write_text(_toml(limits), encoding="utf-8")
    card = "\n".join(_card(gists, limits, found)) + "\n"
    (folder / "words.md").write_text(card, encoding="utf-8")
    print(card)


def _toml(limits: Mapping[str, Limit]) -> str:
    lines = [
        "# The chance from which a spotted word counts; made by scripts/train-spotter.",
        "# asked: the lowest at which strangers are hardly taken for it who say something else:",
        f"# {TAKEN[RECORDED]:.1%} as recorded, {TAKEN[KITCHEN]:.0%} in a kitchen.",
        "# aside: the same while somebody has the word; of what they read, nothing.",
        f"# over_voice: the same while the device speaks, {TAKEN_OVER_VOICE:.0%}; none of its own.",
    ]
    for word, limit in limits.items():
        lines += ["", f"[{word}]"]
        lines += [f"{name} = {getattr(limit, name)}" for name in Limit.__slots__]
    return "\n".join(lines) + "\n"


def _card(
    gists: Sequence[str], limits: Mapping[str, Limit], found: Sequence[Judged]
) -> Iterator[str]:
    others = ", ".join(gist for gist in gists if gist not in limits and gist != NONE)
    speakers = {one.clip.who for one in found if one.clip.kind == "words"}
    yield "# The words that the sphinx ear spots"
    yield ""
    yield "Made by `scripts/train-spotter`; seeds are fixed. Small networks (convolutions and"
    yield "attention over 80 ms) on the speech embedding of openWakeWord (Apache-2.0), which comes"
    yield f"with pyopen-wakeword {version('pyopen-wakeword')} and is not changed. They tell"
    yield f"{', '.join(limits)} apart, from {others},"
    yield f"and from everything else. Learned from {len(speakers)} people, whose recordings"
    yield "card.md names, in rooms and noise, and over the device's own voice behind its echo"
    yield "canceller; measured with people whom the measured networks never heard."
    yield ""
    yield "| | said | heard | taken for it, of everything else |"
    yield "|---|---|---|---|"
    for word, limit in limits.items():
        for way in (RECORDED, KITCHEN, READING, *OVER_VOICE):
            at = {READING: limit.aside}.get(way, limit.asked)
            yield _row(found, word, way, limit.over_voice if way in OVER_VOICE else at)
    alone = [one for one in found if one.alone]
    taken = Counter(one.word for one in alone if one.taken(one.word, limits[one.word].over_voice))
    yield ""
    yield f"Of {len(alone)} pieces of the device's own voice, {taken.total()} taken for a word."


def _row(found: Sequence[Judged], word: str, way: str, limit: float) -> str:
    """A clip counts as heard if any piece of it was that the ear cut out of what it heard."""
    heard: dict[Path, bool] = {}
    for one in found:
        if one.way == way and one.says == word:
            heard[one.clip.path] = heard.get(one.clip.path, False) or one.taken(word, limit)
    others = [one for one in found if one.way == way and one.says != word]
    wrong = sum(one.taken(word, limit) for one in others)
    share = f"{sum(heard.values()) / len(heard):.1%}" if heard else ""
    return f"| {word}, {way} | {len(heard) or ''} | {share} | {wrong} of {len(others)} |"
