"""Places on the disk, as people write them."""

from pathlib import Path

from voicecheckin.errors import SettingsError


def expanded(place: str | Path) -> Path:
    """Return *place* with ~ or ~name as that person's folder; SettingsError if there is no such."""
    try:
        return Path(place).expanduser()
    except RuntimeError as error:
        raise SettingsError(f"{place}: nobody of that name has a folder here.") from error
