"""A room that lets others look on: captions, a file of events, a table of times."""

import json
import logging
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.text import Text

from voicecheckin.conversation.messages import (
    Chime,
    Effect,
    Event,
    Finish,
    Interrupted,
    Listen,
    SoundBack,
    SoundLost,
    Speak,
    Started,
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


class ObservedRoom:
    """Any room, with observers; they learn of everything right after it happened."""

    def __init__(self, room: Room, observers: Sequence[Observer]) -> None:
        self._room = room
        self._observers = observers

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
        event = self._room.wait(until)
        for observer in self._observers:
            observer.saw(event, self._room.now())
        return event


NUMBERS: dict[type[Event | Effect], tuple[str, ...]] = {
    Speak: ("tempo", "gain"),
    Listen: ("floor", "turn", "patience"),
    VoiceEnded: ("silence",),
}
"""What is told of simulated people beside kind and step; never a meaning or a text (SR-30)."""

OF_THE_DEVICE = (Started, SoundLost, SoundBack, Interrupted, Finish)
"""What is told of real people: how the device fares. The length of a turn tells who passed, and
the length of a sentence tells which one it was, so neither is told."""

Line = dict[str, object]
LineOf = Callable[[Event | Effect, str], Line]
"""What is written of a message within a step; nothing for an empty line."""


def every_message(message: Event | Effect, step: str) -> Line:
    """Kind, step and numbers: for simulated people, who have nothing to hide."""
    kind = type(message)
    line: Line = {"kind": kind.__name__, "step": step}
    line |= {name: getattr(message, name) for name in NUMBERS.get(kind, ())}
    if isinstance(message, Listen):
        line["answers"] = len(message.answers)
    return line


def device_only(message: Event | Effect, step: str) -> Line:
    """The kind of what the device itself went through."""
    return {"kind": type(message).__name__} if isinstance(message, OF_THE_DEVICE) else {}


class EventsFile:
    """Writes what happened and when as JSON lines, readable by its owner only."""

    def __init__(self, path: Path, line_of: LineOf = every_message) -> None:
        """Begin *path* anew; SettingsError if that cannot be done."""
        try:
            self._file = os.fdopen(_private(path), "w", 1, "utf-8")
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"The events cannot be written to {path}: {reason(error)}."
            ) from error
        self._line_of = line_of
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
        line = self._line_of(message, self._step) if self._writable else {}
        if not line:
            return
        try:
            self._file.write(json.dumps({"t": round(now, 2)} | line) + "\n")
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """A full disk is no reason to leave two people sitting in silence."""
        if self._writable:
            logger.error("No more events can be written: %s; the sitting goes on.", reason(error))
        self._writable = False


def _private(path: Path) -> int:
    """Open a file anew that nobody else may read, also where it was there before."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    if stat.S_ISREG(os.fstat(file).st_mode):
        os.fchmod(file, 0o600)
    return file


class Captions:
    """Shows the device's own words in step with its voice."""

    def __init__(self, console: Console, *, times: bool = False) -> None:
        """Print to *console*; with *times*, minutes and seconds before each sentence."""
        self._console = console
        self._times = times
        self._step = ""

    def saw(self, event: Event, now: float) -> None:
        """What people say is never shown."""

    def show(self, text: str, at: float) -> None:
        """Show a line of another kind, such as what simulated people do."""
        self._show(text, self._step, at)

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
