"""The voices on this machine: listed, or heard."""

from contextlib import closing

import numpy as np
from rich.table import Table

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import names_of, script_of, settings_with
from voicecheckin.cli.models import voices as models
from voicecheckin.cli.screen import Screen
from voicecheckin.conversation.pace import SENTENCE_REST, Pace
from voicecheckin.conversation.script import Script
from voicecheckin.errors import EngineMissing
from voicecheckin.settings import Settings
from voicecheckin.sound.frames import Samples, silence
from voicecheckin.sound.recording import RecordedSound
from voicecheckin.voice.choose import choose
from voicecheckin.voice.hibari_engine import hibari_voices
from voicecheckin.voice.piper_engine import piper_voices, voices_folder
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine
from voicecheckin.voice.voice import Voice
from voicecheckin.voice.wyoming_engine import WyomingEngine

SENTENCES, WORDS = 3, 7
"""How many sentences of an evening a voice says, each of at least so many words."""


def voices(options: Options) -> int:
    """List the voices that are here, or let one of them be heard."""
    settings = settings_with(options)
    if options.hear is None and options.wav is None:
        _list(settings)
        return 0
    said = _said(options.hear or settings.voice.engine, settings, script_of(settings.couple))
    if options.wav is not None:
        with closing(RecordedSound(options.wav)) as recording:
            recording.write(said)
    else:
        from voicecheckin.sound.playing import play

        play(said, settings.sound.speaker)
    return 0


def _list(settings: Settings) -> None:
    """Print each engine with its voices, and which one speaks."""
    table = Table("engine", "voices")
    table.add_column("", overflow="fold")
    table.add_row("hibari", *_hibari())
    table.add_row("pyttsx3", *_pyttsx3(settings.couple.language))
    table.add_row("piper", *_piper())
    table.add_row("wyoming", *_wyoming())
    screen = Screen(wraps=False)
    screen.print(table, markup=False)
    chosen = choose(settings.voice.engine)
    chosen.close()
    screen.print(f"Speaking now: {chosen.name.rstrip(':')}", markup=False)


def _hibari() -> tuple[str, str]:
    more = [model.name for model in models().values() if model.engine == "hibari"]
    missing = [name for name in more if name not in hibari_voices()]
    if not missing:
        return ", ".join(hibari_voices()), ""
    return ", ".join(hibari_voices()), f"setup --voice NAME fetches {', '.join(missing)}"


def _pyttsx3(language: str) -> tuple[str, str]:
    try:
        return ", ".join(Pyttsx3Engine().voices(language)), "always there"
    except EngineMissing as missing:
        return "", str(missing)


def _piper() -> tuple[str, str]:
    known = piper_voices()
    try:
        choose("piper").close()
    except EngineMissing as missing:
        return ", ".join(known), str(missing)
    return ", ".join(known), f"others go to {voices_folder()}"


def _wyoming() -> tuple[str, str]:
    try:
        return "", f"{WyomingEngine().name.removeprefix('wyoming:')} unless you name another server"
    except EngineMissing as missing:
        return "", str(missing)


def _said(name: str, settings: Settings, script: Script) -> Samples:
    """Return a few sentences of the script in the voice called *name*."""
    from voicecheckin.cli.speech import all_sentences

    voice = Voice(choose(name), say=settings.voice.say)
    every = all_sentences(script, names_of(settings.couple) or script.names)
    texts = [text for text in every if len(text.split()) >= WORDS][:SENTENCES]
    pace = Pace(settings.sitting.pace)
    rest = silence(pace.seconds(SENTENCE_REST))
    try:
        parts = [part for text in texts for part in (voice.sentence(text, pace.tempo), rest)]
    finally:
        voice.close()
    return np.concatenate(parts)
