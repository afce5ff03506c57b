"""Where things are kept, for how long, and how much the settings allow."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from voicecheckin.errors import SettingsError
from voicecheckin.keeping.state import NOTHING
from voicecheckin.places import expanded

USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Where:
    """A file, its key, a term, and what may be kept at most."""

    file: Path
    key: Path
    stick: bool = False
    """Whether the key lies where the couple put it: then none is ever made unasked."""
    days: int = USUAL_DAYS
    """Days until things are forgotten; with two wishes, the shorter one."""
    memory: str = NOTHING
    """nothing, dates or agreements: more is not kept, whatever is said in an evening."""
    keepsakes: bool = False
    """Whether offers in one's own voice may be kept."""

    @property
    def names(self) -> Path:
        """The mark that both said their names are right."""
        return self.file.with_name("names")

    @property
    def phrase(self) -> Path:
        """The mark that both let the device listen for a phrase."""
        return self.file.with_name("phrase")

    def keepsake(self, id: int) -> Path:
        """The file of one keepsake's sound."""
        return self.file.with_name(f"{self.file.name}-{id:016x}")


def usual_key() -> Path:
    """Where the key lies unless the couple put it elsewhere: beside the settings."""
    return platformdirs.user_config_path("voicecheckin") / "key"


def where(
    folder: str = "",
    key: str = "",
    days: int = USUAL_DAYS,
    memory: str = NOTHING,
    keepsakes: bool = False,
) -> Where:
    """Take the settings of these names; what is left out lies at the usual places.

    SettingsError if a file is where a folder should be, or the other way round.
    """
    own = expanded(folder) if folder else platformdirs.user_data_path("voicecheckin")
    place = expanded(key) if key else usual_key()
    if own.exists() and not own.is_dir():
        raise SettingsError(f"[keeping] folder: {own} is no folder; name another one.")
    if place.is_dir():
        raise SettingsError(f"[keeping] key: {place} is a folder; name a file in it.")
    return Where(own / "kept", place, bool(key), days, memory, keepsakes)
