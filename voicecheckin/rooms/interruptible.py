"""A room whose wait can be broken off by Ctrl-C, or by the system going down."""

from voicecheckin.conversation.messages import Effect, Event, Interrupted, TimedOut
from voicecheckin.loop import Room

LOOK = 0.2
"""Seconds between two looks at whether somebody wants to break off."""


class InterruptibleRoom:
    """Any room; `interrupt` may be called from a signal, and changes nothing but the next event."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._wanted = False

    def interrupt(self) -> None:
        """Let the wait that is under way, or the next one, return Interrupted."""
        self._wanted = True

    def now(self) -> float:
        """Seconds since the room opened."""
        return self._room.now()

    def perform(self, effect: Effect) -> None:
        """Begin *effect*."""
        self._room.perform(effect)

    def wait(self, until: float | None) -> Event:
        """Return the next event, or TimedOut once *until* (seconds) has passed."""
        while not self._wanted:
            look = self._room.now() + LOOK
            soon = look if until is None else min(look, until)
            event = self._room.wait(soon)
            if not isinstance(event, TimedOut) or soon == until:
                return event
        self._wanted = False
        return Interrupted()
