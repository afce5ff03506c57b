"""Make the head that spots a stop over the device's voice: wear, embed, learn, measure, write."""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch

from voicecheckin.hearing.agc import even_out
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.head import NONE
from voicecheckin.hearing.recognisers.spotting import STOP, WIDTH, Embeddings
from voicecheckin.sound.frames import Samples

from . import clips
from .clips import FOLDS, Clip
from .feature_cache import AugmentedClip, Halves, heard
from .fit import Hyperparameters, Net, learn, weights
from .over_voice import said_over
from .spotter_card import OVER_VOICE, ScoredWord, limit_of, write
from .train import chances
from .voices import dice

OFTEN = ("yes", "no", "stop", "go")
"""Words with some 240 recordings each; they are worn twice as often as others."""
KNOWN = 40
"""Recordings of a word from which it is a class of its own."""
WORN = {"worn": 2, "over dishes": 2}
"""Times that a real word is worn."""
VOICES = ("pyttsx3", "hibari", "piper")
"""The device's own; each word is said over one of them."""
NOTHING: Halves = np.zeros((0, WIDTH), np.float16)
WEIGHT = 3
"""Times that what is said over the device is learned for every time that the rest is."""


@dataclass(frozen=True, slots=True)
class Example:
    """One hearing of a clip: what it says, and what the library makes of it."""

    clip: Clip
    way: str
    rows: Halves
    """Of `WIDTH` numbers, 80 ms apart; none where the ear did not notice that somebody spoke."""
    alone: bool = False
    """Whether only the device had spoken yet."""

    @property
    def says(self) -> str:
        """The word; NONE for whatever is no single word."""
        return self.clip.says if self.clip.kind == "words" and not self.alone else NONE

    @property
    def over_voice(self) -> bool:
        """Whether it was said over the device: these are measured with, and learned more often."""
        return self.way in OVER_VOICE


def worn(folder: Path) -> list[AugmentedClip]:
    """Words, orders, reading and noise, to learn from."""
    hearings = [
        AugmentedClip(clip, way, number % 2, number)
        for way, times in WORN.items()
        for clip in clips.words(folder, OFTEN)
        for number in range(times * (2 if clip.says in OFTEN else 1))
    ]
    pieces = clips.talk_pieces(folder)
    hearings += [AugmentedClip(clip, "worn", n % 2, n) for n in range(1, 4) for clip in pieces]
    pieces = clips.order_pieces(folder)
    hearings += [AugmentedClip(clip, "over dishes", n % 2, n) for n in range(2) for clip in pieces]
    pieces = clips.noise_pieces(folder) + clips.others(folder)
    return hearings + [AugmentedClip(clip, "worn", n % 2) for n, clip in enumerate(pieces)]


def over_voice(folder: Path) -> list[tuple[str, str, list[Clip]]]:
    """Who says what in which way and over which voice: stop over every echo, the rest over one."""
    said: dict[tuple[str, str], list[Clip]] = {}
    for clip in clips.words(folder, OFTEN):
        chance = dice("over voice", clip.path.name)
        ways = list(OVER_VOICE)
        for way in ways if clip.says == STOP else [ways[chance.integers(len(ways))]]:
            voice = VOICES[chance.integers(len(VOICES))]
            said.setdefault((way, voice), []).append(clip)
    return [(way, voice, sorted(them, key=shuffled)) for (way, voice), them in said.items()]


def shuffled(clip: Clip) -> float:
    """A place in an order without order."""
    return float(dice("order", clip.path.name).random())


@cache
def _embeddings() -> Embeddings:
    return Embeddings()


def embedded(sound: Samples) -> Halves:
    """What the library makes of *sound*, as loud as the ear gives it."""
    rows: Halves = _embeddings()(even_out(sound)).astype(np.float16)
    return rows


def _heard(folder: Path, hearing: AugmentedClip) -> Example:
    return Example(hearing.clip, hearing.way, embedded(heard(hearing, clips.kitchen(folder))))


def _said(language: str, way: str, voice: str, said: list[Clip]) -> list[Example]:
    heard_over = said_over(said, load_phrases(language), OVER_VOICE[way], voice)
    found = [Example(one.clip, way, embedded(one.sound), one.alone) for one in heard_over]
    noticed = {one.clip.path for one in found if not one.alone}
    return found + [Example(clip, way, NOTHING) for clip in said if clip.path not in noticed]


def examples_of(folder: Path, language: str, workers: int) -> list[Example]:
    """Everything to learn from and to measure with; in several processes."""
    with ProcessPoolExecutor(workers) as pool:
        over = [pool.submit(_said, language, *part) for part in over_voice(folder)]
        hearings = worn(folder)
        found = list(pool.map(_heard, [folder] * len(hearings), hearings, chunksize=32))
        return found + [example for part in over for example in part.result()]


def nets_of(
    examples: Sequence[Example], labels: Sequence[str], chosen: argparse.Namespace
) -> list[Net]:
    """Networks that know everybody among *examples*."""
    learned = [one for one in examples if len(one.rows)]
    seen = [one for one in learned for _ in range(WEIGHT if one.over_voice else 1)]
    places = np.array([labels.index(one.says if one.says in labels else NONE) for one in seen])
    rows = [one.rows for one in seen]
    settings = [
        Hyperparameters(chosen.rounds, width=chosen.width, seed=seed) for seed in range(chosen.nets)
    ]
    return [learn(rows, places, len(labels), hyperparameters) for hyperparameters in settings]


def judged(
    examples: Sequence[Example], labels: Sequence[str], chosen: argparse.Namespace
) -> list[ScoredWord]:
    """What networks make of people whom they do not know."""
    found: list[ScoredWord] = []
    for fold in range(FOLDS):
        nets = nets_of([one for one in examples if one.clip.fold != fold], labels, chosen)
        unknown = [one for one in examples if one.over_voice and one.clip.fold == fold]
        given = np.mean([chances(net, [one.rows for one in unknown]) for net in nets], axis=0)
        for one, row in zip(unknown, given, strict=True):
            chance = float(row[labels.index(STOP)]) if len(one.rows) else 0.0
            found.append(ScoredWord(one.clip, one.says, one.way, one.alone, chance))
        print(f"fold {fold}: measured with {len(unknown)}", flush=True)
    return found


def known(folder: Path) -> tuple[str, ...]:
    """The words that are classes of their own; NONE is the last."""
    said = [clip.says for clip in clips.words(folder, OFTEN)]
    return (*sorted({word for word in said if said.count(word) >= KNOWN}), NONE)


def options() -> argparse.Namespace:
    """What the shell asks for."""
    parser = argparse.ArgumentParser(prog="train-spotter", description=__doc__)
    parser.add_argument("folder", type=Path, help="recordings: words/ others/ talk/ noise/ rooms/")
    parser.add_argument("--language", default="en")
    parser.add_argument("--rounds", type=int, default=8, help="times each example is seen (8)")
    parser.add_argument("--width", type=int, default=96, help="of the networks (96)")
    parser.add_argument("--nets", type=int, default=2, help="networks to average (2)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    return parser.parse_args()


def main() -> None:
    """Run the whole making."""
    chosen = options()
    torch.set_num_threads(chosen.workers)
    labels = known(chosen.folder)
    examples = examples_of(chosen.folder, chosen.language, chosen.workers)
    found = judged(examples, labels, chosen)
    nets = nets_of(examples, labels, chosen)
    write(chosen.language, labels, [weights(net) for net in nets], limit_of(found), found)
