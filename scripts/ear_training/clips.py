"""Clips to learn from and to measure with: a folder of recordings, and synthetic voices."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from voicecheckin.errors import UnreadableSound
from voicecheckin.sound.frames import Samples

from .rooms import RATE, Surroundings, at_once, babbling, simulated_room
from .texts import NONE, Line
from .voices import dice

FOLDS = 4
"""Into so many parts are speakers divided; each part is measured by a head that never heard it."""
SIMULATED = 160
"""Rooms to learn in."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a sound file, and what the head should hear in it."""

    path: Path
    label: str
    """A plain wording, or NONE."""
    who: str
    """Speaker or synthetic voice; nobody is in two folds."""
    kind: str
    """words, others, talk, noise, both; of synthetic voices a kind of `texts.Line`."""
    says: str = ""
    """The words themselves, for reports."""
    start: int = 0
    stop: int | None = None
    real: bool = True
    beside: Path | None = None
    """What somebody else says at the same time."""

    @property
    def fold(self) -> int:
        """The part of the speakers that this one belongs to."""
        return int(dice("fold", self.who).integers(FOLDS))

    def sound(self) -> Samples:
        """The clip's samples."""
        sound = read(self.path, self.start, self.stop)
        if self.beside is None:
            return sound
        return at_once(sound, read(self.beside), dice(self.path.name, self.beside.name))


def read(path: Path, start: int = 0, stop: int | None = None) -> Samples:
    """Read a stretch of a 16 kHz mono file."""
    try:
        sound, rate = soundfile.read(path, start=start, stop=stop, dtype="float32")
    except (OSError, soundfile.LibsndfileError) as error:
        raise UnreadableSound(f"{path}: {error}") from error
    if rate != RATE or sound.ndim != 1:
        raise UnreadableSound(f"{path}: must be mono at {RATE} Hz; convert it with sox.")
    samples: Samples = sound
    return samples


def listed(folder: Path) -> list[dict[str, str]]:
    """The rows of a folder's manifest.tsv: file, says, speaker, source."""
    manifest = folder / "manifest.tsv"
    try:
        with manifest.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t"))
    except OSError as error:
        raise UnreadableSound(f"{manifest}: the folder needs its list of files: {error}") from error


def words(folder: Path, labels: Iterable[str]) -> list[Clip]:
    """Single words by real people; those that are no label of ours are to be rejected."""
    ours = set(labels)
    return [
        Clip(
            path=folder / row["file"],
            label=row["says"] if row["says"] in ours else NONE,
            who=row["speaker"],
            kind="words",
            says=row["says"],
        )
        for row in listed(folder)
        if row["file"].startswith("words/")
    ]


def others(folder: Path) -> list[Clip]:
    """Whole sentences by real people that are none of ours; each file its own speaker."""
    paths = sorted((folder / "others").glob("*.flac"))
    return [Clip(path, NONE, path.stem, "others") for path in paths]


def both(folder: Path, labels: Iterable[str]) -> list[Clip]:
    """Two people at once, one of whom says yes or no: whatever that is, it is nobody's answer.

    Half of them are a yes and a no. Both are of the same fold.
    """
    said: dict[str, list[Clip]] = {}
    for clip in words(folder, labels):
        said.setdefault(clip.says, []).append(clip)
    rest = [word for word in said if word not in ("yes", "no") and len(said[word]) > 100]
    mixed = []
    for first in said.get("yes", []) + said.get("no", []):
        chance = dice("both", first.path.name)
        against = "no" if first.says == "yes" else "yes"
        for word in (against, against, str(chance.choice(rest)), str(chance.choice(rest))):
            others = [c for c in said[word] if c.fold == first.fold and c.who != first.who]
            second = others[int(chance.integers(len(others)))]
            about = f"{first.says}+{word}"
            mixed.append(replace(first, label=NONE, kind="both", says=about, beside=second.path))
    return mixed


def pieces_of(path: Path, who: str, kind: str, count: int, longest: float) -> Iterator[Clip]:
    """Cut *count* random pieces of 0.4 to *longest* seconds."""
    length, chance = soundfile.info(path).frames, dice("pieces", path.name)
    for _ in range(count):
        size = min(round(chance.uniform(0.4, longest) * RATE), length)
        start = int(chance.integers(0, length - size + 1))
        yield Clip(path, NONE, who, kind, start=start, stop=start + size)


def said_by(who: str, line: Line, path: Path) -> Iterator[Clip]:
    """What is said in the file at *path*; of the device's own sentences the ear gets pieces."""
    if line.kind == "device":
        yield from (replace(piece, real=False) for piece in pieces_of(path, who, line.kind, 3, 2.5))
    else:
        yield Clip(path, line.label, who, line.kind, line.text, real=False)


def talk_pieces(folder: Path, each_minute: float = 60) -> list[Clip]:
    """Pieces of people reading; a file's name begins with its speaker."""
    clips: list[Clip] = []
    for path in sorted((folder / "talk").glob("*.flac")):
        count = round(soundfile.info(path).duration / 60 * each_minute)
        clips += pieces_of(path, path.stem.split("-")[0], "talk", count, 3.0)
    return clips


def order_pieces(folder: Path) -> list[Clip]:
    """Pieces of the sentences in others/: short ones are more easily taken for ours."""
    return [
        piece
        for clip in others(folder)
        for piece in pieces_of(clip.path, clip.who, "others", 4, 2.5)
    ]


def noise_pieces(folder: Path, each: int = 150) -> list[Clip]:
    """Pieces in which nobody speaks."""
    paths = sorted((folder / "noise").glob("*.flac"))
    return [c for path in paths for c in pieces_of(path, path.stem, "noise", each, 2.5)]


@cache
def kitchen(folder: Path) -> Surroundings:
    """The rooms and the noises of a folder, simulated rooms, and what its people read, at once."""
    rooms = [read(path) for path in sorted((folder / "rooms").glob("*.flac"))]
    noises = [read(path) for path in sorted((folder / "noise").glob("*.flac"))]
    if not rooms or not noises:
        raise UnreadableSound(f"{folder}: needs at least one file in rooms/ and one in noise/.")
    chance, talks = dice("kitchen"), [read(path) for path in sorted(folder.glob("talk/*.flac"))]
    return Surroundings(
        [np.trim_zeros(room) for room in rooms],
        noises,
        [simulated_room(chance) for _ in range(SIMULATED)],
        [babbling(talks, chance) for _ in range(20)],
    )
