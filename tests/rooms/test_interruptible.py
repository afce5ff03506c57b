"""A sitting can be broken off at any time, with one goodbye."""

from voicecheckin.conversation.messages import (
    Effect,
    Event,
    Interrupted,
    TimedOut,
    VoiceBegan,
)
from voicecheckin.rooms.interruptible import InterruptibleRoom


class Silence:
    """A room where nothing happens but time, and one voice at 10 s."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def perform(self, effect: Effect) -> None: ...

    def wait(self, until: float | None) -> Event:
        if self.time < 10 and (until is None or until >= 10):
            self.time = 10.0
            return VoiceBegan()
        assert until is not None
        self.time = until
        return TimedOut()


def test_events_and_deadlines_pass_through() -> None:
    room = InterruptibleRoom(Silence())
    assert room.wait(7.0) == TimedOut()
    assert room.now() == 7.0
    assert room.wait(None) == VoiceBegan()
    assert room.now() == 10.0


def test_an_interruption_ends_the_wait_once() -> None:
    room = InterruptibleRoom(Silence())
    room.interrupt()
    assert room.wait(None) == Interrupted()
    assert room.wait(3.0) == TimedOut()
