"""Make the whisper ear's head: render, wear, encode, learn, calibrate, measure, write."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from platformdirs import user_cache_path

from voicecheckin.ear import phrases
from voicecheckin.ear.head import Numbers

from . import plan
from .calibrate import Heard, calibrated
from .card import write
from .clips import FOLDS
from .fit import Course, Net, batch, learn, weights
from .plan import Stage
from .shelf import Halves, Hearing, Shelf
from .voices import known_voices

Learned = tuple[list[Hearing], list[Halves]]


def places(hearings: Sequence[Hearing], gists: Sequence[str]) -> np.ndarray:
    """The number of each hearing's gist."""
    numbers = {gist: number for number, gist in enumerate(gists)}
    return np.array([numbers[hearing.clip.gist] for hearing in hearings], dtype=np.int64)


def chances(net: Net, frames: Sequence[Halves]) -> Numbers:
    """What a network makes of many clips."""
    with torch.no_grad():
        parts = [
            net(*batch(frames[start : start + 64])).softmax(dim=1).numpy()
            for start in range(0, len(frames), 64)
        ]
    together: Numbers = np.concatenate(parts)
    return together


def unheard(stage: Stage, shelf: Shelf, learned: Learned, course: Course, folds: int) -> Heard:
    """What heads make of people, rooms and noises that they did not learn from."""
    hearings, frames = learned
    asked = plan.measured(stage)
    asked_frames = shelf.frames(asked)
    heard: list[Hearing] = []
    found: list[Numbers] = []
    for fold in range(folds):
        seen = [n for n, h in enumerate(hearings) if learns(h, fold)]
        wanted = places([hearings[n] for n in seen], stage.gists)
        net = learn([frames[n] for n in seen], wanted, len(stage.gists), course)
        rest = [(h, f) for h, f in zip(asked, asked_frames, strict=True) if h.clip.fold == fold]
        rest += [
            (h, f)
            for h, f in zip(hearings, frames, strict=True)
            if h.clip.kind == "talk" and h.clip.real and h.clip.fold == fold
        ]
        heard += [hearing for hearing, _ in rest]
        found.append(chances(net, [frame for _, frame in rest]))
        print(f"fold {fold}: learned from {len(seen)}, measured with {len(rest)}", flush=True)
    return Heard(stage.book, stage.gists, heard, np.concatenate(found))


def learns(hearing: Hearing, fold: int) -> bool:
    """Whether a head that is measured with *fold* learns from *hearing*: other people, rooms."""
    return hearing.half == fold % 2 and not (hearing.clip.real and hearing.clip.fold == fold)


def options() -> argparse.Namespace:
    """What the shell asks for."""
    parser = argparse.ArgumentParser(prog="train-ear", description=__doc__)
    cache = user_cache_path("voicecheckin", appauthor=False) / "training"
    parser.add_argument("folder", type=Path, help="recordings: words/ others/ talk/ noise/ rooms/")
    parser.add_argument("--language", default="en")
    parser.add_argument("--kokoro", type=Path, help="Kokoro: model.onnx, vocab.json, voices/")
    parser.add_argument("--cache", type=Path, default=cache, help="keeps renders and encodings")
    parser.add_argument("--only-rendered", action="store_true", help="render nothing new")
    parser.add_argument("--rounds", type=int, default=8, help="times that each clip is seen (8)")
    parser.add_argument("--folds", type=int, default=FOLDS, help="folds to measure (all)")
    parser.add_argument("--nets", type=int, default=1, help="networks to average (1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    return parser.parse_args()


def main() -> None:
    """Run the whole making of a head."""
    chosen = options()
    torch.set_num_threads(1)
    choir = known_voices(chosen.kokoro)
    book = phrases.load(chosen.language)
    stage = Stage(chosen.folder, chosen.cache / "renders", book, choir)
    shelf = Shelf(chosen.cache / "shelf", chosen.folder, chosen.workers)
    hearings = plan.real(stage) + plan.synthetic(stage, False, chosen.only_rendered)
    frames = shelf.frames(hearings)
    course = Course(rounds=chosen.rounds)
    heard = unheard(stage, shelf, (hearings, frames), course, chosen.folds)
    limits = calibrated(heard)
    print(f"limits {limits}", flush=True)
    wanted = places(hearings, stage.gists)
    nets = [
        learn(frames, wanted, len(stage.gists), replace(course, seed=seed))
        for seed in range(chosen.nets)
    ]
    asked = plan.synthetic(stage, True, chosen.only_rendered)
    asked_frames = shelf.frames(asked)
    given = np.mean([chances(net, asked_frames) for net in nets], axis=0)
    strangers = Heard(book, stage.gists, asked, given)
    write(stage, [weights(net) for net in nets], limits, hearings, heard, strangers)
