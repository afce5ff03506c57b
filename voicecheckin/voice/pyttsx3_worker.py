"""A process of its own for pyttsx3: reads sentences, writes wav files.

pyttsx3 prints to the standard output and may hang in espeak-ng. espeak-ng takes a new rate in a
thread of its own, and whatever it has not taken yet pyttsx3 cancels when the next sentence begins.
So every rate has its own process, which waits for the rate to be taken and proves that it speaks at
it, and each file is measured.
"""

import difflib
import json
import os
import sys
import time
import wave
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TextIO

PROOF = "Take your time with this, there is no hurry at all."

SECONDS_A_LETTER = 11.8
"""At one word a minute: espeak-ng's English voices, measured; at 112 words a minute 0.1 s."""

LIKELY = (0.75, 1.35)
"""What a sentence may take, relative to that, if the rate holds."""

TOO_SHORT = 0.8
"""Relative to that: less is a file that lacks something, or was spoken at espeak-ng's usual rate.

The quickest sentences of the script take 0.86 of it; at the usual rate, half of all less than 0.7.
"""

TRIES = 4

SETTLE = 0.05
"""Seconds in which espeak-ng takes a new rate; each further try waits twice as long."""


class Known(Protocol):
    """The part of pyttsx3's voice that is used."""

    id: str


class Writer(Protocol):
    """The part of pyttsx3's engine that is used."""

    def getProperty(self, name: str) -> list[Known]:  # noqa: N802  # pyttsx3's name
        """Return the voices."""
        ...

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802  # pyttsx3's name
        """Set voice or rate."""
        ...

    def save_to_file(self, text: str, filename: str) -> None:
        """Ask for *text* in a wav file."""
        ...

    def runAndWait(self) -> None:  # noqa: N802  # pyttsx3's name
        """Do what was asked."""
        ...


def main() -> None:
    """Answer each line, {"text", "path"}, with one line: ok, or what went wrong.

    Without a rate, name the voices that there are, and end.
    """
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    if len(sys.argv) < 2:
        print(json.dumps(_ids(_started())), file=answers)
        return
    rate, voice = int(sys.argv[1]), sys.argv[2]
    try:
        engine = _engine(rate, voice)
    except (ImportError, OSError, RuntimeError) as error:
        print(f"missing: {error}".replace("\n", " "), file=answers)
    except LookupError as error:
        print(f"unknown: {error.args[0]}", file=answers)
    else:
        print("ready", file=answers)
        _serve(engine, rate, answers)


def _engine(rate: int, voice: str) -> Writer:
    """Return an engine that was heard to speak *voice* at *rate*, if that can be had at all."""
    engine = _started()
    engine.runAndWait()  # until it has run once, it puts off whatever is set
    if voice:
        engine.setProperty("voice", _known(voice, _ids(engine)))
    with TemporaryDirectory(prefix="voicecheckin-") as folder:
        for number in range(TRIES):
            _set(engine, rate, number)
            length = _written(engine, PROOF, Path(folder) / f"{number}.wav", rate)
            if LIKELY[0] < length < LIKELY[1]:
                break
    return engine


def _started() -> Writer:
    import pyttsx3

    writer: Writer = pyttsx3.init("espeak")
    return writer


def _ids(engine: Writer) -> list[str]:
    """Return the ids of all voices, such as gmw/en-us."""
    return [each.id for each in engine.getProperty("voices")]


def _serve(engine: Writer, rate: int, answers: TextIO) -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        path = Path(asked["path"])
        for number in range(TRIES):
            if _written(engine, asked["text"], path, rate) > TOO_SHORT:
                break
            _set(engine, rate, number)
        spoken = path.exists()
        print("ok" if spoken else "nothing was written", file=answers)


def _set(engine: Writer, rate: int, tries: int) -> None:
    """Have *rate* taken; the more *tries* went before, the more time there is."""
    engine.setProperty("rate", rate)
    time.sleep(SETTLE * 2**tries)


def _written(engine: Writer, text: str, path: Path, rate: int) -> float:
    """Write *text* to *path*; return how long it takes, relative to what is usual at *rate*."""
    path.unlink(missing_ok=True)
    engine.save_to_file(text, str(path))
    engine.runAndWait()
    if not path.exists():
        return 0.0
    with wave.open(str(path)) as sound:
        seconds: float = sound.getnframes() / sound.getframerate()
    letters = max(1, sum(character.isalnum() for character in text))
    return seconds / (letters * SECONDS_A_LETTER / rate)


def _known(voice: str, ids: list[str]) -> str:
    """Return the id of *voice*, such as gmw/en-us for en-us; LookupError names the nearest."""
    names = {one.rpartition("/")[2]: one for one in ids} | {one: one for one in ids}
    if voice.lower() in names:
        return names[voice.lower()]
    near = difflib.get_close_matches(voice.lower(), names, 1, 0.3)
    raise LookupError(f"did you mean {near[0]}?" if near else "espeak-ng --voices lists them.")


if __name__ == "__main__":
    main()
