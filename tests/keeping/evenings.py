"""A couple's evenings for the tests: places, days, voices, and a sitting written down."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from voicecheckin.keeping.state import AGREEMENTS, ResumePoint, StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.sound.frames import RATE, Samples

EVENING = datetime(2030, 3, 1, 20, 0)
BOTH = (True, True)


def whereabouts(
    folder: Path, *, days: int = 30, stick: bool = False, memory: str = AGREEMENTS
) -> Where:
    """A file and a key in two folders, as on a device whose settings allow everything."""
    key = folder / "config" / "key"
    return Where(folder / "data" / "kept", key, stick, days, memory, keepsakes=True)


def voice(seconds: float, seed: int = 0) -> Samples:
    """Something as hard to pack as speech: noise under slow swells."""
    count = round(seconds * RATE)
    noise = np.random.default_rng(seed).normal(0.0, 0.1, count)
    swell = np.sin(np.arange(count) * 2 * np.pi * 3 / RATE) ** 2
    return np.asarray(np.clip(noise * swell, -1, 1), np.float32)


def spoil(path: Path, content: bytes) -> None:
    """Put *content* into a file without dating it anew."""
    then = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))


def later(days: float = 0, hours: float = 0) -> datetime:
    return EVENING + timedelta(days=days, hours=hours)


def look(where: Where, now: datetime = EVENING) -> StoredState:
    """What a sitting that begins *now* would know; nothing may be in the way."""
    store = SittingStore(where, now)
    assert store.take_trouble() is None
    return store.state


@dataclass(frozen=True, slots=True)
class State:
    """Everything that can be seen from outside: what is kept, and how the keepsakes sound."""

    kept: StoredState
    sounds: frozenset[bytes]


def state(where: Where, now: datetime) -> State:
    """What is kept, without the keepsakes' random ids."""
    store = SittingStore(where, now)
    assert store.take_trouble() is None
    found = [store.sound_of(keepsake, BOTH) for keepsake in store.state.keepsakes]
    kept = replace(store.state, keepsakes=())
    return State(kept, frozenset(sound.tobytes() for sound in found if sound is not None))


Deed = Callable[[SittingStore], object]


def sitting(number: int, at: datetime, topics: tuple[str, ...]) -> list[Deed]:
    """One evening, deed by deed."""

    def place(step: str, seat: int) -> Deed:
        here = ResumePoint(step, seat, at, number, "usual")
        return lambda store: store.mark_resume(here)

    def topic(name: str, held: bool) -> Deed:
        return lambda store: store.mark_topic(name, held=held, deep=True)

    deeds: list[Deed] = []
    for index, name in enumerate(topics):
        deeds += [place(name, index % 2), topic(name, index == 1)]
    sound, day = voice(0.5, number), date(2030, 4, number)
    return [
        *deeds,
        lambda store: store.add_keepsakes([sound, sound[::-1]], BOTH),
        lambda store: store.mark_next_date(day),
        lambda store: store.remember(
            "agreements", "agreements", next_starter=number % 2, evening=number
        ),
        lambda store: store.mark_end(),
    ]
