"""The program on a device made of software: a paper card for sound, a voice that is quick.

Usage: twin.py EVENING ARGUMENTS... where EVENING is `whole` or `troubled`. Everything else is the
real thing: settings, cache, store, logging and whatever is written.
"""

import os
import signal
import sys
from collections.abc import Callable

from tests.voice.engines import Murmur
from voicecheckin import cli
from voicecheckin.cli import assembly, setup, sitting, waiting
from voicecheckin.conversation.messages import Effect, Event, Speak
from voicecheckin.panel.panel import Panel
from voicecheckin.panel.presses import Press
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import Act, Couple, couples
from voicecheckin.voice.tts_queue import TtsQueue


class Troubled(Couple):
    """Two who pass, take a time-out in the middle of the hardest question, and stop there."""

    def __init__(self) -> None:
        super().__init__(couples()["easy"], 7)
        self._wishes = {"P1": ["pass"], "D2": ["pass"], "U5": ["time out", "pass", "stop"]}

    def consider(self, now: float) -> list[Act]:
        """Say what they wish at this step, else what others would."""
        wishes = self._wishes.get(self._listen.step)
        if wishes and self._listen.turn:
            return [self._say(now + 1.0, wishes.pop(0))]
        return super().consider(now)


EVENINGS: dict[str, Callable[[], Couple]] = {
    "whole": lambda: Couple(couples()["easy"], 1),
    "troubled": Troubled,
}


class PaperCard:
    """In the place of the sound card: each sentence is fetched as it would be, and read by two."""

    def __init__(self, couple: Couple, speech: TtsQueue, waits: bool) -> None:
        self._room, self._speech, self._waits = PaperRoom(couple), speech, waits

    def now(self) -> float:
        """Seconds since the room opened."""
        return self._room.now()

    def perform(self, effect: Effect) -> None:
        """Begin *effect*; what is said is rendered, or comes from the cache."""
        if isinstance(effect, Speak):
            self._speech.want(effect.text, effect.tempo).result(30.0)
        self._room.perform(effect)

    def wait(self, until: float | None) -> Event:
        """Return the next event."""
        return self._room.wait(until)

    def post(self, event: Event) -> None:
        """Nobody touches it."""

    def interrupt(self) -> None:
        """Nobody breaks it off."""

    def close(self) -> None:
        """Let the voice go; a device that waits is asked to end."""
        self._speech.close()
        if self._waits:
            os.kill(os.getpid(), signal.SIGTERM)


def panel_with_a_hand(*_: object) -> Panel:
    """A button that is pressed once."""
    panel = Panel()
    panel.has_button = True
    panel.presses.put(Press.SHORT)
    return panel


def main(evening: str, *arguments: str) -> int:
    """Run the program with *arguments*."""
    couple = EVENINGS[evening]()
    for module in (sitting, waiting):
        module.available = lambda *_: ""  # type: ignore[assignment]
    waiting.panel_of = panel_with_a_hand
    setup.choose = assembly.choose_voice = lambda *_: Murmur()  # type: ignore[assignment]
    assembly.CardSound = lambda *_: None  # type: ignore[assignment,misc]
    waits = arguments[0] == "wait"

    def room(_: object, speech: TtsQueue, *__: object, **___: object) -> PaperCard:
        return PaperCard(couple, speech, waits)

    assembly.AudioRoom = room  # type: ignore[assignment,misc]
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
