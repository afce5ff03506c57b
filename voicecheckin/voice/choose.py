"""Picks a voice by name."""

import difflib
import logging
from pathlib import Path

from voicecheckin.errors import EngineMissing, SettingsError
from voicecheckin.voice.engine import Engine
from voicecheckin.voice.hibari_engine import HibariEngine
from voicecheckin.voice.piper_engine import (
    PiperEngine,
    fetched_voices,
    piper_voices,
    voices_folder,
)
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine
from voicecheckin.voice.wyoming_engine import DEFAULT_URI, WyomingEngine

ENGINES = ("auto", "hibari", "pyttsx3", "piper", "wyoming")


logger = logging.getLogger(__name__)


def choose(name: str = "auto") -> Engine:
    """Return the voice called *name*; see `ENGINES`, each of which takes a voice as in piper:NAME.

    auto is a Piper voice that somebody put here on purpose, else hibari, and pyttsx3 where neither
    can be had.
    """
    engine, _, voice = name.partition(":")
    match engine:
        case "auto" if not voice:
            return _best()
        case "hibari":
            return HibariEngine(voice)
        case "pyttsx3":
            return Pyttsx3Engine(voice)
        case "piper":
            return PiperEngine(_piper_model(voice))
        case "wyoming":
            return WyomingEngine(voice or DEFAULT_URI)
    near = difflib.get_close_matches(engine, ENGINES, 1, 0.4)
    hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(ENGINES)}."
    raise SettingsError(f"There is no voice called {name!r}: {hint}")


def _best() -> Engine:
    try:
        for model in fetched_voices().values():
            return PiperEngine(model)
    except EngineMissing as missing:  # a voice without its program
        logger.info("not speaking with Piper: %s", missing)
    try:
        return HibariEngine()
    except EngineMissing:
        return Pyttsx3Engine()


def _piper_model(voice: str) -> Path:
    """Return the model of that name, or the first installed one for an empty name."""
    installed = piper_voices()
    if voice in installed:
        return installed[voice]
    if voice.endswith(".onnx") and Path(voice).is_file():
        return Path(voice)
    if not voice and installed:
        return next(iter(installed.values()))
    if not installed:
        raise EngineMissing(
            "There is no Piper voice on this machine: copy one, such as en_US-joe-medium.onnx "
            f"and en_US-joe-medium.onnx.json, to {voices_folder()}"
        )
    near = difflib.get_close_matches(voice, installed, 1, 0.0)
    raise SettingsError(f"There is no Piper voice called {voice!r}: did you mean {near[0]}?")
