"""Whose help lines are named: asked once, and told at once where a country has none of its own."""

import difflib
import sys
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

from voicecheckin.cli.noting import note
from voicecheckin.content.helplines import GENERAL, countries, file_for
from voicecheckin.settings import COUNTRY

QUESTION = "Which country are you in? Two letters, such as gb; Enter leaves it open: "


def tell_of_general_lines(country: str, root: Traversable) -> None:
    """Say beside the output that a country has no help lines of its own here."""
    if not country or file_for(root, country) != GENERAL:
        return
    known = countries(root)
    near = difflib.get_close_matches(country.upper(), known, 1, 0.5)
    meant = f"Did you mean {near[0]}? " if near else ""
    print(
        f"No help lines of {country.upper()} are known here, so the general ones are named. "
        f"{meant}Lines of their own have: {', '.join(known)}.",
        file=sys.stderr,
    )


def ask_country(file: Path, ask: Callable[[str], str] = input) -> tuple[str, list[str]]:
    """Ask for the country, and note it in the settings *file*; it, and lines that tell so.

    Left open, nothing is noted, and the general help lines are named.
    """
    while True:
        country = ask(QUESTION).strip()
        if not country:
            return "", ["So the help lines that are named are those for any country."]
        if COUNTRY.fullmatch(country):
            return country, note(file, "couple", "country", country.lower())
