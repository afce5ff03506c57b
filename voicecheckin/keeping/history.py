"""The way so far as a calm picture: nine evenings and the weekly ones, with the days kept.

A day stands beside its stone, and what lies ahead is grey. Nothing is counted or compared, and no
stone has a name: which topics an evening had is told by voice only, when both are there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from rich.text import Text

from voicecheckin.conversation.journey import WEEKLY, evening_of
from voicecheckin.conversation.script import Script
from voicecheckin.keeping.state import StoredState

NOTHING_YET = "Nothing is kept here, and that is fine."
TITLE = "The way so far"
LARGE, SMALL, GREY = (
    "one of the nine evenings",
    "a weekly or a shorter one",
    "ahead, for whenever you both like",
)
"""What the stones mean."""

WIDTH, MARGIN = 640, 70
"""Units of the drawing: its width, and the room at its ends."""
STEP, STEP_AHEAD = 90, 56
"""From stone to stone; those ahead have no day to read, and lie closer."""
LEFT, RIGHT = 90, 150
"""Where stones lie: the path swings between the two."""
RADIUS, SMALL_RADIUS = 13, 8

STYLE = """
:root { color-scheme: light dark; --ink: #40484d; --path: #d5cdbd; --stone: #6f9480;
  --ahead: #b4b6b8; }
@media (prefers-color-scheme: dark) { :root { --ink: #d7dcd8; --path: #4a4740; --stone: #7fa690;
  --ahead: #6a6d70; } }
body { margin: 2rem auto; max-width: 42rem; padding: 0 1rem; color: var(--ink);
  font: 1rem/1.5 Georgia, serif; }
svg { width: 100%; height: auto; }
h1 { font-weight: normal; }
path { fill: none; stroke: var(--path); stroke-width: 14; stroke-linecap: round; }
circle { fill: var(--stone); }
circle.ahead { fill: var(--ahead); }
text { fill: var(--ink); font-size: 17px; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Browsers are told to load nothing, from anywhere."""


@dataclass(frozen=True, slots=True)
class Stone:
    """One stone of the way."""

    days: tuple[date, ...] = ()
    """When it was; a short evening may take several. None that is kept any more, or none yet."""
    small: bool = False
    """Whether it is none of the nine."""
    ahead: bool = False


def way(script: Script, state: StoredState) -> tuple[Stone, ...]:
    """The stones behind, oldest first, and those ahead; none at all where nothing is kept."""
    if not (state.evenings or state.journey.offered):
        return ()
    days: dict[int, list[date]] = {number: [] for number in _reached(script, state)}
    small: list[Stone] = []
    for evening in state.evenings:
        number = evening_of(script, evening.topics)
        if number is None or number == WEEKLY:
            small.append(Stone((evening.day,), small=True))
        else:
            days.setdefault(number, []).append(evening.day)
    large = [Stone(tuple(dict.fromkeys(days[number]))) for number in sorted(days)]
    behind = sorted([*large, *small], key=lambda stone: stone.days[:1])
    nine = sorted(evening.number for evening in script.evenings if evening.number != WEEKLY)
    ahead = [Stone(ahead=True) for number in nine if number not in days]
    return (*behind, *ahead, Stone(small=True, ahead=True))


def _reached(script: Script, state: StoredState) -> set[int]:
    """Those of the nine that lie behind, even if their days are forgotten by now."""
    numbers = {evening_of(script, [topic]) for topic in state.journey.offered}
    return {number for number in numbers if number is not None and number != WEEKLY}


def as_text(stones: Sequence[Stone]) -> Text:
    """The path for a terminal, oldest evening first."""
    picture = Text(f"\n  {TITLE}\n\n")
    if not stones:
        return picture.append(f"  {NOTHING_YET}\n")
    for number, stone in enumerate(stones):
        if number and not stone.ahead:
            picture.append("    \N{BOX DRAWINGS LIGHT VERTICAL}\n", style="dim")
        picture.append("  " if number % 2 == 0 else "      ")
        picture.append(_sign(stone), style="bright_black" if stone.ahead else "green")
        picture.append(f" {_written(stone)}".rstrip() + "\n", style="dim")
    large, small, ahead = Stone(), Stone(small=True), Stone(ahead=True)
    meanings = ((large, LARGE), (small, SMALL), (ahead, GREY))
    legend = "\n".join(f"  {_sign(stone)} {meaning}" for stone, meaning in meanings)
    return picture.append(f"\n{legend}\n", style="dim")


def as_page(stones: Sequence[Stone]) -> str:
    """The same as a page of its own: no scripts, no network, one drawing."""
    legend = f"Large: {LARGE}. Small: {SMALL}. Grey: {GREY}."
    body = f"{_drawing(stones)}\n<p>{legend}</p>" if stones else f"<p>{escape(NOTHING_YET)}</p>"
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


def _drawing(stones: Sequence[Stone]) -> str:
    places = list(_places(stones))
    drawn = "\n".join(_stone(stone, x, y) for stone, (x, y) in zip(stones, places, strict=True))
    height = places[-1][1] + MARGIN
    return f"""<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{TITLE}">
<path d="{_path(places)}"/>
{drawn}
</svg>"""


def _places(stones: Sequence[Stone]) -> Iterator[tuple[int, int]]:
    y = MARGIN
    for number, stone in enumerate(stones):
        y += (STEP_AHEAD if stone.ahead else STEP) if number else 0
        yield RIGHT if number % 2 else LEFT, y


def _stone(stone: Stone, x: int, y: int) -> str:
    radius, kind = SMALL_RADIUS if stone.small else RADIUS, ' class="ahead"' if stone.ahead else ""
    days = f'<text x="{RIGHT + 50}" y="{y + 6}">{_written(stone)}</text>' if stone.days else ""
    return f'<circle cx="{x}" cy="{y}" r="{radius}"{kind}/>{days}'


def _path(places: Sequence[tuple[int, int]]) -> str:
    """A curve that swings from stone to stone."""
    (x, y), *others = places
    drawn = f"M {x} {y - MARGIN // 2} L {x} {y}"
    for next_x, next_y in others:
        middle = (y + next_y) // 2
        drawn += f" C {x} {middle}, {next_x} {middle}, {next_x} {next_y}"
        x, y = next_x, next_y
    return drawn


def _sign(stone: Stone) -> str:
    """Whoever sees no colours sees what lies ahead as a ring."""
    if stone.small:
        return "\N{WHITE BULLET}" if stone.ahead else "\N{BULLET}"
    return "\N{WHITE CIRCLE}" if stone.ahead else "\N{BLACK CIRCLE}"


def _written(stone: Stone) -> str:
    return ", ".join(f"{day.day} {day:%B %Y}" for day in stone.days)
