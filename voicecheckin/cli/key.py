"""Puts the key of what is kept on a USB stick, and notes the place in the settings."""

from pathlib import Path

from voicecheckin.cli.keeping import place_of
from voicecheckin.cli.noting import note
from voicecheckin.errors import SettingsError
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
    return [
        f"The key is at {place}.",
        "Whenever it is not there, voicecheckin keeps nothing, and says so.",
        *note(file, "keeping", "key", str(place)),
    ]
