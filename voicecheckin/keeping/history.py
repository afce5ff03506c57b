"""The way so far as a calm picture: days and topics, if they were kept. Nothing is compared."""

from collections.abc import Mapping, Sequence
from html import escape

from rich.text import Text

from voicecheckin.keeping.kept import PastEvening

NOTHING_YET = "Nothing is kept here, and that is fine."
TITLE = "The way so far"

WIDTH, STEP, MARGIN = 640, 110, 70
"""Units of the drawing: its width, the way from stone to stone, the room at its ends."""
LEFT, RIGHT = 90, 150
"""Where stones lie: the path swings between the two."""
LONGEST_LINE = 46
"""Letters beside a stone; longer lists of topics go on in the next line."""

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
.day { font-size: 14px; opacity: .75; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Browsers are told to load nothing, from anywhere."""


def as_text(past: Sequence[PastEvening], titles: Mapping[str, str]) -> Text:
    """The path for a terminal, oldest evening first; *titles* are by topic id."""
    picture = Text(f"\n  {TITLE}\n\n")
    if not past:
        return picture.append(f"  {NOTHING_YET}\n")
    for number, evening in enumerate(past):
        indent = "  " if number % 2 == 0 else "      "
        side = "\N{BOX DRAWINGS LIGHT VERTICAL}"
        if number:
            picture.append(f"    {side}\n", style="dim")
        picture.append(f"{indent}\N{BLACK CIRCLE} ", style="green")
        picture.append(f"{_day(evening)}\n", style="dim")
        for topic in evening.topics:
            picture.append(f"{indent}  {titles.get(topic, topic)}\n")
    return picture


def as_page(past: Sequence[PastEvening], titles: Mapping[str, str]) -> str:
    """The same as a page of its own: no scripts, no network, one drawing."""
    body = _drawing(past, titles) if past else f"<p>{escape(NOTHING_YET)}</p>"
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


def _drawing(past: Sequence[PastEvening], titles: Mapping[str, str]) -> str:
    lines = [_lines([titles.get(topic, topic) for topic in evening.topics]) for evening in past]
    places: list[tuple[int, int]] = []
    y = MARGIN
    for number, beside in enumerate(lines):
        places.append((LEFT if number % 2 == 0 else RIGHT, y))
        y += max(STEP, 24 * len(beside) + 60)
    stones = "\n".join(
        _stone(place, _day(evening), beside)
        for place, evening, beside in zip(places, past, lines, strict=True)
    )
    return f"""<svg viewBox="0 0 {WIDTH} {y}" role="img" aria-label="{TITLE}">
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


def _stone(place: tuple[int, int], day: str, beside: Sequence[str]) -> str:
    x, y = place
    texts = [f'<text class="day" x="{RIGHT + 50}" y="{y - 6}">{escape(day)}</text>']
    texts += [
        f'<text x="{RIGHT + 50}" y="{y + 18 + 24 * row}">{escape(line)}</text>'
        for row, line in enumerate(beside)
    ]
    return f'<g><circle cx="{x}" cy="{y}" r="13"/>{"".join(texts)}</g>'


def _lines(topics: Sequence[str]) -> list[str]:
    """Topics joined by commas, in lines that fit beside a stone."""
    lines: list[str] = []
    for topic in topics:
        if lines and len(lines[-1]) + len(topic) < LONGEST_LINE:
            lines[-1] += f", {topic}"
        else:
            lines.append(topic)
    return lines


def _day(evening: PastEvening) -> str:
    return f"{evening.day.day} {evening.day:%B %Y}"
