"""The voice that is always there: pyttsx3 with Debian's espeak-ng."""

import ctypes
import json
import select
import subprocess
import sys
import tempfile
from pathlib import Path

import soundfile

from voicecheckin.errors import EngineMissing, SettingsError
from voicecheckin.voice import pyttsx3_worker
from voicecheckin.voice.engine import Rendering

RATE_AT_TEMPO_1 = 112
"""espeak-ng's own figure that gives 145 of our words a minute; its words are longer."""

SLOWEST = 80
"""espeak-ng speaks no slower than this."""

PATIENCE = 20.0
"""Seconds for one sentence; a Raspberry Pi Zero needs two."""

INSTALL = "sudo apt install espeak-ng"

LIBRARIES = ("libespeak-ng.so.1", "libespeak.so.1")
"""What pyttsx3 loads on Linux."""


class Pyttsx3Engine:
    """Renders in a process of its own, one for the rate in use."""

    def __init__(self, voice: str = "") -> None:
        """Use espeak-ng's *voice*, such as en-us or en-gb-scotland; empty for its default."""
        self._voice = voice
        self._rate = RATE_AT_TEMPO_1
        self._worker: subprocess.Popen[str] | None = None
        if not any(_loads(library) for library in LIBRARIES):
            raise EngineMissing(f"The voice pyttsx3 needs espeak-ng: {INSTALL}")
        if voice:
            self._worker = self._start()

    @property
    def name(self) -> str:
        """Engine and voice."""
        return f"pyttsx3:{self._voice}"

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken; a process that hangs or dies is replaced once."""
        rate = max(SLOWEST, round(RATE_AT_TEMPO_1 * tempo))
        if rate != self._rate:
            self.close()
            self._rate = rate
        with tempfile.TemporaryDirectory(prefix="voicecheckin-") as folder:
            path = Path(folder) / "sentence.wav"
            if not self._ask(text, path) and not self._ask(text, path):
                raise EngineMissing(f"The voice pyttsx3 gave no sound. Is it whole? {INSTALL}")
            samples, found = soundfile.read(path, dtype="float32")
            return Rendering(samples, found)

    def voices(self, language: str) -> list[str]:
        """Return the names of the voices for *language*, such as en-us; asks a process of its own.

        They begin with two or three letters of it, as in en-gb-scotland.
        """
        asked = [sys.executable, "-P", pyttsx3_worker.__file__]
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE)
            ids = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise EngineMissing(f"The voice pyttsx3 needs espeak-ng: {INSTALL}") from error
        names = [str(one).rpartition("/")[2] for one in ids]
        return sorted({name for name in names if name.split("-")[0] == language})

    def close(self) -> None:
        """End the process, if there is one."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.communicate()

    def _ask(self, text: str, path: Path) -> bool:
        """Have *text* written to *path*; false if the process hung or died, which ends it."""
        worker = self._worker = self._worker or self._start()
        assert worker.stdin is not None
        try:
            worker.stdin.write(json.dumps({"text": text, "path": str(path)}) + "\n")
            worker.stdin.flush()
        except BrokenPipeError:
            answer = ""
        else:
            answer = _answer(worker)
        if answer != "ok":
            self.close()
        return answer == "ok"

    def _start(self) -> "subprocess.Popen[str]":
        """Start a process; in a session of its own, so that Ctrl-C reaches only us."""
        worker = subprocess.Popen(
            [sys.executable, "-P", pyttsx3_worker.__file__, str(self._rate), self._voice],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        answer = _answer(worker)
        if answer == "ready":
            return worker
        worker.kill()
        worker.communicate()
        if answer.startswith("unknown: "):
            hint = answer.removeprefix("unknown: ")
            raise SettingsError(f"espeak-ng has no voice called {self._voice!r}: {hint}")
        raise EngineMissing(f"The voice pyttsx3 needs espeak-ng: {INSTALL} ({answer or 'silent'})")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answer(worker: "subprocess.Popen[str]") -> str:
    """Return the process's next line; empty if it says nothing in time."""
    assert worker.stdout is not None
    ready, _, _ = select.select([worker.stdout], [], [], PATIENCE)
    return worker.stdout.readline().strip() if ready else ""
