"""Puts the key of what is kept on a USB stick, and notes the place in the settings."""

import os
from collections.abc import MutableMapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicecheckin.cli.keeping import place_of
from voicecheckin.errors import SettingsError, reason
from voicecheckin.keeping.files import make_private_folder
from voicecheckin.keeping.folder import move
from voicecheckin.places import expanded
from voicecheckin.settings import Settings

NAME = "voicecheckin.key"
"""The file, where only a folder is named."""


def put_key(place: Path, settings: Settings, file: Path) -> list[str]:
    """Take the key to *place* and note that in the settings *file*; lines that tell what was done.

    KeepingError or SettingsError if a key could be lost, and then nothing was changed.
    """
    place = expanded(place).absolute()
    place = place / NAME if place.is_dir() else place
    if not place.parent.is_dir():
        raise SettingsError(f"There is no folder {place.parent}. Is the stick plugged in?")
    move(place_of(settings.keeping), place)
    done = [
        f"The key is at {place}.",
        "Whenever it is not there, voicecheckin keeps nothing, and says so.",
    ]
    try:
        _note(file, str(place))
    except (OSError, ValueError, TOMLKitError) as error:
        return [
            *done,
            f"{file} could not be changed: {reason(error)}. Please write there, under [keeping]:",
            f"key = {tomlkit.item(str(place)).as_string()}",
        ]
    return [*done, f"That is noted in {file}."]


def _note(file: Path, place: str) -> None:
    """Set the key's place in the settings; comments stay, and the file is whole at any moment."""
    make_private_folder(file.parent)
    document = tomlkit.parse(file.read_text(encoding="utf-8") if file.exists() else "")
    group = document.setdefault("keeping", tomlkit.table())
    if not isinstance(group, MutableMapping):
        raise ValueError("keeping is no group there")
    group["key"] = place
    whole = file.resolve()  # a link is followed: the file may be kept elsewhere
    with NamedTemporaryFile("w", dir=whole.parent, encoding="utf-8", delete=False) as new:
        new.write(tomlkit.dumps(document))
        new.flush()
        os.fsync(new.fileno())
    if whole.exists():
        os.chmod(new.name, whole.stat().st_mode)
    os.replace(new.name, whole)
