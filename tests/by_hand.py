"""Check-ins that a test leads by hand."""

from collections.abc import Iterator
from typing import Self

from tests.trace import SCRIPT, live
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Effect,
    Event,
    Heard,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions


class ByHand:
    """A check-in that a test leads by hand; speech takes a second, rests take what they take."""

    def __init__(self, checkin: CheckIn) -> None:
        self.checkin = checkin
        self.now = 0.0
        self.effects: list[Effect] = []
        self.rests: list[float] = []
        self.send(Started())

    def send(self, event: Event, after: float = 0.0) -> list[Effect]:
        self.now += after
        effects = self.checkin.handle(event, self.now)
        self.effects += effects
        return effects

    @property
    def said(self) -> list[str]:
        return [effect.text for effect in self.effects if isinstance(effect, Speak)]

    @property
    def sounding(self) -> bool:
        return self.checkin.sounding

    def next(self) -> bool:
        """Let the next sound or rest end; False once the people are waited for."""
        if not self.checkin.busy:
            return False
        if self.sounding:
            self.send(SpeechEnded(), 1.0)
            return True
        assert self.checkin.deadline is not None
        self.rests.append(self.checkin.deadline - self.now)
        self.send(TimedOut(), self.rests[-1])
        return True

    def hear_out(self) -> Self:
        """Let the device finish what it is saying."""
        while self.next():
            pass
        return self

    def answer(self, *meanings: str) -> Self:
        for meaning in meanings:
            self.hear_out().send(Answered(meaning), 1.0)
        return self.hear_out()

    def talk(self, seconds: float = 5.0) -> Self:
        self.send(VoiceBegan(), after=2.0)
        self.send(VoiceEnded(), after=seconds)
        return self


class Table(ByHand):
    """Such a check-in with the real script."""

    def __init__(
        self, evening: int | None = 1, length: str | None = "usual", pace: float = 1.0
    ) -> None:
        names = ("Robin", "Sam")
        super().__init__(CheckIn(SCRIPT, SittingOptions(evening, length, names=names, pace=pace)))

    def walk(self) -> Iterator["Table"]:
        """Every place of an evening in which the device waits, a willing couple in it."""
        while not self.checkin.finished:
            self.hear_out()
            if self.checkin.finished:
                return
            yield self
            if self.checkin.finished:
                return
            answers = self.checkin.answers
            if self.checkin.state.value in ("asking", "felt heard?"):
                liked = [a for a in ("yes", "ready", "usual", "nothing") if a in answers]
                self.send(Answered(liked[0] if liked else answers[0]), 1.0)
            else:
                self.talk(4.0).send(Heard(Command.DONE))


def places(evening: int) -> int:
    return sum(1 for _ in Table(evening).walk())


def at_place(evening: int, number: int, pace: float = 1.0) -> Table:
    for count, table in enumerate(Table(evening, pace=pace).walk()):
        if count == number:
            return table
    raise AssertionError("no such place")


CLOSING = live("easy").said_in("C6")
"""What is said at the end of every sitting."""


def closing_after(table: Table) -> list[str]:
    """The last words; nobody is asked for anything any more."""
    while table.next():
        pass
    assert table.checkin.finished
    return table.said[-len(CLOSING) :]
