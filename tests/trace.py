"""Sittings on paper with the real script, and what happened in them, to look at."""

from dataclasses import dataclass, field

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Effect, Ending, Event, Listen, Speak, TimedOut
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom, speaking_seconds
from voicecheckin.rooms.people import Couple, Temper, couples

SCRIPT = load("en")
EVENINGS = [evening.number for evening in SCRIPT.evenings]
UNHURRIED = couples()["unhurried"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One event or effect, and when it happened (seconds)."""

    at: float
    what: Event | Effect


@dataclass
class Trace:
    """A room on paper that remembers everything."""

    room: PaperRoom
    moments: list[Moment] = field(default_factory=list)
    ending: Ending | None = None

    def now(self) -> float:
        return self.room.now()

    def perform(self, effect: Effect) -> None:
        self.moments.append(Moment(self.now(), effect))
        self.room.perform(effect)

    def wait(self, until: float | None) -> Event:
        event = self.room.wait(until)
        if not isinstance(event, TimedOut):
            self.moments.append(Moment(self.now(), event))
        return event

    @property
    def spoken(self) -> list[tuple[float, Speak]]:
        """Every sentence, and when it began."""
        return [(m.at, m.what) for m in self.moments if isinstance(m.what, Speak)]

    @property
    def listened(self) -> list[tuple[float, Listen]]:
        """Everything listened for, and from when."""
        return [(m.at, m.what) for m in self.moments if isinstance(m.what, Listen)]

    def said_in(self, *steps: str) -> list[str]:
        """The sentences of these steps, in order."""
        return [speak.text for _, speak in self.spoken if speak.step in steps]

    @property
    def device_seconds(self) -> float:
        """How long the device spoke."""
        return sum(speaking_seconds(speak) for _, speak in self.spoken)


def live(couple: str | Temper = "easy", evening: int = 1, seed: int = 0, **more: object) -> Trace:
    """One sitting of that couple; everything in it can be looked at afterwards."""
    temper = couples()[couple] if isinstance(couple, str) else couple
    trace = Trace(PaperRoom(Couple(temper, seed)))
    wishes = {"length": "usual", "names": ("Robin", "Sam"), **more}
    checkin = CheckIn(SCRIPT, SittingOptions(evening=evening, **wishes))  # type: ignore[arg-type]
    run(checkin, trace)
    trace.ending = checkin.ending
    return trace
