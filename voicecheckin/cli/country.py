"""Whose help lines are named, and told at once where a country has none of its own."""

import difflib
import sys
from importlib.resources.abc import Traversable

from voicecheckin.content.helplines import GENERAL, countries, file_for
from voicecheckin.errors import SettingsError
from voicecheckin.settings import COUNTRY


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


def country_from(typed: str) -> str:
    """Two letters as they are kept; empty where nothing was typed. SettingsError for others."""
    country = typed.strip().lower()
    if country and not COUNTRY.fullmatch(country):
        raise SettingsError(f"{country!r} is no country in two letters, such as gb.")
    return country
