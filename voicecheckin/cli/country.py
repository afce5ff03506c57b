"""Whose help lines are named, and told at once where a country has none of its own."""

from importlib.resources.abc import Traversable

from voicecheckin.content.helplines import GENERAL, countries, file_for
from voicecheckin.errors import SettingsError
from voicecheckin.settings import COUNTRY


def check_country(country: str, root: Traversable) -> None:
    """Refuse a country that has no help lines of its own here."""
    if file_for(root, country) != GENERAL:
        return
    raise SettingsError(
        f"no help lines of {country.upper()} are known here. {known_countries(root)} "
        "Left out, the general ones are named."
    )


def country_from(typed: str, root: Traversable) -> str:
    """Two letters as they are kept; empty where nothing was typed. SettingsError for others."""
    country = typed.strip().lower()
    if country and not COUNTRY.fullmatch(country):
        raise SettingsError(f"{country!r} is no country in two letters. {known_countries(root)}")
    if country:
        check_country(country, root)
    return country


def known_countries(root: Traversable) -> str:
    """The sentence that names every country with help lines of its own."""
    return f"Known are {', '.join(countries(root))}."
