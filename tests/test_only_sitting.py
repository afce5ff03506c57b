"""One sitting at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from voicecheckin.cli.only_sitting import AnotherSitting, the_only_sitting

pytestmark = pytest.mark.usefixtures("own_home")

HOLDING = """
import time
from voicecheckin.cli.only_sitting import the_only_sitting
with the_only_sitting():
    print("open", flush=True)
    time.sleep(600)
"""


def test_a_second_sitting_says_that_another_is_open_until_it_ends() -> None:
    told = r"^Another sitting is open: say stop there, then try again\.$"
    with the_only_sitting(), pytest.raises(AnotherSitting, match=told), the_only_sitting():
        pass
    with the_only_sitting():
        pass


def test_a_sitting_that_is_killed_is_in_nobodys_way() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"open\n"
        with pytest.raises(AnotherSitting), the_only_sitting():
            pass
        first.kill()
    with the_only_sitting():
        pass


def test_nothing_is_written_for_that(tmp_path: Path) -> None:
    before = tmp_path.stat().st_mtime_ns
    with the_only_sitting():
        assert list(tmp_path.iterdir()) == []
    assert tmp_path.stat().st_mtime_ns == before


def test_where_programs_have_no_folder_the_one_for_passing_things_serves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "missing"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with the_only_sitting(), pytest.raises(AnotherSitting), the_only_sitting():
        pass
