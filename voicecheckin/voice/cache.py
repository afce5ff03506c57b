"""Keeps rendered sentences on disk, so that speech starts at once.

Whoever reads the folder shall learn nothing of an evening. So everything that may be said is put
there in one order that never changes (see `Prefetcher`), nothing is added for what was said, and
reading leaves no trace: no time of any file changes. The files can be listened to, so their names
need no secret.
"""

import contextlib
import hashlib
import json
import logging
import os
import time
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
import platformdirs
import soundfile

from voicecheckin.errors import reason
from voicecheckin.sound.frames import RATE, Samples

LIMIT = 400_000_000
"""Bytes; all nine evenings in one voice at three tempos take about half of it."""

VERSION = 1
"""Raised whenever the same engine's sound is post_processed otherwise."""

UNFINISHED = 3600.0
"""Seconds after which a file that was never finished is taken for a killed process's."""

LOOK = 200
"""Files written between two looks at how much there is."""

logger = logging.getLogger(__name__)


def voice_folder() -> Path:
    """Return the user's own cache folder for rendered sentences."""
    return platformdirs.user_cache_path("voicecheckin") / "voice"


def key(engine: str, text: str, tempo: float) -> str:
    """Return what a sentence is filed under; it does not show the sentence."""
    asked = json.dumps([VERSION, engine, round(tempo, 3), text])
    return hashlib.sha256(asked.encode()).hexdigest()


class RenderCache:
    """Sentences as FLAC files; never in the way: whatever fails on disk, speech goes on."""

    def __init__(self, folder: Path | None = None, limit: int = LIMIT) -> None:
        """Use *folder*, and at most *limit* bytes of it."""
        self._folder = folder or voice_folder()
        self._limit = limit
        self._written = 0
        self.trouble = ""
        """Why nothing that is put is kept any more; empty while it is."""
        self._tidy()

    def get(self, key: str) -> Samples | None:
        """Return the sentence filed under *key*, if it is there and whole."""
        try:
            with _opened_unseen(self._path(key)) as file:
                samples, rate = soundfile.read(file, dtype="float32")
        except (OSError, soundfile.LibsndfileError):
            return None
        found: Samples = samples
        return found if rate == RATE else None

    def has(self, key: str) -> bool:
        """Say whether a sentence is filed under *key*, without reading it."""
        return self._path(key).exists()

    def put(self, key: str, samples: Samples) -> None:
        """File *samples* under *key*, or say once in the log why that is not possible."""
        if self.trouble:
            return
        unfinished = self._folder / f".{key}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_flac(samples))
            unfinished.replace(self._path(key))
        except OSError as error:
            self.trouble = reason(error)
            with contextlib.suppress(OSError):
                unfinished.unlink()
            logger.warning("rendered speech is not kept in %s: %s", self._folder, self.trouble)
            return
        self._written += 1
        if self._written % LOOK == 0:
            self._tidy()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.flac"

    def _tidy(self) -> None:
        """Delete what was never finished, and the oldest while there is too much."""
        try:
            entries = [(entry.stat(), entry) for entry in self._folder.iterdir()]
        except OSError:
            return
        total = sum(found.st_size for found, _ in entries)
        for found, path in sorted(entries, key=lambda entry: entry[0].st_mtime):
            stale = path.suffix != ".flac" and time.time() - found.st_mtime > UNFINISHED
            if stale or total > self._limit:
                path.unlink(missing_ok=True)
                total -= found.st_size


def _opened_unseen(path: Path) -> BinaryIO:
    """Open *path* so that the time of its last use does not change, where the system can do so."""
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOATIME", 0)), "rb")
    except PermissionError:  # somebody else's file
        return path.open("rb")


def _flac(samples: Samples) -> bytes:
    whole = np.clip(np.round(samples * 32768), -32768, 32767).astype(np.int16)
    file = BytesIO()
    soundfile.write(file, whole, RATE, "PCM_16", format="FLAC")
    return file.getvalue()
