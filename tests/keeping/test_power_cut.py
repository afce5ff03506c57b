"""A sitting may end at any moment, and nothing is lost or half kept."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.keeping.evenings import later, look, sitting, state, whereabouts
from voicecheckin.keeping.keeper import Keeper
from voicecheckin.keeping.kept import Kept

TIMES = 200
SEED = 7


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a killed process loses nothing that was written."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_a_sitting_killed_at_200_random_points_never_loses_or_half_keeps_a_thing(
    quick_disk: Path,
) -> None:
    command = [sys.executable, "-m", "tests.keeping.killed", str(quick_disk), str(TIMES), str(SEED)]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command,
        env=os.environ | one_thread,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    found = json.loads(done.stdout)
    assert found == {"killed": TIMES, "lost": 0, "half": 0}


def test_a_journal_torn_at_any_byte_shows_a_state_that_once_was(tmp_path: Path) -> None:
    where = whereabouts(tmp_path / "whole")
    keeper = Keeper(where, later())
    states = [state(where, later())]
    for deed in sitting(1, later(), ("ground", "SF1", "SF2")):
        deed(keeper)
        states.append(state(where, later()))
    journal = where.file.with_name("kept.db-wal").read_bytes()
    chance = random.Random(SEED)
    seen = set()
    for number in range(60):
        torn = whereabouts(tmp_path / str(number))
        shutil.copytree(where.key.parent, torn.key.parent)
        torn.file.parent.mkdir(parents=True)
        shutil.copy(where.file, torn.file)
        left = journal[: chance.randrange(len(journal))]
        torn.file.with_name("kept.db-wal").write_bytes(left)
        seen.add(states.index(state(torn, later())))
    keeper.close()
    assert len(seen) > 5


def test_an_interrupted_sitting_can_go_on_the_same_day_but_not_the_next(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = Keeper(where, later())
    for deed in sitting(1, later(), ("ground", "SF1"))[:5]:
        deed(keeper)
    keeper.close()
    place = look(where, later(hours=1)).place
    assert place is not None
    assert (place.step, place.starter, place.evening, place.length) == ("SF1", 1, 1, "usual")
    assert look(where, later(hours=23.9)).place == place
    assert look(where, later(hours=24)).place is None
    assert look(where, later(hours=-1)).place is None


def test_a_resumed_sitting_keeps_its_topics_only_if_both_choose_that_again(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = Keeper(where, later())
    for deed in sitting(1, later(), ("ground", "SF1"))[:5]:
        deed(keeper)
    keeper.close()
    again = Keeper(where, later(hours=1))
    assert again.remember("dates", "agreements", resumed=True) == "dates"
    again.mark_topic("SF2")
    again.close()
    assert look(where, later(hours=2)).journey.offered == {"ground", "SF1", "SF2"}
    refused = Keeper(where, later(hours=3))
    assert refused.remember("dates", "nothing", resumed=True) == "nothing"
    refused.mark_topic("SF3")
    refused.close()
    assert look(where, later(hours=4)) == Kept()


def test_a_resumed_sitting_that_chooses_less_loses_its_keepsakes(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = Keeper(where, later())
    for deed in sitting(1, later(), ("ground",))[:-1]:
        deed(keeper)
    keeper.close()
    assert len(look(where, later(hours=1)).keepsakes) == 2
    again = Keeper(where, later(hours=1))
    again.remember("dates", "dates", resumed=True)
    again.close()
    kept = look(where, later(hours=2))
    assert kept.keepsakes == ()
    assert kept.journey.offered == {"ground"}


def test_after_the_goodnight_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = Keeper(where, later())
    for deed in sitting(1, later(), ("ground",)):
        deed(keeper)
    keeper.close()
    assert look(where, later(hours=1)).place is None
