"""The way so far as a calm picture: the days, if they were kept. Nothing is compared.

Which topics an evening had is told by voice only, when both are there.
"""

from collections.abc import Sequence
from datetime import date
from html import escape

from rich.text import Text

NOTHING_YET = "Nothing is kept here, and that is fine."
TITLE = "The way so far"

WIDTH, STEP, MARGIN = 640, 110, 70
"""Units of the drawing: its width, the way from stone to stone, the room at its ends."""
LEFT, RIGHT = 90, 150
"""Where stones lie: the path swings between the two."""

STYLE = """
:root { color-scheme: light dark; --ink: #40484d; --path: #d5cdbd; --stone: #8fa89b; }
@media (prefers-color-scheme: dark) { :root { --ink: #d7dcd8; --path: #4a4740; --stone: #7d978b; } }
body { margin: 2rem auto; max-width: 42rem; padding: 0 1rem; color: var(--ink);
  font: 1rem/1.5 Georgia, serif; }
svg { width: 100%; height: auto; }
h1 { font-weight: normal; }
path { fill: none; stroke: var(--path); stroke-width: 14; stroke-linecap: round; }
circle { fill: var(--stone); }
text { fill: var(--ink); font-size: 17px; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Browsers are told to load nothing, from anywhere."""


def as_text(days: Sequence[date]) -> Text:
    """The path for a terminal, oldest evening first."""
    picture = Text(f"\n  {TITLE}\n\n")
    if not days:
        return picture.append(f"  {NOTHING_YET}\n")
    for number, day in enumerate(days):
        indent = "  " if number % 2 == 0 else "      "
        if number:
            picture.append("    \N{BOX DRAWINGS LIGHT VERTICAL}\n", style="dim")
        picture.append(f"{indent}\N{BLACK CIRCLE} ", style="green")
        picture.append(f"{_written(day)}\n", style="dim")
    return picture


def as_page(days: Sequence[date]) -> str:
    """The same as a page of its own: no scripts, no network, one drawing."""
    body = _drawing(days) if days else f"<p>{escape(NOTHING_YET)}</p>"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{TITLE}</h1>
{body}
</body>
</html>
"""


def _drawing(days: Sequence[date]) -> str:
    places = [(RIGHT if n % 2 else LEFT, MARGIN + n * STEP) for n in range(len(days))]
    stones = "\n".join(
        f'<circle cx="{x}" cy="{y}" r="13"/>'
        f'<text x="{RIGHT + 50}" y="{y + 6}">{_written(day)}</text>'
        for (x, y), day in zip(places, days, strict=True)
    )
    height = MARGIN + len(days) * STEP
    return f"""<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{TITLE}">
<path d="{_path(places)}"/>
{stones}
</svg>"""


def _path(places: Sequence[tuple[int, int]]) -> str:
    """A curve that swings from stone to stone."""
    (x, y), *others = places
    drawn = f"M {x} {y - MARGIN // 2} L {x} {y}"
    for next_x, next_y in others:
        middle = (y + next_y) // 2
        drawn += f" C {x} {middle}, {next_x} {middle}, {next_x} {next_y}"
        x, y = next_x, next_y
    return drawn


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
