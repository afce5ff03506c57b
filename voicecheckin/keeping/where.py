"""Where things are kept, and for how long."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from voicecheckin.errors import SettingsError
from voicecheckin.places import expanded

USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Where:
    """A file, its key, and a term."""

    file: Path
    key: Path
    stick: bool = False
    """Whether the key lies where the couple put it: then none is ever made unasked."""
    days: int = USUAL_DAYS
    """Days until things are forgotten; with two wishes, the shorter one."""


def usual_key() -> Path:
    """Where the key lies unless the couple put it elsewhere: beside the settings."""
    return platformdirs.user_config_path("voicecheckin") / "key"


def where(folder: str = "", key: str = "", days: int = USUAL_DAYS) -> Where:
    """Take the settings of these names; what is left out lies at the usual places.

    SettingsError if a file is where a folder should be, or the other way round.
    """
    own = expanded(folder) if folder else platformdirs.user_data_path("voicecheckin")
    place = expanded(key) if key else usual_key()
    if own.exists() and not own.is_dir():
        raise SettingsError(f"[keeping] folder: {own} is no folder; name another one.")
    if place.is_dir():
        raise SettingsError(f"[keeping] key: {place} is a folder; name a file in it.")
    return Where(own / "kept.db", place, stick=bool(key), days=days)
