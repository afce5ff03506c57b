"""Gets a device ready: what to install, models to fetch, the whole script rendered ahead."""

import sys
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_data_path
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.board import Advice, advice, board
from voicecheckin.cli.choices import names_of, rules_folder, script_of, settings_with
from voicecheckin.cli.country import ask_country
from voicecheckin.cli.fetching import fetch
from voicecheckin.cli.key import put_key
from voicecheckin.cli.models import Model, ears, named
from voicecheckin.cli.screen import Screen
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.script import Script
from voicecheckin.ear.choose import has_whisper_model
from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.settings import Settings, settings_path
from voicecheckin.voice.cache import RenderCache, voice_folder
from voicecheckin.voice.choose import choose
from voicecheckin.voice.piper_engine import voices_folder
from voicecheckin.voice.voice import Voice

PACKAGES = {"whisper": "faster_whisper"}
"""What is imported for an extra."""


def setup(options: Options) -> int:
    """Say what suits this machine, fetch what was asked for, render the whole script ahead.

    With a place for the key, only that is done: it takes a moment, the rest may take an hour.
    """
    settings = settings_with(options)
    screen = Screen()
    if options.key is not None:
        for line in put_key(options.key, settings, options.settings or settings_path()):
            screen.print(line, markup=False)
        return 0
    voice = settings.voice.engine
    model = named(voice)
    if model is None:
        with suppress(EngineMissing):  # that is told with all else that there is to do
            choose(voice)
    settings = _with_country(settings, options.settings or settings_path(), screen)
    script = script_of(settings.couple)
    for line in recommended(advice(board())):
        screen.print(line, markup=False)
    if model is not None:
        voice = f"{model.engine}:{model.name}"
        _fetched(model, voices_folder(), screen)
        screen.print(
            f'It speaks once the settings say so: [voice] engine = "{voice}"', markup=False
        )
    if options.whisper:
        for model in ears().values():
            _fetched(model, _ears_folder() / model.name, screen)
    _rendered(voice, settings, script, screen)
    return 0


def _with_country(settings: Settings, file: Path, screen: Screen) -> Settings:
    """Ask for the country where it is not known, and somebody can answer."""
    if settings.couple.country or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return settings
    country, told = ask_country(file, rules_folder(settings.couple))
    for line in told:
        screen.print(line, markup=False)
    return replace(settings, couple=replace(settings.couple, country=country))


def recommended(suits: Advice) -> list[str]:
    """Return, line by line, what suits a machine and what is still missing for it."""
    lines = [
        f"This is {'a ' + suits.board if suits.board else 'a computer'}: "
        f"the voice {suits.voice} and the ear {suits.ear} suit it."
    ]
    missing = [extra for extra in (suits.voice, suits.ear) if _lacks(extra)]
    if missing:
        lines.append(f"Still to install: {how_to_install(*missing)}")
    if suits.ear == "whisper" and not has_whisper_model():
        lines.append("Still to fetch: voicecheckin setup --whisper")
    return lines


def _lacks(extra: str) -> bool:
    return extra in PACKAGES and find_spec(PACKAGES[extra]) is None


def _ears_folder() -> Path:
    return user_data_path("voicecheckin", appauthor=False) / "models"


def _fetched(model: Model, folder: Path, screen: Screen) -> None:
    """Fetch *model* with a bar."""
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=screen, transient=True) as bars:
        task = bars.add_task(model.name, total=model.size)
        fetch(model, folder, lambda done: bars.update(task, completed=done))
    screen.print(f"{model.name} is here: {model.about}; licence: {model.licence}.", markup=False)


def _rendered(name: str, settings: Settings, script: Script, screen: Screen) -> None:
    """Render everything that may be said, with a bar."""
    from voicecheckin.cli.speech import all_sentences

    cache = RenderCache()
    voice = Voice(choose(name), cache, say=settings.voice.say)
    sentences = all_sentences(script, names_of(settings.couple) or script.names)
    tempo = Pace(settings.sitting.pace).tempo
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeRemainingColumn(), console=screen) as bars:
        task = bars.add_task(f"The voice {voice.name.rstrip(':')}", total=len(sentences))
        try:
            voice.render_ahead(sentences, tempo, lambda done, _: bars.update(task, completed=done))
        finally:
            voice.close()
    if cache.trouble:
        raise EngineMissing(
            f"Rendered speech cannot be kept in {voice_folder()}: {cache.trouble}. "
            "Until then each sentence is rendered when it is said."
        )
    screen.print(f"All {len(sentences)} sentences are ready to be said at once.")
