"""Sittings with the real script that are interrupted once, at any point at which events arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tests.trace import SCRIPT
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    AgreeDate,
    Answered,
    Chime,
    Command,
    Effect,
    Ending,
    Event,
    Heard,
    Hush,
    Keep,
    KeepOffers,
    PlayBack,
    Record,
    Recorded,
    Remember,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import CLOSED, State, Suspended

BRANCH_STEPS = {step.id for steps in SCRIPT.branches.values() for step in steps}
WILLING = ("yes", "ready", "usual", "nothing", "stay", "one")

Way = Mapping[str, str]
"""What is answered, by the id of the question or of the shared step; `turn` is for all turns."""

GATES = [step.id for step in SCRIPT.steps if "hold" in step.answers and "therapist" in step.answers]
WAYS: Mapping[str, Way] = {
    "all yes": {},
    "gates passed": dict.fromkeys(GATES, "pass"),
    "gates held": dict.fromkeys(GATES, "hold"),
    "with a therapist": dict.fromkeys(GATES, "therapist"),
    "turns held": {"turn": "hold"},
    "turns passed": {"turn": "pass"},
    "not yet heard": {"heard": "not yet"},
    "agreements kept": {"O2b": "agreements", "R1-keep": "yes", "R3": "keep"},
    "agreements dropped": {"O2b": "agreements", "R1-keep": "yes", "R3": "let go"},
}
INTERRUPTIONS: Mapping[str, tuple[Event, ...]] = {
    **{one.value: (Heard(one),) for one in Command if one.value in SCRIPT.branches},
    **{
        command.value: (Heard(command),)
        for command in (Command.HELP, Command.REPEAT, Command.SLOWER, Command.LOUDER)
    },
    "pause": (Heard(Command.PAUSE), Heard(Command.GO_ON)),
    "sound lost": (SoundLost(), SoundBack()),
}


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of a sitting, but for its times."""

    steps: tuple[str, ...]
    """The steps of the evening in the order in which they began, without what was put between."""
    kept: tuple[Effect, ...]
    ending: Ending
    places: tuple[int, ...]
    """The numbers of the events at which it stood in a place where it had not been before."""

    def comes_to_the_same(self, other: "Lived") -> bool:
        """Whether the same was visited and kept, to the same end."""
        return (self.steps, self.kept, self.ending) == (other.steps, other.kept, other.ending)


class Sitting:
    """A couple that answers always alike, and one interruption."""

    def __init__(self, options: SittingOptions, way: Way) -> None:
        self._checkin = CheckIn(SCRIPT, options)
        self._way = way
        self._now = 0.0
        self._steps: list[str] = []
        self._kept: list[Effect] = []
        self._recording = False

    def live(self, at: int = -1, interruption: tuple[Event, ...] = ()) -> Lived:
        """Live it to its end; *interruption* happens before the event number *at*."""
        event: Event = Started()
        places: dict[object, int] = {}
        number = 0
        while not self._checkin.finished:
            if number == at:
                for one in interruption:
                    self._handle(one, 1.0)
                event = self._next()
            elif number:
                places.setdefault(self._place, number)
            self._handle(event, 0.0)
            number += 1
            event = self._next()
        return Lived(
            tuple(self._steps), tuple(self._kept), self._checkin.ending, tuple(places.values())
        )

    def _handle(self, event: Event, after: float) -> None:
        self._now += after
        for effect in self._checkin.handle(event, self._now):
            match effect:
                case Speak(step=step) | PlayBack(step=step) | Chime(step=step):
                    self._note(step)
                case Keep() | Remember() | KeepOffers() | AgreeDate():
                    self._kept.append(effect)
                case Record():
                    self._recording = True
                case Hush():
                    self._recording = False

    def _note(self, step: str) -> None:
        here = step not in BRANCH_STEPS and self._checkin.suspended is Suspended.FLOWING
        if here and (not self._steps or self._steps[-1] != step):
            self._steps.append(step)

    def _next(self) -> Event:
        checkin = self._checkin
        if checkin.sounding:
            self._now += 1.0
            return SpeechEnded()
        if checkin.busy and checkin.deadline is not None:
            self._now = max(self._now, checkin.deadline)
            return TimedOut()
        if checkin.state is State.RECORDING:
            self._now += 5.0
            return Recorded(4.0)
        return self._act()

    def _act(self) -> Event:
        checkin = self._checkin
        self._now += 1.0
        if checkin.state in CLOSED:
            return Answered(self._answer())
        if self._way.get("turn") and checkin.step_id not in BRANCH_STEPS:
            return Heard(Command(self._way["turn"]))
        if checkin.voice:
            return VoiceEnded(0.6)
        if checkin.state is State.THINKING or (
            checkin.state is State.SAYING_BACK and checkin.answers == ()
        ):
            if checkin.state is State.SAYING_BACK and self._said_back == self._here:
                return Heard(Command.DONE)
            self._said_back = self._here
            return VoiceBegan()
        return Heard(Command.DONE)

    @property
    def _place(self) -> object:
        checkin = self._checkin
        return checkin.step_id, checkin.floor, checkin.state, checkin.busy, checkin.sounding

    @property
    def _here(self) -> tuple[str, int | None]:
        return self._checkin.step_id, self._checkin.floor

    _said_back: tuple[str, int | None] = ("", None)

    def _answer(self) -> str:
        checkin, answers = self._checkin, self._checkin.answers
        wanted = self._way.get("heard" if checkin.state is State.FELT_HEARD else checkin.step_id)
        if wanted in answers and wanted is not None and checkin.step_id not in BRANCH_STEPS:
            return wanted
        return next((one for one in WILLING if one in answers), answers[0])


def options_of(evening: int, length: str) -> SittingOptions:
    """An evening of that length, by names."""
    return SittingOptions(evening=evening, length=length, names=("Robin", "Sam"))


@cache
def undisturbed(evening: int, length: str, way: str) -> Lived:
    """The sitting that nobody interrupts."""
    return Sitting(options_of(evening, length), WAYS[way]).live()
