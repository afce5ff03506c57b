"""Whatever is wrong with disk or key: one clear sentence, and the sitting goes on unkept."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keeping.evenings import BOTH, later, look, sitting, spoil, voice, whereabouts
from voicecheckin.errors import SettingsError
from voicecheckin.keeping.errors import Problem
from voicecheckin.keeping.files import alone
from voicecheckin.keeping.folder import OPEN, SIGNATURE
from voicecheckin.keeping.state import ResumePoint, StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where, where

ROOT = Path(__file__).parents[2]


def an_evening(folder: Path) -> Where:
    """A place where one evening is kept."""
    where = whereabouts(folder)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("SF1", "SF2")):
        deed(store)
    return where


def goes_on_unkept(where: Where, problem: Problem) -> None:
    """A whole sitting; it says once why nothing is kept, and changes no file."""
    files = [path for path in where.file.parent.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    store = SittingStore(where, later(1))
    trouble = store.take_trouble()
    assert trouble is not None
    assert trouble.problem is problem
    assert str(trouble).endswith(problem.value)
    assert store.state == StoredState()
    assert store.remember("agreements", "agreements") == "nothing"
    store.mark_resume(ResumePoint("SF3", 0, later(1), 2))
    store.mark_topic("SF3")
    assert not store.add_keepsakes([voice(1)], BOTH)
    store.mark_invited(later(1).date())
    store.mark_end()
    assert store.take_trouble() is None
    assert {path: path.read_bytes() for path in files} == before


def test_a_wrong_key(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    where.key.write_text("voicecheckin-key-1 " + "0" * 64 + "\n")
    goes_on_unkept(where, Problem.WRONG_KEY)


def test_a_lost_key(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    where.key.unlink()
    goes_on_unkept(where, Problem.NO_KEY)
    assert not where.key.exists()


def test_a_spoilt_key(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    where.key.write_text("shopping list")
    goes_on_unkept(where, Problem.BAD_KEY)


def test_a_missing_stick_even_before_anything_was_kept(tmp_path: Path) -> None:
    where = whereabouts(tmp_path, stick=True)
    where.file.parent.mkdir()
    goes_on_unkept(where, Problem.NO_KEY)
    assert list(where.file.parent.iterdir()) == []


def test_a_missing_stick_later_and_all_is_there_once_it_is_back(tmp_path: Path) -> None:
    an_evening(tmp_path)
    where = whereabouts(tmp_path, stick=True)
    before = look(where, later(1))
    stick = where.key.parent.rename(tmp_path / "pulled out")
    goes_on_unkept(where, Problem.NO_KEY)
    stick.rename(where.key.parent)
    assert look(where, later(1)) == before


@pytest.mark.parametrize("bytes_left", [0, 3, 30, 5000])
def test_a_truncated_file(tmp_path: Path, bytes_left: int) -> None:
    where = an_evening(tmp_path)
    spoil(where.file, where.file.read_bytes()[:bytes_left])
    goes_on_unkept(where, Problem.DAMAGED)


def test_a_file_of_another_program(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    spoil(where.file, b"Dear diary, " * 500)
    goes_on_unkept(where, Problem.DAMAGED)


def test_a_changed_file(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    sealed = where.file.read_bytes()
    spoil(where.file, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    goes_on_unkept(where, Problem.ALTERED)


def test_a_newer_format(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    sealed, inside = where.file.read_bytes(), len(SIGNATURE)
    spoil(where.file, sealed[:inside] + b"\xff" + sealed[OPEN:])
    goes_on_unkept(where, Problem.NEWER)
    spoil(where.file, sealed[:OPEN] + b"\x02" + sealed[OPEN + 1 :])
    goes_on_unkept(where, Problem.NEWER)


def test_a_place_where_another_program_is_writing(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    with alone(where.file.parent):
        goes_on_unkept(where, Problem.BUSY)


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    where.file.unlink()
    where.file.mkdir()
    goes_on_unkept(where, Problem.FAILING)


def test_a_key_that_went_away_after_all_had_expired_is_replaced_quietly(tmp_path: Path) -> None:
    where = an_evening(tmp_path)
    where.key.unlink()
    assert look(where, later(30)) == StoredState()
    store = SittingStore(where, later(31))
    assert store.remember("dates", "dates") == "dates"
    store.mark_topic("SF1")
    assert look(where, later(31)).journey.offered == {"SF1"}


@pytest.fixture
def on_small_disk(tmp_path: Path) -> list[str]:
    """The command that lives a sitting on a small disk of its own."""
    alone = ["unshare", "--user", "--map-root-user", "--mount", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("this system lets nobody make a disk of his own")
    return [*alone, sys.executable, "-m", "tests.keeping.small_disk"]


def lived(command: list[str], case: str, folder: Path) -> dict[str, object]:
    done = subprocess.run(
        [*command, case, str(folder)], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_a_disk_that_fills_up(tmp_path: Path, on_small_disk: list[str]) -> None:
    found = lived(on_small_disk, "full", tmp_path)
    said, kept = list(found.pop("said")), found.pop("kept")
    assert said == ["FULL", said[1]]
    assert said[1].endswith(Problem.FULL.value)
    assert found == {"said again": [], "found": kept, "offered": ["SF1", "SF2"]}


def test_a_disk_that_is_full_from_the_start(tmp_path: Path, on_small_disk: list[str]) -> None:
    found = lived(on_small_disk, "full_from_the_start", tmp_path)
    file = whereabouts(tmp_path).file
    assert found == {"said": ["FULL", f"{file}: {Problem.FULL.value}"], "memory": "nothing"}


def test_a_read_only_disk(tmp_path: Path, on_small_disk: list[str]) -> None:
    file = whereabouts(tmp_path).file
    found = lived(on_small_disk, "read_only", tmp_path)
    assert found["said"] == ["READ_ONLY", f"{file}: {Problem.READ_ONLY.value}"]
    assert (found["memory"], found["same"]) == ("nothing", True)
    assert str(found["forgotten"]).startswith("['READ_ONLY'")


def test_sr_38_help_and_closing_sound_without_a_network_and_on_a_full_disk(
    tmp_path: Path, on_small_disk: list[str]
) -> None:
    """A couple that leaves after the help lines: every sentence of both is really sound."""
    found = lived(on_small_disk, "unplugged_and_full", tmp_path)
    assert found["sounding"] == found["sentences"] != 0
    assert (found["devices"], found["written"], found["steps"]) == ([], False, ["C6", "O4"])


def test_a_file_for_a_folder_and_a_folder_for_a_key_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="file is no folder; name another one"):
        where(folder=str(tmp_path / "file"))
    with pytest.raises(SettingsError, match="is a folder; name a file in it"):
        where(key=str(tmp_path))
