"""Two very different evenings, and nothing on the disk or in the journal that tells which it was.

Both are lived through with the program's usual settings, by the service and by hand.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.told import NAMES, told
from voicecheckin.keeping.agreed import AgreedMark, AgreedNames
from voicecheckin.keeping.files import read_untraced

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SETTINGS = """\
[couple]
names = ["Robin", "Sam"]
country = "gb"
[voice]
engine = "pyttsx3"
[ear]
engine = "small"
"""
HOW = {
    "by hand": ("start", "--evening", "8", "--length", "usual", "--verbose"),
    "as a service": ("wait", "--evening", "8", "--length", "usual", "--verbose"),
}

Seen = Mapping[str, tuple[object, ...]]


def live(home: Path, evening: str, *arguments: str) -> str:
    """Run the program in *home*; everything that it printed, as a journal would keep it."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
    here = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.twin", evening, *arguments],
        env=own | here | {"XDG_RUNTIME_DIR": str(home / "run")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.replace(str(home), "HOME")


def seen(home: Path) -> Seen:
    """Name, kind, mode, size, time of change, and content of everything that lies in *home*.

    Of rendered sentences, also when they were last read.
    """
    found = {}
    for path in sorted(home.rglob("*")):
        times = path.stat()
        read = times.st_atime_ns if path.parent.name == "voice" else 0
        content = read_untraced(path) if path.is_file() else b""
        found[str(path.relative_to(home))] = (
            times.st_mode,
            times.st_size,
            times.st_mtime_ns,
            read,
            content,
        )
    return found


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose device is set up, and whose couple has confirmed its names."""
    home = tmp_path_factory.mktemp("ready")
    for name in ("tmp", "run", ".config/voicecheckin"):
        (home / name).mkdir(mode=0o700, parents=True)
    (home / ".config/voicecheckin/settings.toml").write_text(SETTINGS)
    AgreedNames(AgreedMark(home / ".local/share/voicecheckin/names"), NAMES).confirm()
    live(home, "whole", "setup")
    return home


def twin(ready: Path, place: Path) -> Path:
    shutil.copytree(ready, place)  # with its times
    for path in (place, *place.rglob("*")):
        shutil.copystat(ready / path.relative_to(place), path)
    return place


@pytest.mark.parametrize("how", HOW)
def test_no_byte_and_no_time_on_the_disk_depends_on_what_happened_in_an_evening(
    ready: Path, tmp_path: Path, how: str
) -> None:
    homes = [twin(ready, tmp_path / name) for name in ("one", "other")]
    before = [seen(home) for home in homes]
    assert before[0] == before[1]
    assert len(before[0]) > 400
    journals = [
        live(home, evening, *HOW[how])
        for home, evening in zip(homes, ("whole", "troubled"), strict=True)
    ]
    after = [seen(home) for home in homes]
    assert after[0] == after[1] == before[0]
    assert journals[0] == journals[1]
    assert told(journals[0]) == []


def test_on_a_device_that_was_never_set_up_only_the_order_of_the_script_is_written(
    ready: Path, tmp_path: Path
) -> None:
    """Sentences are rendered in one order that never changes, so a file tells of no sentence."""
    homes = [tmp_path / name for name in ("one", "other")]
    for home in homes:
        shutil.copytree(ready, home)
        shutil.rmtree(home / ".cache")
    for home, evening in zip(homes, ("whole", "troubled"), strict=True):
        live(home, evening, *HOW["by hand"])
    orders = []
    for home in homes:
        files = home.glob(".cache/voicecheckin/voice/*")  # on a busy machine it may be none yet
        orders.append(
            [path.name for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)]
        )
    assert any(orders)
    shorter = min(map(len, orders))
    assert orders[0][:shorter] == orders[1][:shorter]
    rest = [{name: it for name, it in seen(home).items() if ".cache" not in name} for home in homes]
    assert [sorted(one) for one in rest] == [sorted(rest[0])] * 2
