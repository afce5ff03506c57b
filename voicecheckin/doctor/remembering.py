"""Writes the chosen devices into the settings file, and leaves everything else as it is."""

import os
from collections.abc import MutableMapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicecheckin.errors import SettingsError, reason


def with_devices(text: str, microphone: str, speaker: str) -> str:
    """Return the settings *text* with these devices under [sound]; comments stay."""
    try:
        settings = tomlkit.parse(text)
        if "sound" not in settings:
            settings["sound"] = tomlkit.table()
        sound = settings["sound"]
        if not isinstance(sound, MutableMapping):
            raise SettingsError("The devices are written under [sound], which is no group there.")
        sound["microphone"] = microphone
        sound["speaker"] = speaker
    except TOMLKitError as error:
        raise SettingsError(f"The settings cannot be changed: {error}.") from error
    return tomlkit.dumps(settings)


def remember(path: Path, microphone: str, speaker: str) -> None:
    """Keep these devices in the settings file at *path*, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        changed = with_devices(text, microphone, speaker)
        # A link is followed: somebody may keep the file elsewhere.
        target = path.resolve()
        with NamedTemporaryFile("w", dir=target.parent, delete=False, encoding="utf-8") as new:
            new.write(changed)
            new.flush()
            os.fsync(new.fileno())
        if target.exists():
            os.chmod(new.name, target.stat().st_mode)
        os.replace(new.name, target)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written: {reason(error)}. Write into it yourself: "
            f'[sound] microphone = "{microphone}", speaker = "{speaker}"'
        ) from error
