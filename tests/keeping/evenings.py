"""A couple's evenings for the tests: places, days, voices, and a sitting written down."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from voicecheckin.keeping.keeper import Keeper
from voicecheckin.keeping.kept import Kept, Place
from voicecheckin.keeping.where import Where
from voicecheckin.sound.frames import RATE, Samples

EVENING = datetime(2030, 3, 1, 20, 0)
BOTH = (True, True)


def whereabouts(folder: Path, *, days: int = 30, stick: bool = False) -> Where:
    """A file and a key in two folders, as on a device."""
    return Where(folder / "data" / "kept.db", folder / "config" / "key", stick, days)


def voice(seconds: float, seed: int = 0) -> Samples:
    """Something as hard to pack as speech: noise under slow swells."""
    count = round(seconds * RATE)
    noise = np.random.default_rng(seed).normal(0.0, 0.1, count)
    swell = np.sin(np.arange(count) * 2 * np.pi * 3 / RATE) ** 2
    return np.asarray(np.clip(noise * swell, -1, 1), np.float32)


def later(days: float = 0, hours: float = 0) -> datetime:
    return EVENING + timedelta(days=days, hours=hours)


def look(where: Where, now: datetime = EVENING) -> Kept:
    """What a sitting that begins *now* would know; nothing may be in the way."""
    keeper = Keeper(where, now)
    assert keeper.take_trouble() is None
    keeper.close()
    return keeper.kept


@dataclass(frozen=True, slots=True)
class State:
    """Everything that can be seen from outside: what is kept, and how the keepsakes sound."""

    kept: Kept
    sounds: frozenset[bytes]


def state(where: Where, now: datetime) -> State:
    """What is kept, without the keepsakes' random ids."""
    keeper = Keeper(where, now)
    assert keeper.take_trouble() is None
    found = [keeper.sound_of(keepsake, BOTH) for keepsake in keeper.kept.keepsakes]
    kept = replace(keeper.kept, keepsakes=())
    keeper.close()
    return State(kept, frozenset(sound.tobytes() for sound in found if sound is not None))


Deed = Callable[[Keeper], object]


def sitting(number: int, at: datetime, topics: tuple[str, ...]) -> list[Deed]:
    """One evening, deed by deed."""

    def place(step: str, seat: int) -> Deed:
        here = Place(step, seat, at, number, "usual")
        return lambda keeper: keeper.mark_place(here)

    def topic(name: str, held: bool) -> Deed:
        return lambda keeper: keeper.mark_topic(name, held=held, deep=True)

    deeds: list[Deed] = [
        lambda keeper: keeper.remember("agreements", "agreements", next_starter=number % 2)
    ]
    for index, name in enumerate(topics):
        deeds += [place(name, index % 2), topic(name, index == 1)]
    sound, day = voice(0.5, number), date(2030, 4, number)
    return [
        *deeds,
        lambda keeper: keeper.add_keepsakes([sound, sound[::-1]], BOTH),
        lambda keeper: keeper.mark_next_date(day),
        lambda keeper: keeper.mark_end(),
    ]
