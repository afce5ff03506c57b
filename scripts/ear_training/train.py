"""Make an ear's head: render, wear, encode, learn, calibrate, measure, write."""

import argparse
import pickle
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from platformdirs import user_cache_path

from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.head import Numbers, Second, agreed
from voicecheckin.hearing.recognisers.head_ear import snr

from . import plan
from .calibrate import ScoredClips, calibrated
from .card import write
from .clips import FOLDS, kitchen
from .feature_cache import ENCODERS, AugmentedClip, FeatureCache, Halves, heard
from .fit import Hyperparameters, Net, batch, learn, weights
from .plan import Stage
from .second import learn_second, opinions
from .voices import dice, known_voices

VIEWS = {"whisper": 3, "small": 2}
"""Hearings that an ear takes of every utterance."""


def places(hearings: Sequence[AugmentedClip], labels: Sequence[str]) -> np.ndarray:
    """The number of each hearing's label."""
    numbers = {label: number for number, label in enumerate(labels)}
    return np.array([numbers[hearing.clip.label] for hearing in hearings], dtype=np.int64)


def chances(net: Net, frames: Sequence[Halves]) -> Numbers:
    """What a network makes of many clips."""
    with torch.no_grad():
        parts = [
            net(*batch(frames[start : start + 64])).softmax(dim=1).numpy()
            for start in range(0, len(frames), 64)
        ]
    together: Numbers = np.concatenate(parts)
    return together


def as_shipped(
    nets: Sequence[Net], cache: FeatureCache, hearings: Sequence[AugmentedClip], views: int
) -> Numbers:
    """What networks make of clips as the ear hears them: the mean of *views* hearings."""
    given = [
        chances(net, cache.frames([replace(hearing, view=view) for hearing in hearings]))
        for net in nets
        for view in range(views)
    ]
    mean: Numbers = np.mean(given, axis=0)
    return mean


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything that a network learns from."""

    stage: Stage
    hearings: Sequence[AugmentedClip]
    frames: Sequence[Halves]
    hyperparameters: Hyperparameters
    strange_rooms: bool

    def without(self, fold: int | None) -> list[int]:
        """Which hearings are learned from where the people of *fold* are to stay unknown."""
        every = enumerate(self.hearings)
        return [n for n, h in every if fold is None or learns(h, fold, self.strange_rooms)]

    def learned(self, fold: int | None, seed: int) -> Net:
        """The network that comes of it."""
        seen = self.without(fold)
        wanted = places([self.hearings[n] for n in seen], self.stage.labels)
        hyperparameters = replace(self.hyperparameters, seed=seed)
        return learn(
            [self.frames[n] for n in seen], wanted, len(self.stage.labels), hyperparameters
        )


_LESSON: list[Lesson] = []


def _sit_down(lesson: Lesson) -> None:
    torch.set_num_threads(1)
    _LESSON[:] = [lesson]


def _learned(fold: int | None, seed: int) -> Net:
    return _LESSON[0].learned(fold, seed)


def nets_of(lesson: Lesson, chosen: argparse.Namespace) -> tuple[list[Net], list[Net]]:
    """The networks of all folds, and those that are to be shipped; several processes learn."""
    folds: list[int | None] = [*range(chosen.folds), *([None] * chosen.nets)]
    seeds = [0] * chosen.folds + list(range(chosen.nets))
    forked = get_context("fork")  # what is learned from is large, and is not copied so
    with ProcessPoolExecutor(
        chosen.workers, mp_context=forked, initializer=_sit_down, initargs=(lesson,)
    ) as pool:
        nets = list(pool.map(_learned, folds, seeds))
    return nets[: chosen.folds], nets[chosen.folds :]


def unheard(lesson: Lesson, cache: FeatureCache, nets: Sequence[Net], share: float) -> ScoredClips:
    """What the networks of the folds make of people (and rooms) that they did not learn from.

    Of the people's words a *share* is taken, the same in every room.
    """
    stage, hearings = lesson.stage, lesson.hearings
    asked = [
        one
        for one in plan.measured(stage)
        if dice("share", one.clip.path.name, one.clip.start).random() < share
    ]
    reading = [h for h in hearings if h.clip.kind == "talk" and h.clip.real]
    asked_of: list[AugmentedClip] = []
    found: list[Numbers] = []
    for fold, net in enumerate(nets):
        seen = lesson.without(fold)
        said = [hearing for hearing in asked if hearing.clip.fold == fold]
        read = [hearing for hearing in reading if hearing.clip.fold == fold]
        asked_of += said + read
        second = learn_second([hearings[n] for n in seen], [lesson.frames[n] for n in seen])
        for part, views in ((said, VIEWS[cache.ear]), (read, 1)):
            if not part:
                continue
            first = as_shipped([net], cache, part, views)
            other = opinions(second, cache, part, views)
            found.append(agreed(first, other, stage.labels, second.names))
        print(f"fold {fold}: learned from {len(seen)}, measured with {len(said)}", flush=True)
    clear = snr_of(asked_of, stage)
    return ScoredClips(stage.book, stage.labels, asked_of, np.concatenate(found), clear)


def snr_of(hearings: Sequence[AugmentedClip], stage: Stage) -> list[float]:
    """How far each clip stands out from its noise, dB."""
    surroundings = kitchen(stage.recordings)
    return [snr(heard(hearing, surroundings)) for hearing in hearings]


def learns(hearing: AugmentedClip, fold: int, strange_rooms: bool) -> bool:
    """Whether a head that is measured with *fold* learns from *hearing*."""
    if hearing.clip.real and hearing.clip.fold == fold:
        return False
    return hearing.half == fold % 2 or not strange_rooms


def options() -> argparse.Namespace:
    """What the shell asks for."""
    parser = argparse.ArgumentParser(prog="train-ear", description=__doc__)
    cache = user_cache_path("voicecheckin", appauthor=False) / "training"
    parser.add_argument("folder", type=Path, help="recordings: words/ others/ talk/ noise/ rooms/")
    parser.add_argument("--ear", choices=list(ENCODERS), default="whisper", help="whose head")
    parser.add_argument("--language", default="en")
    parser.add_argument("--kokoro", type=Path, help="Kokoro: model.onnx, vocab.json, voices/")
    parser.add_argument("--cache", type=Path, default=cache, help="keeps renders and encodings")
    parser.add_argument("--only-rendered", action="store_true", help="render nothing new")
    parser.add_argument("--share", type=float, default=1.0, help="of the clips, to save time")
    parser.add_argument("--rounds", type=int, default=5, help="times that each clip is seen (5)")
    parser.add_argument("--folds", type=int, default=FOLDS, help="folds to measure (all)")
    parser.add_argument("--strange-rooms", action="store_true", help="measure in unknown rooms")
    parser.add_argument("--nets", type=int, default=1, help="networks to average (1)")
    parser.add_argument("--calibrate", action="store_true", help="only, from the last training")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training, before anything is measured off it."""

    stage: Stage
    shipped: list[dict[str, Numbers]]
    second: Second
    hearings: Sequence[AugmentedClip]
    unknown: ScoredClips
    """Real people, each judged by a head that did not know them."""
    strangers: ScoredClips
    """Synthetic voices that no head knows."""


def trained(chosen: argparse.Namespace) -> Trained:
    """Render, wear, encode, learn, and judge those who are unknown."""
    stage = Stage(
        chosen.folder,
        chosen.cache / "renders",
        load_phrases(chosen.language),
        known_voices(chosen.kokoro),
    )
    cache = FeatureCache(chosen.cache / chosen.ear, chosen.folder, chosen.ear, chosen.workers)
    hearings = plan.real(stage) + plan.synthetic(stage, False, chosen.only_rendered)
    hearings = [
        one
        for one in hearings
        if dice("share", one.clip.path.name, one.clip.start, one.number).random() < chosen.share
    ]
    frames = cache.frames(hearings)
    lesson = Lesson(
        stage, hearings, frames, Hyperparameters(rounds=chosen.rounds), chosen.strange_rooms
    )
    tried, nets = nets_of(lesson, chosen)
    unknown = unheard(lesson, cache, tried, chosen.share)
    asked = plan.synthetic(stage, True, chosen.only_rendered)
    second, views = learn_second(hearings, frames), VIEWS[chosen.ear]
    first, other = as_shipped(nets, cache, asked, views), opinions(second, cache, asked, views)
    given = agreed(first, other, stage.labels, second.names)
    strangers = ScoredClips(stage.book, stage.labels, asked, given, snr_of(asked, stage))
    return Trained(stage, [weights(net) for net in nets], second, hearings, unknown, strangers)


def main() -> None:
    """Run the whole making of a head."""
    chosen = options()
    torch.set_num_threads(1)
    kept = chosen.cache / f"{chosen.ear}.pickle"
    if chosen.calibrate:
        done: Trained = pickle.loads(kept.read_bytes())
    else:
        done = trained(chosen)
        kept.write_bytes(pickle.dumps(done))
    limits = calibrated(done.unknown)
    print(f"limits {limits}", flush=True)
    write(chosen.ear, done, limits)
