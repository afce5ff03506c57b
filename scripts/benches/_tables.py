"""What every bench yields: tables with a title, printed, and written as JSON."""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table as RichTable

SHORT = "In short"
"""The title of a table of names and figures."""
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows; everything in it is ready to be read."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    """What one should know to read it."""


def parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """A bench's command line; every bench can write JSON beside its tables."""
    made = argparse.ArgumentParser(prog=f"bench {name}", description=about)
    made.add_argument("--json", type=Path, help="write the figures to this file as well")
    return made


def show(tables: Sequence[Table], file: Path | None = None) -> None:
    """Print *tables*; write them to *file* as JSON."""
    console = Console()
    for table in tables:
        printed = RichTable(*table.columns, title=table.title, caption=table.note or None)
        for row in table.rows:
            printed.add_row(*row)
        console.print(printed)
    if file is not None:
        file.write_text(json.dumps([asdict(table) for table in tables], indent=2) + "\n")


def percent(part: float, whole: float) -> str:
    """*part* of *whole*, to be read."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def middle_and_late(values: Sequence[float], digits: int = 1) -> tuple[str, str]:
    """Median and 95th percentile of seconds, to be read."""
    if not values:
        return "-", "-"
    ordered = sorted(values)
    late = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{ordered[len(ordered) // 2]:.{digits}f} s", f"{late:.{digits}f} s"


def bar(things: Sequence[Thing], what: str) -> Iterable[Thing]:
    """*things*, with a progress bar beside the figures, not among them."""
    return track(things, what, console=Console(stderr=True))


def per_hour(count: int, hours: float) -> str:
    """How often something comes in an hour, and out of how much."""
    return f"{count / hours:.1f} ({count} in {hours:.1f} h)" if hours else "-"
