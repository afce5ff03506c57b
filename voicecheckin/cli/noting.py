"""Notes one thing in the settings file, and leaves everything else as it is."""

import os
from collections.abc import MutableMapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicecheckin.errors import reason
from voicecheckin.keeping.files import make_private_folder


def note(file: Path, group: str, key: str, value: str | list[str]) -> list[str]:
    """Set *key* in the settings *file*; lines that tell so, or what to write there by hand.

    Comments stay, and the file is whole at any moment.
    """
    try:
        _write(file, group, key, value)
    except (OSError, ValueError, TOMLKitError) as error:
        return [
            f"{file} could not be changed: {reason(error)}. Please write there, under [{group}]:",
            f"{key} = {tomlkit.item(value).as_string()}",
        ]
    return [f"That is noted in {file}."]


def _write(file: Path, group: str, key: str, value: str | list[str]) -> None:
    make_private_folder(file.parent)
    document = tomlkit.parse(file.read_text(encoding="utf-8") if file.exists() else "")
    table = document.setdefault(group, tomlkit.table())
    if not isinstance(table, MutableMapping):
        raise ValueError(f"{group} is no group there")
    table[key] = value
    whole = file.resolve()  # a link is followed: the file may be kept elsewhere
    with NamedTemporaryFile("w", dir=whole.parent, encoding="utf-8", delete=False) as new:
        new.write(tomlkit.dumps(document))
        new.flush()
        os.fsync(new.fileno())
    if whole.exists():
        os.chmod(new.name, whole.stat().st_mode)
    os.replace(new.name, whole)
