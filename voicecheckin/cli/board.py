"""Which machine this is, and what speaks and hears well on it."""

from dataclasses import dataclass
from pathlib import Path

DEVICE_TREE = Path("/proc/device-tree/model")
"""Where Linux tells the name of a board."""

LARGE = ("Pi 4", "Pi 5", "Compute Module 4", "Compute Module 5")
"""Raspberries quick enough for hibari, and for Whisper's encoder; Pi 400 is one of them."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended for a machine."""

    board: str
    voice: str
    """hibari or pyttsx3."""
    ear: str
    """whisper or small."""


def board(tree: Path = DEVICE_TREE) -> str:
    """Return the board's name, such as Raspberry Pi 4 Model B Rev 1.5; empty for a computer."""
    try:
        return tree.read_text(encoding="utf-8", errors="replace").strip("\0 \n")
    except OSError:
        return ""


def advice(name: str) -> Advice:
    """Return what is recommended for the board called *name*: the small ones need small engines."""
    small = "Raspberry Pi" in name and not any(part in name for part in LARGE)
    return Advice(name, "pyttsx3", "small") if small else Advice(name, "hibari", "whisper")
