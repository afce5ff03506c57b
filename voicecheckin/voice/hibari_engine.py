"""The voice that one gets: hibari, small enough to come with the program."""

import difflib
import os
import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Protocol

from voicecheckin.errors import EngineMissing, SettingsError, how_to_install
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.engine import Rendering
from voicecheckin.voice.piper_engine import voices_folder

OWN = "heart"
"""The voice inside the package."""

MODELS = {
    "emma": "bf_emma.int8.onnx",
    "fenrir": "am_fenrir_v2.int8.onnx",
    "fable": "bm_fable.int8.onnx",
    "kore": "af_kore.int8.onnx",
}
"""The files of its other voices, which `setup` fetches or somebody copies."""

SPEED_AT_TEMPO_1 = 0.7
"""Hibari's own figure; its words come at 165 a minute then, and drag where they come slower yet."""

SLOWEST, FASTEST = 0.6, 1.0
"""Of the same figure: 143 words a minute, and 230."""

SEED = 1
"""Of the noise in its sound, so that a sentence always sounds the same."""


class Tts(Protocol):
    """The part of hibari that is used."""

    sample_rate: int

    def __call__(self, text: str, *, speed: float, seed: int) -> Samples:
        """Speak *text*."""
        ...


def hibari_voices() -> list[str]:
    """Return the names of the voices that are here; none without the package."""
    if not find_spec("hibari"):
        return []
    folder = voices_folder()
    return [OWN, *(name for name, file in MODELS.items() if (folder / file).is_file())]


def with_names(text: str) -> str:
    """Return *text* with the sounds of names that hibari would say wrong, as it reads them."""
    return _names().sub(_with_sounds, text)


def _with_sounds(found: re.Match[str]) -> str:
    name, possessive = found.groups()
    sounds = _sounds()[name]
    if possessive:
        ending = "ᵻz" if sounds[-1] in "szʃʒʧʤ" else "s" if sounds[-1] in "ptkfθ" else "z"
        sounds += ending
    return f"[{found[0]}](/{sounds}/)"


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(_sounds())})\b(['\N{{RIGHT SINGLE QUOTATION MARK}}]s\b)?")


@cache
def _sounds() -> dict[str, str]:
    text = files("voicecheckin.voice").joinpath("names.toml").read_text(encoding="utf-8")
    names: dict[str, str] = tomllib.loads(text)["names"]
    return names


class HibariEngine:
    """Renders with a Hibari model, loaded when first used."""

    def __init__(self, voice: str = "") -> None:
        """Use the voice called *voice*; empty for its own."""
        self._voice = voice or OWN
        if not find_spec("hibari"):
            raise EngineMissing(
                f"The voice hibari is not installed: {how_to_install('hibari-tts')}"
            )
        if self._voice not in (OWN, *MODELS):
            near = difflib.get_close_matches(self._voice, (OWN, *MODELS), 1, 0.0)
            raise SettingsError(
                f"There is no hibari voice {self._voice!r}: did you mean {near[0]}?"
            )
        if self._voice not in hibari_voices():
            raise EngineMissing(
                f"The voice {self._voice} is not here yet: voicecheckin setup --voice {self._voice}"
            )
        self._tts: Tts | None = None

    @property
    def name(self) -> str:
        """Engine and voice."""
        return f"hibari:{self._voice}"

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken."""
        if self._tts is None:
            from hibari import Hibari

            self._tts = Hibari(self._voice, model=_model(self._voice))
        speed = min(FASTEST, max(SLOWEST, SPEED_AT_TEMPO_1 * tempo))
        tts: Tts = self._tts
        return Rendering(tts(with_names(text), speed=speed, seed=SEED), tts.sample_rate)

    def close(self) -> None:
        """Let the model go."""
        self._tts = None


def _model(voice: str) -> str | None:
    """The file of *voice*; None for the package's own, which it finds by itself."""
    return None if voice == OWN else os.fspath(voices_folder() / MODELS[voice])
