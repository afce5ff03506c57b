"""Settings and options together: options win."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from voicecheckin import content
from voicecheckin.cli.arguments import Options
from voicecheckin.cli.country import check_country
from voicecheckin.content.sounds import bells_before, sounds_of_breath
from voicecheckin.conversation.script import Script
from voicecheckin.errors import ContentError, SettingsError
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.places import expanded
from voicecheckin.settings import CoupleSettings, Settings, place_of, read_settings


def settings_with(options: Options) -> Settings:
    """Read the settings file; what was typed counts more. SettingsError names a bad option.

    A folder, a country or a name that is of no use is told at once, whatever is to be done; but
    everything can be forgotten whatever else is wrong.
    """
    settings = read_settings(options.settings)
    couple, sitting = settings.couple, settings.sitting
    if options.names is not None:
        couple = replace(couple, names=options.names)
    if options.country is not None:
        country = options.country
        couple = _named("--country", lambda: replace(couple, country=country))
    if options.language is not None:
        language = options.language
        couple = _named("--language", lambda: replace(couple, language=language))
    if options.content is not None:
        folder = str(options.content)
        couple = _named("--content", lambda: replace(couple, content=folder))
    if options.pace is not None:
        sitting = replace(sitting, pace=options.pace)
    if options.length is not None:
        sitting = replace(sitting, length=options.length)
    if options.command != "forget":
        _check(couple, options)
    return replace(
        settings,
        couple=couple,
        sitting=sitting,
        voice=replace(settings.voice, engine=options.voice or settings.voice.engine),
        ear=replace(settings.ear, engine=options.ear or settings.ear.engine),
        sound=replace(
            settings.sound,
            microphone=options.microphone or settings.sound.microphone,
            speaker=options.speaker or settings.sound.speaker,
        ),
    )


def _check(couple: CoupleSettings, options: Options) -> None:
    if couple.content:
        with told_of(options, "couple", "content"):
            content.language_folder(couple.language, own_folder(couple))
    if couple.country:
        _check_country(couple, options)
    if couple.names:
        with told_of(options, "couple", "names"):
            names_of(couple)


def _check_country(couple: CoupleSettings, options: Options) -> None:
    """A country in the settings spoils no evening: it is told, and the general lines are named."""
    try:
        with told_of(options, "couple", "country"):
            check_country(couple.country, rules_folder(couple))
    except SettingsError as error:
        if options.country is not None or options.command not in ("start", "wait"):
            raise
        print(f"voicecheckin: {error}", file=sys.stderr)


@contextmanager
def told_of(options: Options, group: str, key: str) -> Iterator[None]:
    """Say of what is wrong where it stands: in an option, or in which line of the settings."""
    try:
        yield
    except (SettingsError, ContentError) as error:
        typed = getattr(options, key) is not None
        place = f"--{key}" if typed else place_of(options.settings, group, key)
        raise SettingsError(f"{place}: {error}") from error


def script_of(couple: CoupleSettings) -> Script:
    """What is said, with the couple's help lines; ContentError says what is wrong with it."""
    folder, country = own_folder(couple), couple.country or None
    return content.load(couple.language, country, folder=folder, card=couple.card)


def sat_with(couple: CoupleSettings) -> Script:
    """What is said in a real sitting: in a language that the program brings, and so answers for."""
    script = script_of(couple)
    if not content.is_brought(couple.language):
        raise SettingsError(
            f"The words of {couple.language!r} did not come with this program, so it cannot answer "
            "for what they say: rehearse with them, or choose another language."
        )
    return script


def phrasebook_of(couple: CoupleSettings) -> Phrasebook:
    """What the couple may say, in the language that they chose."""
    return load_phrases(couple.language, rules_folder(couple) / "heard")


def bells_of(couple: CoupleSettings, breath: str) -> tuple[dict[str, str], dict[str, str]]:
    """The bells before sentences, and the sounds instead of words, if a breath is led by sound."""
    folder, language = own_folder(couple), couple.language
    sounds = sounds_of_breath(language, folder) if breath == "sound" else {}
    return bells_before(language, folder), sounds


@cache
def names_of(couple: CoupleSettings) -> tuple[str, str] | None:
    """How the two are called; None if they gave no names. SettingsError if it would obey one."""
    if not couple.names:
        return None
    book = phrasebook_of(couple)
    for name in couple.names:
        if book.knows(name):
            raise SettingsError(f"{name!r} is a word that the device obeys; choose another name.")
    return couple.names[0], couple.names[1]


def rules_folder(couple: CoupleSettings) -> Traversable:
    """Where help lines, phrases and rules are, which no other words of a couple replace."""
    root = content.language_folder(couple.language, own_folder(couple))
    return content.own_folder(root, couple.language)


def words_changed(couple: CoupleSettings, script: Script) -> bool:
    """Whether *script* says anything else than what came with the program."""
    folder, country = own_folder(couple), couple.country or None
    return content.changed(script, folder, country, card=couple.card)


def own_folder(couple: CoupleSettings) -> Path | None:
    """The folder of the couple's own content; None if they have none."""
    return expanded(couple.content) if couple.content else None


def _named(option: str, make: Callable[[], CoupleSettings]) -> CoupleSettings:
    try:
        return make()
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from error
