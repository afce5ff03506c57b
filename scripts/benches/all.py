"""All benches in one run: one page, one file of figures, and the README's tables.

    scripts/bench all --voices DIR --html report.html --json report.json
    scripts/bench all --from report.json --markdown       (measures nothing)

DIR holds recordings of people: words/, talk/, others/, noise/, rooms/. Without it, only what needs
none is measured.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benches._report import machine, markdown, page
from benches._tables import Table
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

BENCH = Path(__file__).parents[1] / "bench"
SEEDS = "fixed: couples 0, 1, 2 …; kitchens by number; each bench names its own in its source"
Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Bench:
    """One bench, and how it is run; {voices} is the folder of recordings."""

    name: str
    usual: str
    quick: str
    """Options for a few minutes, to see that everything works."""
    printed: bool = False
    """Whether it prints its figures as JSON lines, instead of writing a file."""

    def command(self, options: argparse.Namespace) -> list[str]:
        """Its options, without where the figures go."""
        chosen = self.quick if options.quick else self.usual
        return chosen.replace("{voices}", str(options.voices)).split()


BENCHES = (
    Bench(
        "ear",
        "{voices} --ear whisper --ear sphinx",
        "{voices} --ear whisper --ear sphinx --every 40 --no-talk",
    ),
    Bench("voice", "", "--sentences 5", printed=True),
    Bench(
        "bargein",
        "--clips {voices}/words --sentences 0",
        "--clips {voices}/words --count 3 --words stop --sentences 5",
        printed=True,
    ),
    Bench("manners", "{voices}", "{voices} --sittings 1 --pauses 1 5"),
    Bench("naive", "{voices}", "{voices} --turns 1 --people 2"),
    Bench("soak", "", "--sittings 1 --minutes 3"),
    Bench("speed", "", "--evening 1 --times 1 --seconds 5"),
    Bench("paper", "--couples 1000", "--couples 10"),
)
ORDER = ("manners", "naive", "ear", "bargein", "voice", "soak", "speed", "paper")
"""In the report: what a couple notices first."""
COMPARED = ("Cut in on", "One word")
"""The README's first table is made of these, its second one of those."""
ALONE = ("Turns", "Fairness", "After a crash", "Sittings one after", "At a sound card", "Couples")


def measured(bench: Bench, options: argparse.Namespace) -> list[Table]:
    """Run *bench*; its tables, or one that says why there are none."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        where = ["--json"] if bench.printed else ["--json", str(file)]
        done = subprocess.run(
            [sys.executable, str(BENCH), bench.name, *bench.command(options), *where],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no word"])[-1]
            return [Table(bench.name, ("it could not be measured",), [(last,)])]
        text = done.stdout if bench.printed else file.read_text(encoding="utf-8")
    *tables, last_table = tables_of(bench, text)
    note = f"{last_table.note} It took {time.perf_counter() - began:.0f} s.".strip()
    return [*tables, replace(last_table, note=note)]


def tables_of(bench: Bench, text: str) -> Iterator[Table]:
    """The tables of what a bench has written."""
    if bench.printed:
        lines: list[Figures] = [json.loads(line) for line in text.splitlines() if line[:1] == "{"]
        yield from _by_columns(bench.name, lines)
        return
    figures = json.loads(text)
    match bench.name:
        case "ear":
            yield from (table for one in figures for table in _ear(one))
        case "paper":
            evenings = figures.pop("evenings of the easy couples")
            rows = [(key, _read(value)) for key, value in figures.items()]
            yield Table("Couples on paper", ("", ""), rows)
            yield from _by_columns("Evenings of the easy couples, on average", evenings)
        case _:
            yield from (Table(**one) for one in figures)


def _by_columns(title: str, rows: Sequence[Figures]) -> Iterator[Table]:
    """Figures by name as tables: one for each set of names."""
    kinds = dict.fromkeys(tuple(row) for row in rows)
    for columns in kinds:
        chosen = [[_read(row[name]) for name in columns] for row in rows if tuple(row) == columns]
        yield Table(title, [name.replace("_", " ") for name in columns], chosen)


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
    yield Table(f"The ear {figures.pop('ear')}, in percent", heads, rows)
    rest = [(name.replace("_", " "), _read(value)) for name, value in figures.items()]
    yield Table("Its talk, times and memory", ("", ""), rest)


def _read(value: object) -> str:
    """A figure, to be read."""
    match value:
        case float():
            return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
        case list() if value and all(isinstance(one, float) for one in value):
            ordered = sorted(value)
            return f"{ordered[len(ordered) // 2]:.2f} (median), {ordered[-1]:.2f} at most"
        case dict():
            return ", ".join(f"{key}: {_read(one)}" for key, one in value.items()) or "none"
        case _:
            return str(value)


def everything(options: argparse.Namespace) -> dict[str, list[Table]]:
    """Run what can be run, with a bar."""
    chosen = [one for one in BENCHES if options.voices or "{voices}" not in one.usual]
    chosen = [one for one in chosen if not options.only or one.name in options.only]
    found: dict[str, list[Table]] = {}
    bar = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*bar, TimeElapsedColumn()) as progress:
        task = progress.add_task("", total=len(chosen))
        for bench in chosen:
            progress.update(task, description=bench.name)
            found[bench.name] = measured(bench, options)
            progress.advance(task)
    return {"machine": [machine(SEEDS)], **{one: found[one] for one in ORDER if one in found}}


def for_the_readme(parts: Mapping[str, Sequence[Table]]) -> Iterator[Table]:
    """Its two tables: beside the other program, and alone."""
    tables = [table for one in parts.values() for table in one]
    compared = [table for start in COMPARED for table in tables if table.title.startswith(start)]
    rows = [
        (f"{_lead(table)}{row[0]}", row[1], row[2], row[3] if len(row) > 3 else "")
        for table in compared
        for row in table.rows
    ]
    if rows:
        heads = ("", "Voice Check-in", "the same parts, put together simply", "ratio")
        yield Table("", heads, rows)
    alone = [table for start in ALONE for table in tables if table.title.startswith(start)]
    facts = [fact for table in alone for fact in _facts(table)]
    if facts:
        yield Table("", ("measured", "figure"), facts)


def _lead(table: Table) -> str:
    """What the name of a row says only together with its column."""
    return "cut in on, with pauses of " if "pauses inside" in table.columns else ""


def _facts(table: Table) -> Iterator[tuple[str, str]]:
    """Each row as one name and one figure."""
    for first, *others in table.rows:
        if len(others) == 1:
            yield first, others[0]
            continue
        told = zip(table.columns[1:], others, strict=False)
        lead = f"{table.columns[0]} {first}".strip()
        yield f"{table.title}: {lead}", "; ".join(f"{name} {value}" for name, value in told)


def main() -> None:
    """Measure everything, and write it down."""
    parser = argparse.ArgumentParser(
        prog="bench all", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a few minutes, to see that it works")
    parser.add_argument("--voices", type=Path, metavar="DIR", help="recordings of people")
    parser.add_argument("--only", nargs="+", choices=ORDER, help="leave the others out")
    parser.add_argument("--from", dest="source", type=Path, help="figures of an earlier run")
    parser.add_argument("--html", type=Path, metavar="FILE", help="the report as one page")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all tables")
    parser.add_argument("--markdown", action="store_true", help="print the README's tables")
    options = parser.parse_args()
    parts = _earlier(options.source) if options.source else everything(options)
    if options.json:
        told = {name: [asdict(one) for one in tables] for name, tables in parts.items()}
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if options.html:
        options.html.write_text(page(parts), encoding="utf-8")
    if options.markdown:
        print("\n".join(markdown(table) for table in for_the_readme(parts)))


def _earlier(file: Path) -> dict[str, list[Table]]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {name: [Table(**one) for one in tables] for name, tables in told.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SystemExit(f"{file}: these are no figures of bench all: {error}.") from error


if __name__ == "__main__":
    main()
