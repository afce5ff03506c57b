"""Real voices for the ear's tests, and what a kitchen does to them."""

from pathlib import Path

import numpy as np
import soundfile

from voicecheckin.sound.frames import Samples

RATE = 16_000
FOLDER = Path(__file__).parents[1] / "voices"


def voice(name: str) -> Samples:
    """The clip called *name* in `tests/voices`."""
    samples: Samples = soundfile.read(FOLDER / f"{name}.flac", dtype="float32")[0]
    return samples


def still(seconds: float) -> Samples:
    """Nothing at all."""
    return np.zeros(round(seconds * RATE), np.float32)


def words(*names: str, gap: float = 1.5) -> Samples:
    """The clips called *names*, with *gap* seconds of nothing before, between and after."""
    parts = [still(gap)]
    for name in names:
        parts += [voice(name), still(gap)]
    return np.concatenate(parts)


def in_kitchen(sound: Samples, ratio: float = 10.0) -> Samples:
    """*sound* from across a room, with dishes being washed *ratio* dB below the voice."""
    far = np.convolve(sound, voice("room_2"))[: sound.size]
    far *= np.sqrt(np.sum(sound**2) / np.sum(far**2))
    spoken = far[np.abs(far) > 0.02 * np.abs(far).max()]
    noise = np.resize(voice("kitchen"), sound.size)
    noise = noise * np.sqrt(np.mean(spoken**2) / np.mean(noise**2) / 10 ** (ratio / 10))
    return (far + noise).astype(np.float32)
