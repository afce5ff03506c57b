"""What the ear needs in a process of its own."""

from pathlib import Path

from tests.hearing.voices import words
from voicecheckin.conversation.messages import Listen
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.phrases.phrasebook import load

QUESTIONS = (("yes", "no"), ("one", "two", "three"), ("open", "mostly", "not yet"), ("keep",))


def megabytes() -> float:
    """The most memory used while the small ear hears several questions."""
    book = load()
    ear = Ear(choose("small", book), book)
    for question in QUESTIONS:
        ear.listen(Listen(question))
        sound = words("two_1")
        for start in range(0, sound.size - 479, 480):
            ear.hear(sound[start : start + 480])
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024
