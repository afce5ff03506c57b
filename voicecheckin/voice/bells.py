"""The bells in `audio/`, found wherever the package is installed."""

from functools import cache
from importlib.resources import files
from io import BytesIO

import soundfile

from voicecheckin.errors import ContentError
from voicecheckin.sound.frames import Samples


@cache
def bell(name: str) -> Samples:
    """Return the bell called *name*, such as hand_over, at 16 kHz."""
    file = files("voicecheckin.voice").joinpath("audio", f"{name}.flac")
    if not file.is_file():
        raise ContentError(f"There is no bell called {name!r}: audio/make_bells.py makes them.")
    samples, _ = soundfile.read(BytesIO(file.read_bytes()), dtype="float32")
    found: Samples = samples
    return found
