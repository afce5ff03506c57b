"""The first start: what this is, and what is good to know of the two of you, asked once."""

import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.country import country_from
from voicecheckin.cli.noting import note
from voicecheckin.cli.screen import somebody_types
from voicecheckin.errors import SettingsError
from voicecheckin.settings import CoupleSettings, Settings, check_names, settings_path

WELCOME = (
    "This guides the two of you, by voice and offline, through a talk about safety and trust. "
    "It keeps nothing."
)
NAMES = "Your first names, such as Robin, Sam; Enter for none: "
COUNTRY = "Your country in two letters, such as gb, for its help lines; Enter leaves it open: "
NOTE = "Shall this be noted for the next time? Type y for yes; Enter leaves it: "
Ask = Callable[[str], str]
Tell = Callable[[str], object]
Value = TypeVar("Value")


def is_first(options: Options) -> bool:
    """Whether nothing is known yet, and somebody can be asked."""
    known = options.settings or settings_path().exists() or options.names or options.country
    return not known and somebody_types()


def acquainted(
    settings: Settings, file: Path, root: Traversable, ask: Ask = input, tell: Tell = print
) -> Settings:
    """Ask for names and country, and whether to note them in *file*; *settings* with both.

    *root* holds the help lines of all countries that have their own.
    """
    tell(WELCOME)
    couple = settings.couple
    both = _until_it_fits(lambda: _names(ask(NAMES)), tell)
    country = _until_it_fits(lambda: country_from(ask(COUNTRY), root), tell)
    couple = replace(couple, names=both, country=country)
    if (both or country) and ask(NOTE).strip().lower() in ("y", "yes"):
        _note(couple, file, tell)
    return replace(settings, couple=couple)


def _names(typed: str) -> tuple[str, ...]:
    both = tuple(part for part in re.split(r"[\s,&]+|\band\b", typed) if part)
    if both:
        check_names(both)
    return both


def _until_it_fits(read: Callable[[], Value], tell: Tell) -> Value:
    while True:
        try:
            return read()
        except SettingsError as error:
            tell(str(error))


def _note(couple: CoupleSettings, file: Path, tell: Tell) -> None:
    told = note(file, "couple", "names", list(couple.names)) if couple.names else []
    told += note(file, "couple", "country", couple.country) if couple.country else []
    for line in dict.fromkeys(told):
        tell(line)
