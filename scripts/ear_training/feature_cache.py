"""Clips as the encoder hears them, worn in many ways, kept in a cache of 16-bit numbers."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecheckin.hearing.recognisers.head_ear import Encoder
from voicecheckin.hearing.recognisers.small import SmallEncoder
from voicecheckin.hearing.recognisers.whisper import WhisperEncoder
from voicecheckin.sound.frames import Samples

from . import rooms
from .clips import Clip
from .clips import kitchen as kitchen_of
from .voices import dice

Halves = npt.NDArray[np.float16]
"""An encoder's rows at half precision."""


SHARD = 1000
"""Hearings kept in one file."""
VERSION = 2
"""Goes up when rooms.py or the encoder change, so that nothing old is used."""


@dataclass(frozen=True, slots=True)
class AugmentedClip:
    """One way in which one clip is heard."""

    clip: Clip
    way: str
    """worn, over dishes, as recorded, kitchen 10 dB (again), kitchen 5 dB, quiet, loud."""
    half: int
    """Which half of the rooms and noises it may meet: 0 or 1; 2 for all of them."""
    number: int = 0
    """Which repetition, for chance."""
    view: int = 0
    """Which of the ear's hearings of it."""


def heard(hearing: AugmentedClip, surroundings: rooms.Surroundings) -> Samples:
    """The sound of *hearing*: the same in every run."""
    clip, chance = hearing.clip, dice(hearing.clip.path.name, hearing.clip.start, hearing.number)
    kitchen = surroundings if hearing.half == 2 else rooms.only(surroundings, hearing.half)
    return WAYS[hearing.way](clip.sound(), kitchen, chance)


Way = Callable[[Samples, rooms.Surroundings, np.random.Generator], Samples]
WAYS: dict[str, Way] = {
    "worn": rooms.worn,
    "over dishes": rooms.over_dishes,
    "as recorded": lambda sound, kitchen, chance: sound,
    "kitchen 10 dB": lambda sound, kitchen, chance: rooms.in_kitchen(sound, kitchen, 10, chance),
    "kitchen 10 dB again": lambda sound, kitchen, chance: rooms.in_kitchen(
        sound, kitchen, 10, chance
    ),
    "kitchen 5 dB": lambda sound, kitchen, chance: rooms.in_kitchen(sound, kitchen, 5, chance),
    "quiet": lambda sound, kitchen, chance: rooms.quiet(sound, chance),
    "loud": lambda sound, kitchen, chance: rooms.loud(sound),
}


ENCODERS: dict[str, Callable[[], Encoder]] = {
    "whisper": lambda: WhisperEncoder(threads=1),
    "small": SmallEncoder,
}
"""What a head may be trained for."""


@dataclass(slots=True)
class Desk:
    """What a worker process keeps at hand."""

    encoder: Encoder
    surroundings: rooms.Surroundings


_DESK: list[Desk] = []


def _sit_down(ear: str, folder: Path) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    _DESK[:] = [Desk(ENCODERS[ear](), kitchen_of(folder))]


def _encode(hearing: AugmentedClip) -> Halves:
    desk = _DESK[0]
    sound = desk.encoder.hearings(heard(hearing, desk.surroundings))[hearing.view]
    halves: Halves = desk.encoder.rows(sound).astype(np.float16)
    return halves


class FeatureCache:
    """A folder that keeps what was encoded, so that another training run need not."""

    def __init__(self, folder: Path, recordings: Path, ear: str, workers: int = 2) -> None:
        self._folder, self._recordings, self._workers = folder, recordings, workers
        self.ear = ear
        folder.mkdir(parents=True, exist_ok=True)
        self._kept: dict[str, Halves] = {}
        for part in sorted(folder.glob("*.npz")):
            self._read(part)

    def frames(self, hearings: Sequence[AugmentedClip]) -> list[Halves]:
        """The encoder's frames of every hearing, in order."""
        missing = [hearing for hearing in hearings if self._name(hearing) not in self._kept]
        for start in range(0, len(missing), SHARD):
            part = missing[start : start + SHARD]
            self.keep(part, list(self._encoded(part)))
            print(f"encoded {start + len(part)} of {len(missing)}", flush=True)
        return [self._kept[self._name(hearing)] for hearing in hearings]

    def keep(self, hearings: Sequence[AugmentedClip], frames: Sequence[Halves]) -> None:
        """Put *frames* into the cache."""
        names = [self._name(hearing) for hearing in hearings]
        path = self._folder / f"{names[0]}.npz"
        lengths = [len(one) for one in frames]
        np.savez(path, names=names, lengths=lengths, frames=np.concatenate(frames))
        self._kept.update(zip(names, frames, strict=True))

    def _read(self, part: Path) -> None:
        with np.load(part) as arrays:
            ends = np.cumsum(arrays["lengths"])[:-1]
            self._kept.update(
                zip(arrays["names"].tolist(), np.split(arrays["frames"], ends), strict=True)
            )

    def _name(self, hearing: AugmentedClip) -> str:
        """What a hearing is called in the cache."""
        clip = hearing.clip
        file = "/".join(clip.path.parts[-3:])
        about = [file, clip.start, clip.stop, hearing.way, hearing.half, hearing.number, VERSION]
        about += [hearing.view] if hearing.view else []
        about += [clip.beside.name] if clip.beside else []
        return hashlib.sha256("|".join(map(str, about)).encode()).hexdigest()[:20]

    def _encoded(self, hearings: Sequence[AugmentedClip]) -> Iterator[Halves]:
        """Encode in several processes."""
        setup = (self.ear, self._recordings)
        with ProcessPoolExecutor(self._workers, initializer=_sit_down, initargs=setup) as pool:
            yield from pool.map(_encode, hearings, chunksize=16)
