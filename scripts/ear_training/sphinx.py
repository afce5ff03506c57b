"""Finds out when the sphinx ear may act, and writes its thresholds.

The folder is laid out like the one for `scripts/train-ear`. Every clip is heard as recorded and in
a kitchen at 10 dB; a logistic regression learns from the ear's impressions whether its likeliest
phrase was right, and each speaker is scored by one that never heard them.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecheckin.hearing.files import utterance_in
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.calibration import Calibration
from voicecheckin.hearing.recognisers.sphinx import FEATURES, SphinxEar

from .clips import FOLDS, Clip, kitchen, others, words
from .feature_cache import AugmentedClip, heard

WAYS = ("as recorded", "kitchen 10 dB")
BOOK = load()
PHRASES = ("yes", "no", "pass", "not sure", *(id for id in BOOK.commands if id != "pass"))
WRONG = 0.02
"""Share of our words that may be taken for another: under the 3 % that are promised."""
ACCEPTED = 0.05
"""Share of other words that may be taken for ours."""
FALSE_STOPS = 0.01
"""Share of everything else that may be taken for stop, which errs towards stopping."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Impression:
    """What the ear made of one clip, and what was said."""

    clip: Clip
    way: str
    meant: str | None
    phrase: str | None
    features: tuple[float, ...]


def impressions(folder: Path, clips: Sequence[Clip]) -> Iterator[Impression]:
    """Hear *clips* in every way."""
    ear = SphinxEar(BOOK, Calibration(0.0, (0.0,) * len(FEATURES), 1.0, 1.0, 1.0))
    surroundings = kitchen(folder)
    for clip in clips:
        meant = BOOK.match(clip.says, PHRASES).phrase if clip.kind == "words" else None
        for way in WAYS:
            sound = utterance_in(heard(AugmentedClip(clip, way, half=2, number=7), surroundings))
            yield Impression(clip, way, meant, *ear.impression(sound, PHRASES))


def some(clips: Sequence[Clip], most: int) -> list[Clip]:
    """At most so many clips of each word."""
    by_word: dict[str, list[Clip]] = defaultdict(list)
    for clip in sorted(clips, key=lambda clip: clip.path.name):
        by_word[clip.says].append(clip)
    ours = {word for word in by_word if BOOK.match(word, PHRASES).phrase}
    return [
        clip
        for word, said in by_word.items()
        for clip in said[: most if word in ours or not word else most // 5]
    ]


def fitted(features: Numbers, right: Numbers) -> Numbers:
    """Bias and weights of a logistic regression, by Newton's method with a little restraint."""
    mean, spread = features.mean(0), features.std(0) + 1e-6
    rows = np.c_[np.ones(len(features)), (features - mean) / spread]
    weights = np.zeros(rows.shape[1])
    restraint = np.diag([0.0, *[1.0] * features.shape[1]])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - right) + restraint @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + restraint
        weights -= np.linalg.solve(bend, slope)
    plain = weights[1:] / spread
    return np.r_[weights[0] - plain @ mean, plain]


def scores(seen: Sequence[Impression]) -> Numbers:
    """A score for every impression, from a regression that never heard its speaker."""
    result = np.zeros(len(seen))
    usable = np.array([one.phrase is not None for one in seen])
    folds = np.array([one.clip.fold for one in seen])
    features = np.array([one.features or (0.0,) * len(FEATURES) for one in seen])
    right = np.array([one.phrase == one.meant for one in seen], float)
    for fold in range(FOLDS):
        learn, judge = usable & (folds != fold), usable & (folds == fold)
        weights = fitted(features[learn], right[learn])
        result[judge] = 1 / (1 + np.exp(-(weights[0] + features[judge] @ weights[1:])))
    return result


def share(chosen: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_]) -> float:
    """Which part of *among* is *chosen*."""
    return float((chosen & among).sum() / max(1, among.sum()))


def limits(seen: Sequence[Impression], score: Numbers) -> tuple[float, float, list[str]]:
    """The lowest scores at which to act, and to stop; and a line for each condition."""
    way = np.array([one.way for one in seen])
    ours = np.array([one.meant is not None for one in seen])
    wrong = np.array([one.phrase not in (None, one.meant) for one in seen])
    stops = np.array([one.phrase == "stop" for one in seen])
    elsewise = np.array([one.meant != "stop" for one in seen])

    def act_is_safe(act: float) -> bool:
        acted = score >= act
        return all(
            share(acted & wrong, ours & (way == one)) <= WRONG
            and share(acted & wrong, ~ours & (way == one)) <= ACCEPTED
            for one in WAYS
        )

    grid = np.arange(0.30, 0.99, 0.01)
    act = next((float(one) for one in grid if act_is_safe(one)), 0.99)
    safe = (one for one in grid if share(stops & (score >= one), elsewise) <= FALSE_STOPS)
    stop = float(np.clip(next(safe, act), 0.6 * act, act))
    acted = score >= np.where(stops, stop, act)
    lines = [
        f"{one}: right {share(acted & ~wrong, ours & (way == one)):.1%}, "
        f"wrong {share(acted & wrong, ours & (way == one)):.1%}, "
        f"other words accepted {share(acted & wrong, ~ours & (way == one)):.1%}"
        for one in WAYS
    ]
    return act, stop, lines


def written(seen: Sequence[Impression]) -> str:
    """The file of thresholds, which says how they were found."""
    act, stop, lines = limits(seen, scores(seen))
    usable = [one for one in seen if one.phrase is not None]
    weights = fitted(
        np.array([one.features for one in usable]),
        np.array([one.phrase == one.meant for one in usable], float),
    )
    people = len({one.clip.who for one in seen})
    notes = [
        "When the sphinx ear acts, doubts, or hears none of ours.",
        f"Written by scripts/calibrate-sphinx on {date.today():%Y-%m-%d}, from {len(seen)}",
        f"hearings of {len(seen) // len(WAYS)} clips by {people} speakers; each was scored by a",
        "regression that never heard the speaker. With these limits:",
        *lines,
        f"act: the lowest score with at most {WRONG:.0%} of our words taken for another, and at",
        f"most {ACCEPTED:.0%} of other words accepted, in each condition.",
        f"stop: the lowest score with at most {FALSE_STOPS:.0%} of what is not stop taken for it,",
        "but never far below act: in an hour of talk, nobody must be stopped.",
        "doubt: half of act; below it a hearing is no better than chance.",
    ]
    named = "\n".join(f"{name} = {w:.4f}" for name, w in zip(FEATURES, weights[1:], strict=True))
    head = "\n".join(f"# {note}" for note in notes)
    return (
        f"{head}\n\nbias = {weights[0]:.4f}\n\n[weights]\n{named}\n\n[limits]\n"
        f"act = {act:.2f}\nstop = {stop:.2f}\ndoubt = {act / 2:.2f}\n"
    )


def main() -> None:
    """Hear everything, fit, and write sphinx.toml."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=60, help="clips of each of our words")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    wordings = [text for id in PHRASES for text in BOOK.plain(id)]
    clips = some([*words(options.folder, wordings), *others(options.folder)], options.most)
    parts = [clips[start :: options.workers] for start in range(options.workers)]
    with ProcessPoolExecutor(options.workers) as pool:
        done = pool.map(_listed, [options.folder] * len(parts), parts)
        seen = [one for part in done for one in part]
    file = (
        Path(__file__).resolve().parents[2]
        / "voicecheckin"
        / "hearing"
        / "recognisers"
        / "sphinx.toml"
    )
    file.write_text(written(seen), encoding="utf-8")
    print(file.read_text(encoding="utf-8"))


def _listed(folder: Path, clips: Sequence[Clip]) -> list[Impression]:
    return list(impressions(folder, clips))
