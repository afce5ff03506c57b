"""Kills a sitting with SIGKILL at random points and says what was found; a program of its own.

It forks, so it runs apart from pytest, with a single thread.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tests.keeping.evenings import Deed, State, later, sitting, state, whereabouts
from voicecheckin.keeping.state import StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where

FIRST, SECOND = later(0), later(7)
EVENINGS: list[tuple[datetime, list[Deed]]] = [
    (FIRST, sitting(1, FIRST, ("ground", "SF1", "SF2"))),
    (
        SECOND,
        [
            *sitting(2, SECOND, ("D1", "SF1", "SF3")),
            lambda store: store.forget_evening(),
            lambda store: store.forget_everything(),
        ],
    ),
]
DEEDS = sum(len(deeds) for _, deeds in EVENINGS)


def live(where: Where, done: int) -> None:
    """Both evenings; a byte to *done* after each deed that has returned."""
    for now, deeds in EVENINGS:
        store = SittingStore(where, now)
        for deed in deeds:
            deed(store)
            os.write(done, b".")


def after_each_deed(folder: Path) -> list[State]:
    """What is to be seen after 0, 1, 2 ... deeds."""
    states = [State(StoredState(), frozenset())]
    for now, deeds in EVENINGS:
        store = SittingStore(whereabouts(folder), now)
        for deed in deeds:
            deed(store)
            states.append(looked_at(folder))
    return states


def looked_at(folder: Path) -> State:
    """What a copy of *folder* shows; looking lets go of a place that is a day old."""
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        return state(whereabouts(Path(copy)), SECOND)


def kill_once(where: Where, chance: random.Random) -> int:
    """Kill a couple's evenings right after some deed, or in the middle of it; deeds returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        live(where, writing)
        os._exit(0)
    os.close(writing)
    deeds = 0
    for _ in range(chance.randrange(DEEDS)):
        deeds += len(os.read(reading, 1))
    time.sleep(chance.random() * chance.choice((0.0, 0.0005, 0.003)))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    deeds += len(os.read(reading, DEEDS))
    os.close(reading)
    return deeds


def main(folder: Path, times: int, seed: int) -> None:
    """Kill *times* and print the sums."""
    expected = after_each_deed(folder / "whole")
    chance = random.Random(seed)
    killed, lost, half = 0, 0, 0
    while killed < times:
        where = whereabouts(folder / "couple")
        deeds = kill_once(where, chance)
        found = state(where, SECOND)
        killed += deeds < DEEDS  # one that came to its end was not cut off
        lost += found not in expected[deeds : deeds + 2]
        half += found not in expected
        shutil.rmtree(folder / "couple", ignore_errors=True)
    print(json.dumps({"killed": killed, "lost": lost, "half": half}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
