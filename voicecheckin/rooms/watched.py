"""A room that lets others look on: captions, a file of events, a table of times."""

import json
import logging
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.text import Text

from voicecheckin.conversation.messages import (
    Chime,
    Effect,
    Event,
    Listen,
    Noticed,
    Speak,
    VoiceEnded,
)
from voicecheckin.errors import SettingsError, reason
from voicecheckin.loop import Room

logger = logging.getLogger(__name__)


class Observer(Protocol):
    """Looks on, and changes nothing."""

    def saw(self, event: Event, now: float) -> None:
        """*event* happened at *now* (seconds)."""
        ...

    def did(self, effect: Effect, now: float) -> None:
        """*effect* was begun at *now* (seconds)."""
        ...


class WatchedRoom:
    """Any room, with observers; they learn of everything right after it happened."""

    def __init__(
        self, room: Room, observers: Sequence[Observer], notices: deque[str] | None = None
    ) -> None:
        """*notices* are keys of lines that the device has to say; any thread may add to them."""
        self._room = room
        self._observers = observers
        self._notices = deque[str]() if notices is None else notices

    def now(self) -> float:
        """Seconds since the room opened."""
        return self._room.now()

    def perform(self, effect: Effect) -> None:
        """Begin *effect*."""
        self._room.perform(effect)
        for observer in self._observers:
            observer.did(effect, self._room.now())

    def wait(self, until: float | None) -> Event:
        """Return the next event, or TimedOut once *until* (seconds) has passed."""
        event = Noticed(self._notices.popleft()) if self._notices else self._room.wait(until)
        for observer in self._observers:
            observer.saw(event, self._room.now())
        return event


NUMBERS: dict[type[Event | Effect], tuple[str, ...]] = {
    Speak: ("tempo", "gain"),
    Listen: ("floor", "turn", "patience"),
    VoiceEnded: ("silence",),
}
"""What an events file tells beside kind and step. Never a meaning, a command or a text (SR-30)."""


class EventsFile:
    """Writes what the device did and when as JSON lines, never what anybody said."""

    def __init__(self, path: Path) -> None:
        """Begin *path* anew; SettingsError if that cannot be done."""
        try:
            self._file = path.open("w", encoding="utf-8", buffering=1)
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"The events cannot be written to {path}: {reason(error)}."
            ) from error
        self._step = ""
        self._writable = True

    def saw(self, event: Event, now: float) -> None:
        """Write a line for *event*."""
        self._write(event, now)

    def did(self, effect: Effect, now: float) -> None:
        """Write a line for *effect*."""
        if isinstance(effect, Speak | Chime | Listen) and effect.step:
            self._step = effect.step
        self._write(effect, now)

    def close(self) -> None:
        """Let the file go."""
        try:
            self._file.close()
        except OSError as error:
            self._give_up(error)

    def _write(self, message: Event | Effect, now: float) -> None:
        if not self._writable:
            return
        kind = type(message)
        line = {"t": round(now, 2), "kind": kind.__name__, "step": self._step}
        line |= {name: getattr(message, name) for name in NUMBERS.get(kind, ())}
        if isinstance(message, Listen):
            line["answers"] = len(message.answers)
        try:
            self._file.write(json.dumps(line) + "\n")
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """A full disk is no reason to leave two people sitting in silence."""
        if self._writable:
            logger.error("No more events can be written: %s; the sitting goes on.", reason(error))
        self._writable = False


class Captions:
    """Shows the device's own words in step with its voice."""

    def __init__(self, console: Console, *, times: bool = False) -> None:
        """Print to *console*; with *times*, minutes and seconds before each sentence."""
        self._console = console
        self._times = times
        self._step = ""

    def saw(self, event: Event, now: float) -> None:
        """What people say is never shown."""

    def did(self, effect: Effect, now: float) -> None:
        """Show a sentence that begins to sound; a new step begins with an empty line."""
        match effect:
            case Speak(text, step):
                self._show(text, step, now)
            case Chime(_, step):
                self._show("\N{EIGHTH NOTE}", step, now)

    def _show(self, text: str, step: str, now: float) -> None:
        lead = f"{int(now) // 60:3d}:{int(now) % 60:02d}  " if self._times else ""
        gap = "\n" if step != self._step else ""
        self._step = step
        try:
            self._console.print(Text.assemble(gap, (lead, "dim"), text))
        except OSError as error:
            logger.info("no captions: %s", error.strerror)
