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
from voicecheckin.keeping.state import ResumePoint, StoredState
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
    for deed in sitting(1, later(), ("ground", "SF1"))[:4]:
        deed(store)
    kept = look(where, later(hours=1))
    place = ResumePoint("SF1", 1, later(), 1, "usual")
    assert kept == StoredState(resume=place)  # no topic that was visited, no day, no date
    assert look(where, later(hours=23.9)).resume == place
    assert look(where, later(hours=24)) == StoredState()
    assert files_below(tmp_path) == []


def test_a_place_dated_ahead_of_the_clock_is_not_gone_on_with(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for deed in sitting(1, later(), ("ground", "SF1"))[:4]:
        deed(SittingStore(where, later()))
    assert look(where, later(hours=-1)) == StoredState()


def test_where_the_settings_keep_nothing_no_place_is_ever_written(tmp_path: Path) -> None:
    where = whereabouts(tmp_path, memory="nothing")
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground", "SF1")):
        deed(store)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("memory", ["nothing", "dates", "agreements"])
def test_with_the_end_of_the_evening_the_place_is_gone_whatever_was_answered(
    tmp_path: Path, memory: str
) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground", "SF1"))[:4]:
        deed(store)
    store.remember(memory)
    store.mark_end()
    assert look(where, later(hours=1)).resume is None
    assert (files_below(tmp_path) == []) is (memory == "nothing")


def test_what_was_forgotten_leaves_no_place_either(tmp_path: Path) -> None:
    store = SittingStore(whereabouts(tmp_path), later())
    store.mark_resume(ResumePoint("SF1", 0, later(), 1, "usual"))
    store.forget_evening()
    store.mark_resume(ResumePoint("SF2", 0, later(), 1, "usual"))
    assert files_below(tmp_path) == []


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_after_the_goodnight_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("ground",)):
        deed(store)
    assert look(where, later(hours=1)).resume is None
