"""A keepsake's sound, packed losslessly in memory and never in a file."""

import io
from hashlib import sha256
from pathlib import Path

import numpy as np
import soundfile

from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.sound.frames import RATE, Samples

LONGEST = 20.0
"""Seconds; a keepsake is one small thing."""

DIGEST_BYTES = 32


def packed_sound(samples: Samples) -> bytes:
    """The first 20 s as 16-bit FLAC, after its own hash."""
    heard = np.nan_to_num(samples[: round(LONGEST * RATE)])
    file = io.BytesIO()
    soundfile.write(file, np.clip(heard, -1.0, 1.0), RATE, format="FLAC", subtype="PCM_16")
    flac = file.getvalue()
    return sha256(flac).digest() + flac


def unpacked_sound(content: bytes, where: Path) -> Samples:
    """The sound again; KeepingError, naming *where*, if it is not what was kept (SR-35)."""
    digest, flac = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if sha256(flac).digest() != digest:
        raise KeepingError(Problem.ALTERED, where)
    samples, _ = soundfile.read(io.BytesIO(flac), dtype="float32")
    return np.asarray(samples, np.float32)
