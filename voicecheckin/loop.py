"""The runtime, whole: a check-in, and the room it happens in."""

from typing import Protocol

from voicecheckin.conversation.messages import Effect, Event, Started


class Conversation(Protocol):
    """What the loop needs of a check-in."""

    def handle(self, event: Event, now: float) -> list[Effect]:
        """Take an event that happened at *now* (seconds), return what is to be done."""
        ...

    @property
    def deadline(self) -> float | None:
        """When `TimedOut` is wanted next (seconds), or None."""
        ...

    @property
    def finished(self) -> bool:
        """Whether the sitting is over."""
        ...


class Room(Protocol):
    """Where a check-in happens: a clock, a voice and a pair of ears."""

    def now(self) -> float:
        """Seconds since the room opened."""
        ...

    def perform(self, effect: Effect) -> None:
        """Begin *effect*; never waits for it to end."""
        ...

    def wait(self, until: float | None) -> Event:
        """Return the next event, or TimedOut once *until* (seconds) has passed."""
        ...


def run(checkin: Conversation, room: Room) -> None:
    """Live through one sitting, from Started to its ending."""
    event: Event = Started()
    while True:
        for effect in checkin.handle(event, room.now()):
            room.perform(effect)
        if checkin.finished:
            return
        event = room.wait(checkin.deadline)
