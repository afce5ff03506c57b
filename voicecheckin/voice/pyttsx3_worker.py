"""A process of its own for pyttsx3: reads sentences, writes wav files.

pyttsx3 prints to the standard output and may hang in espeak-ng. Until its loop has run once, it
drops what is set before a sentence. A rate that is set may be cancelled by its next sentence, so
rates are part of the text, as espeak-ng lets them be.
"""

import difflib
import json
import os
import sys
from typing import Protocol


class Known(Protocol):
    """The part of pyttsx3's voice that is used."""

    id: str


class Writer(Protocol):
    """The part of pyttsx3's engine that is used."""

    def getProperty(self, name: str) -> list[Known]:  # noqa: N802  # pyttsx3's name
        """Return the voices."""
        ...

    def setProperty(self, name: str, value: str) -> None:  # noqa: N802  # pyttsx3's name
        """Set the voice."""
        ...

    def save_to_file(self, text: str, filename: str) -> None:
        """Ask for *text* in a wav file."""
        ...

    def runAndWait(self) -> None:  # noqa: N802  # pyttsx3's name
        """Do what was asked."""
        ...


def main() -> None:
    """Speak with the voice that is named, until the input ends.

    The first answer is a list of all voices, or a sentence if the named one is none of them. Then
    each line, [text, path], is answered with true once the text is spoken to that file.
    """
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    import pyttsx3

    engine: Writer = pyttsx3.init("espeak")
    engine.runAndWait()
    ids = [each.id for each in engine.getProperty("voices")]
    voice = sys.argv[1]
    if voice:
        known = {name.rpartition("/")[2]: name for name in ids}
        if voice.lower() not in known:
            print(json.dumps(_meant(voice, list(known))), file=answers)
            return
        engine.setProperty("voice", known[voice.lower()])
    print(json.dumps(ids), file=answers)
    for line in sys.stdin:
        text, path = json.loads(line)
        engine.save_to_file(text, path)
        engine.runAndWait()
        print("true", file=answers)


def _meant(voice: str, known: list[str]) -> str:
    near = difflib.get_close_matches(voice.lower(), known, 1, 0.3)
    return f"did you mean {near[0]}?" if near else "espeak-ng --voices lists them."


if __name__ == "__main__":
    main()
