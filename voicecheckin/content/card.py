"""The printed card: where help is, in neutral words, the same for everyone."""

import textwrap
from importlib.resources.abc import Traversable

from voicecheckin.content.helplines import find_helplines
from voicecheckin.content.loader import language_folder, own_folder
from voicecheckin.content.reading import read

WIDTH = 60
"""Characters in a line, so that the card fits into a wallet when it is folded."""


def card(
    country: str | None = None, language: str = "en", *, folder: Traversable | None = None
) -> str:
    """The text of the card for *country* (two letters, or None), ready to print."""
    root = own_folder(language_folder(language, folder), language)
    text = read(root, "card.toml")
    text.only("heading", "before", "after", "note", "spoken")
    helplines = find_helplines(root, country)
    days = [line.day.isoformat() for line in helplines.lines]
    note = text.text("note").replace("{oldest}", min(days)).replace("{newest}", max(days))
    paragraphs = [
        text.text("heading").upper(),
        *text.texts("before"),
        *(f"* {line.printed}" for line in helplines.lines),
        *text.texts("after"),
        note,
    ]
    return "\n\n".join(_wrapped(paragraph) for paragraph in paragraphs) + "\n"


def _wrapped(paragraph: str) -> str:
    indent = "  " if paragraph.startswith("* ") else ""
    return textwrap.fill(paragraph, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
