"""A process of its own for pyttsx3: reads sentences, writes wav files.

pyttsx3 prints to the standard output, may hang in espeak-ng, and applies a rate set later than the
first sentence at an uncertain time; so every rate has its own process, which can be ended.
"""

import difflib
import json
import os
import sys
from typing import Protocol, TextIO


class Writer(Protocol):
    """The part of pyttsx3's engine that is used."""

    def save_to_file(self, text: str, filename: str) -> None:
        """Ask for *text* in a wav file."""
        ...

    def runAndWait(self) -> None:  # noqa: N802  # pyttsx3's name
        """Do what was asked."""
        ...


def main() -> None:
    """Answer each line, {"text", "path"}, with one line: ok, or what went wrong."""
    rate, voice = int(sys.argv[1]), sys.argv[2]
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    try:
        import pyttsx3

        engine = pyttsx3.init("espeak")
        if voice:
            engine.setProperty(
                "voice", _known(voice, [each.id for each in engine.getProperty("voices")])
            )
        engine.setProperty("rate", rate)
    except (ImportError, OSError, RuntimeError) as error:
        print(f"missing: {error}".replace("\n", " "), file=answers)
        return
    except LookupError as error:
        print(f"unknown: {error.args[0]}", file=answers)
        return
    print("ready", file=answers)
    _serve(engine, answers)


def _known(voice: str, ids: list[str]) -> str:
    """Return the id of *voice*, such as gmw/en-us for en-us; LookupError names the nearest."""
    names = {one.rpartition("/")[2]: one for one in ids} | {one: one for one in ids}
    if voice.lower() in names:
        return names[voice.lower()]
    near = difflib.get_close_matches(voice.lower(), names, 1, 0.3)
    raise LookupError(f"did you mean {near[0]}?" if near else "espeak-ng --voices lists them.")


def _serve(engine: Writer, answers: TextIO) -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        engine.save_to_file(asked["text"], asked["path"])
        engine.runAndWait()
        print("ok" if os.path.exists(asked["path"]) else "nothing was written", file=answers)


if __name__ == "__main__":
    main()
