"""Whose help lines are named: asked once, and told at once where a country has none of its own."""

from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

from voicecheckin.cli.noting import note
from voicecheckin.content.helplines import GENERAL, countries, file_for
from voicecheckin.errors import SettingsError
from voicecheckin.settings import COUNTRY

QUESTION = "Which country are you in? Two letters, such as gb; Enter leaves it open: "


def check_country(country: str, root: Traversable) -> None:
    """Refuse a country that has no help lines of its own here."""
    if file_for(root, country) != GENERAL:
        return
    raise SettingsError(
        f"no help lines of {country.upper()} are known here. {known_countries(root)} "
        "Left out, the general ones are named."
    )


def known_countries(root: Traversable) -> str:
    """The sentence that names every country with help lines of its own."""
    return f"Known are {', '.join(countries(root))}."


def ask_country(
    file: Path, root: Traversable, ask: Callable[[str], str] = input
) -> tuple[str, list[str]]:
    """Ask for the country, and note it in the settings *file*; it, and lines that tell so.

    Left open, nothing is noted, and the general help lines are named.
    """
    question = QUESTION
    while True:
        country = ask(question).strip()
        if not country:
            return "", ["So the help lines that are named are those for any country."]
        if COUNTRY.fullmatch(country) and file_for(root, country) != GENERAL:
            return country, note(file, "couple", "country", country.lower())
        question = f"{known_countries(root)} {QUESTION}"
