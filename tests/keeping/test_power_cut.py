"""A sitting may end at any moment, and nothing is lost or half kept."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.keeping.evenings import later, look, sitting, state, whereabouts
from voicecheckin.keeping.state import StoredState
from voicecheckin.keeping.store import SittingStore

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


def test_what_a_power_cut_leaves_half_written_is_not_read_and_goes_away(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground", "SF1")):
        deed(store)
    before = state(where, later())
    half = (where.file.with_name("kept.new"), where.keepsake(7), where.file.with_name("kept-0.new"))
    for path in half:
        path.write_bytes(where.file.read_bytes()[:5000])
    assert state(where, later()) == before
    assert [path.exists() for path in half] == [False, False, True]  # the last is no name of ours


def test_an_interrupted_sitting_can_go_on_the_same_day_but_not_the_next(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground", "SF1"))[:5]:
        deed(store)
    place = look(where, later(hours=1)).resume
    assert place is not None
    assert (place.topic, place.starter, place.evening, place.length) == ("SF1", 1, 1, "usual")
    assert look(where, later(hours=23.9)).resume == place
    assert look(where, later(hours=24)).resume is None
    assert look(where, later(hours=-1)).resume is None


def test_a_resumed_sitting_keeps_its_topics_only_if_both_choose_that_again(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground", "SF1"))[:5]:
        deed(store)
    again = SittingStore(where, later(hours=1))
    assert again.remember("dates", "agreements", resumed=True) == "dates"
    again.mark_topic("SF2")
    assert look(where, later(hours=2)).journey.offered == {"ground", "SF1", "SF2"}
    refused = SittingStore(where, later(hours=3))
    assert refused.remember("dates", "nothing", resumed=True) == "nothing"
    refused.mark_topic("SF3")
    assert look(where, later(hours=4)) == StoredState()


def test_a_resumed_sitting_that_chooses_less_loses_its_keepsakes(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground",))[:-1]:
        deed(store)
    assert len(look(where, later(hours=1)).keepsakes) == 2
    again = SittingStore(where, later(hours=1))
    again.remember("dates", "dates", resumed=True)
    kept = look(where, later(hours=2))
    assert kept.keepsakes == ()
    assert kept.journey.offered == {"ground"}


def test_after_the_goodnight_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground",)):
        deed(store)
    assert look(where, later(hours=1)).resume is None
