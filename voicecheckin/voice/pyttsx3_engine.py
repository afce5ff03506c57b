"""The voice that is always there: pyttsx3 with Debian's espeak-ng."""

import ctypes
import json
import select
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from voicecheckin.errors import EngineFailed, EngineMissing, SettingsError
from voicecheckin.voice import pyttsx3_worker
from voicecheckin.voice.engine import FAINT, Rendering

RATE_AT_TEMPO_1 = 112
"""espeak-ng's own figure that gives 145 of our words a minute; its words are longer."""

SLOWEST = 80
"""espeak-ng speaks no slower than this."""

PATIENCE = 5.0
"""Seconds for one sentence; a Raspberry Pi Zero needs two."""

START = 30.0
"""Seconds for the process to begin: on a busy machine five were not enough."""

INSTALL = "sudo apt install espeak-ng"

LIBRARIES = ("libespeak-ng.so.1", "libespeak.so.1")
"""What pyttsx3 loads on Linux."""


class Pyttsx3Engine:
    """Renders in a process of its own, which is replaced when it dies or hangs."""

    def __init__(self, voice: str = "") -> None:
        """Use espeak-ng's *voice*, such as en-us or en-gb-scotland; empty for its default."""
        self._voice = voice
        self._worker: subprocess.Popen[str] | None = None
        if not any(_loads(library) for library in LIBRARIES):
            raise EngineMissing(f"The voice pyttsx3 needs espeak-ng: {INSTALL}")
        if voice:
            self._start()

    @property
    def name(self) -> str:
        """Engine and voice."""
        return f"pyttsx3:{self._voice}"

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken; a process that hangs, dies or is silent is replaced once.

        On a busy machine espeak-ng's first sentence was once silence.
        """
        rate = max(SLOWEST, round(RATE_AT_TEMPO_1 * tempo))
        with tempfile.TemporaryDirectory(prefix="voicecheckin-") as folder:
            path = Path(folder) / "sentence.wav"
            asked = json.dumps([f"\x01{rate}S{text}", str(path)])
            for _ in range(2):
                if self._ask(asked) and path.exists():
                    samples, found = soundfile.read(path, dtype="float32")
                    if np.max(np.abs(samples), initial=0.0) > FAINT:
                        return Rendering(samples, found)
                self.close()
        raise EngineFailed(f"The voice pyttsx3 gave no sound. Is it whole? {INSTALL}")

    def voices(self, language: str) -> list[str]:
        """Return the names of the voices for *language*, such as en-us.

        They begin with two or three letters of it, as in en-gb-scotland.
        """
        names = [name.rpartition("/")[2] for name in self._start()]
        self.close()
        return sorted({name for name in names if name.split("-")[0] == language})

    def close(self) -> None:
        """End the process, if there is one."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.communicate()

    def _start(self) -> list[str]:
        """Start a process, once more if it dies; return the ids of all voices, such as gmw/en-us.

        It is in a session of its own, so that Ctrl-C reaches only us.
        """
        for _ in range(2):
            self.close()
            self._worker = subprocess.Popen(
                [sys.executable, "-P", pyttsx3_worker.__file__, self._voice],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
            match self._answer(START):
                case [*voices]:
                    return [str(voice) for voice in voices]
                case str(hint):
                    self.close()
                    raise SettingsError(f"espeak-ng has no voice called {self._voice!r}: {hint}")
        self.close()
        raise EngineMissing(f"The voice pyttsx3 needs espeak-ng: {INSTALL}")

    def _ask(self, line: str) -> bool:
        """Have what *line* asks for done; False if the process died or hangs."""
        if self._worker is None:
            self._start()
        assert self._worker is not None
        assert self._worker.stdin is not None
        try:
            self._worker.stdin.write(line + "\n")
            self._worker.stdin.flush()
        except BrokenPipeError:
            return False
        return self._answer() is True

    def _answer(self, patience: float = PATIENCE) -> object:
        """Return the process's next line; None if it says nothing in time."""
        assert self._worker is not None
        assert self._worker.stdout is not None
        ready, _, _ = select.select([self._worker.stdout], [], [], patience)
        line = self._worker.stdout.readline() if ready else ""
        answer: object = json.loads(line) if line else None
        return answer


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
