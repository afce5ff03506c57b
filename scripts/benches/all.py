"""All benches in one run, and one report of what they found.

    scripts/bench all --voices DIR --report report.md

DIR holds recordings of people: words/, talk/, others/, noise/, rooms/. Without it, only what needs
none is measured. It takes three to four hours on two quiet cores, with --quick a third of one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from benches._report import machine, markdown
from benches._tables import Table
from rich.console import Console
from rich.text import Text

BENCH = Path(__file__).parents[1] / "bench"
SEEDS = (
    "couples on paper 0, 1, 2 …; kitchens 0, 1, 2 … (2 when spoken over, 3 when alone); "
    "when 'stop' is said 0, 1, 2 … (1 when spoken over)"
)
LOAD = "load of the machine when it began"
FAILED = "it could not be measured"
Figures = dict[str, object]
SERVICE = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "262144"}
"""What scripts/voicecheckin.service sets for the program, and soak rests on."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One bench, and how it is run; {voices} is the folder of recordings."""

    name: str
    usual: str
    quick: str
    """Options for a few minutes, to see that everything works."""

    def command(self, options: argparse.Namespace) -> list[str]:
        """Its options, without where the figures go."""
        chosen = self.quick if options.quick else self.usual
        return chosen.replace("{voices}", str(options.voices)).split()


BENCHES = (
    Bench("manners", "{voices}", "{voices} --sittings 1 --pauses 1 5 --length short --unplugs 2"),
    Bench(
        "ear",
        "{voices} --ear whisper --ear small",
        "{voices} --ear whisper --ear small --every 40 --no-talk",
    ),
    Bench(
        "bargein",
        "--clips {voices}/words --sentences 0",
        "--clips {voices}/words --count 3 --words stop --sentences 5",
    ),
    Bench("voice", "", "--sentences 5"),
    Bench("soak", "", "--sittings 1 --minutes 6"),
    Bench("faults", "", "--times 2"),
    Bench("keeping", "", ""),
    Bench("paper", "--couples 1000", "--couples 20"),
)
"""What a couple notices first comes first."""


def measured(bench: Bench, options: argparse.Namespace) -> list[Table]:
    """Run *bench*; its tables, or one that says why there are none."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [sys.executable, str(BENCH), bench.name, *bench.command(options)]
        code, last = watched([*command, "--json", str(file)])
        if code or not file.exists():
            reason = last or f"it ended with exit code {code}, without a word"
            return [Table(bench.name, (FAILED,), [(reason,)])]
        *tables, last_table = tables_of(bench, json.loads(file.read_text(encoding="utf-8")))
    minutes = (time.perf_counter() - began) / 60
    note = f"{last_table.note} All of this took {minutes:.1f} minutes.".strip()
    return [*tables, replace(last_table, note=note)]


def watched(command: Sequence[str]) -> tuple[int, str]:
    """Run a command, its bars and tables on this screen; its exit code and its last words."""
    screen = Console(stderr=True)
    bars = {"FORCE_COLOR": "1", "COLUMNS": str(screen.width)} if screen.is_terminal else {}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **SERVICE, **bars},
    )
    assert process.stdout is not None
    said = deque[bytes](maxlen=200)
    while part := os.read(process.stdout.fileno(), 4096):
        said.append(part)
        sys.stderr.write(part.decode(errors="replace"))
        sys.stderr.flush()
    text = Text.from_ansi(b"".join(said).decode(errors="replace")).plain
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return process.wait(), lines[-1] if lines else ""


def tables_of(bench: Bench, figures: list[Figures]) -> Iterator[Table]:
    """The tables of what a bench has written."""
    for one in figures:
        if bench.name == "ear":
            yield from _ear(one)
        else:
            yield Table(**one)  # type: ignore[arg-type]  # as `show` wrote it


def _ear(figures: Figures) -> Iterator[Table]:
    """One ear: what it makes of words, and the rest."""
    rows = []
    conditions = figures.pop("conditions")
    assert isinstance(conditions, dict)
    for way, tally in conditions.items():
        said = sum(tally[key] for key in ("right", "doubt", "wrong", "missed"))
        parts = [(tally["right"], said), (tally["doubt"], said), (tally["wrong"], said)]
        parts += [(tally[f"{one}_accepted"], tally[one]) for one in ("others", "orders")]
        rows.append(
            (way, *(f"{100 * part / whole:.1f}" if whole else "-" for part, whole in parts))
        )
    heads = ("", "understood", "doubted", "wrong", "other words", "orders")
    note = "The whisper ear learned from such recordings: see its card for people it never heard."
    yield Table(f"The ear {figures.pop('ear')}, in percent", heads, rows, note)
    rest = [(name.replace("_", " "), _read(value)) for name, value in figures.items()]
    yield Table("Its talk, times and memory", ("", ""), rest)


def _read(value: object) -> str:
    """A figure, to be read."""
    match value:
        case float():
            return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
        case dict():
            return ", ".join(f"{key}: {_read(one)}" for key, one in value.items()) or "none"
        case _:
            return str(value)


def everything(options: argparse.Namespace) -> dict[str, list[Table]]:
    """Run what can be run, and say how far it is."""
    chosen = [one for one in BENCHES if options.voices or "{voices}" not in one.usual]
    chosen = [one for one in chosen if not options.only or one.name in options.only]
    console, began, load = Console(stderr=True), datetime.now(), os.getloadavg()[0]
    found: dict[str, list[Table]] = {}
    for number, bench in enumerate(chosen, 1):
        console.rule(f"{number} of {len(chosen)}: {bench.name}")
        found[bench.name] = measured(bench, options)
    took = (datetime.now() - began).total_seconds() / 60
    run = [
        ("run", f"{'quick' if options.quick else 'full'}, {began:%Y-%m-%d}, {took:.0f} min"),
        (LOAD, f"{load:.1f}"),
        ("seeds", SEEDS),
    ]
    return {"machine": [machine(run)], **found}


def main() -> None:
    """Measure everything, and write it down; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(
        prog="bench all", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [bench.name for bench in BENCHES]
    parser.add_argument("--quick", action="store_true", help="a few minutes, to see that it works")
    parser.add_argument("--voices", type=Path, metavar="DIR", help="recordings of people")
    parser.add_argument("--only", nargs="+", choices=names, help="leave the others out")
    parser.add_argument("--report", type=Path, metavar="FILE", help="all tables, as Markdown")
    options = parser.parse_args()
    parts = everything(options)
    report = markdown(parts)
    if options.report:
        options.report.write_text(report, encoding="utf-8")
    else:
        print(report)
    failed = [name for name, (table, *_) in parts.items() if FAILED in table.columns]
    if failed:
        raise SystemExit(f"These could not be measured: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
