"""What can go wrong, said so that a tired person knows what to do next."""

import shlex
import sys
from importlib.metadata import PackageNotFoundError, requires


class VoiceCheckinError(Exception):
    """The base of all our errors; its text is one plain sentence for the people at the table."""


class SettingsError(VoiceCheckinError):
    """A setting or an option that cannot be used."""


class ContentError(VoiceCheckinError):
    """A content file that cannot be used; the text names the file and the place."""


class EngineMissing(VoiceCheckinError):
    """A voice or an ear whose program, library or model is not installed."""


class EngineFailed(VoiceCheckinError):
    """A voice that is there, but gave no speech."""


class SoundUnavailable(VoiceCheckinError):
    """No microphone or no speaker can be opened."""


class DeviceLost(VoiceCheckinError):
    """A sound device stopped delivering frames while it was in use."""


class UnreadableSound(VoiceCheckinError):
    """A sound file that cannot be read."""


def reason(error: BaseException) -> str:
    """Why something failed, in the system's own words, so that it fits into a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def how_to_install(*names: str) -> str:
    """The command that installs packages, or what our extras of these names need, for this Python.

    An extra is spelt out: it works from any folder, and whatever else is called voicecheckin.
    """
    needed = [part for name in names for part in _needed_by(name)]
    return shlex.join([sys.executable, "-m", "pip", "install", *needed])


def _needed_by(name: str) -> list[str]:
    """What the extra *name* needs on every machine; a package by its own name needs itself."""
    try:
        lines = requires("voicecheckin") or []
    except PackageNotFoundError:  # run from a folder, without being installed
        lines = []
    marked = [line.partition(";") for line in lines]
    ends = f'extra == "{name}"'
    needed = [what.strip() for what, _, marker in marked if marker.strip() == ends]
    return needed or [name]
