"""Sittings with the real script that are interrupted once, at any place they stand in.

`python -m tests.conversation.interruptions EVENING` tries every place of that evening, for every
way of answering and every interruption, and says how many were tried and which failed. That takes
hours for all evenings; `--every 10` tries one place in ten, and `test_interruptions` a sample.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from tests.trace import EVENINGS, SCRIPT
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.journey import returning
from voicecheckin.conversation.messages import (
    AgreeDate,
    Answered,
    Chime,
    Command,
    Effect,
    Ending,
    Event,
    Heard,
    Keep,
    KeepOffers,
    PlayBack,
    Recorded,
    Remember,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    Unspoken,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Role, Step
from voicecheckin.conversation.states import CLOSED, State, Suspended

BETWEEN = ("smaller", "time offer")
"""Branches that the evening itself begins, between two steps."""
PUT_BETWEEN = {
    step.id for name, steps in SCRIPT.branches.items() if name not in BETWEEN for step in steps
}
"""The steps of the branches that somebody calls."""


def playing(*roles: Role) -> list[str]:
    """The ids of the steps that play these roles, also between two steps."""
    between = [step for name in BETWEEN for step in SCRIPT.branches.get(name, ())]
    return [step.id for step in (*SCRIPT.steps, *between) if step.role in roles]


@dataclass(frozen=True, slots=True)
class Way:
    """How a couple answers; everything that is not named here is answered with yes."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """By the id of the question."""
    heard: str = "yes"
    """Whether the speakers feel heard."""
    turn: Command | None = None
    """What is said instead of every turn."""
    silent: bool = False
    """Whether turns are ended by silence, and not by a word."""
    options: Mapping[str, object] = field(default_factory=dict)
    """What is set for the evening."""


GATES, KEPT = playing(Role.GATE), {"memory": "agreements", "keepsakes": True, "offers_kept": True}
WAYS: Mapping[str, Way] = {
    "all yes": Way(),
    "gates passed": Way(dict.fromkeys(GATES, "pass")),
    "gates held": Way(dict.fromkeys(GATES, "hold")),
    "with a therapist": Way(dict.fromkeys(GATES, "therapist")),
    "turns held": Way(turn=Command.HOLD),
    "turns passed": Way(turn=Command.PASS),
    "turns passed, and nothing smaller": Way(
        dict.fromkeys(playing(Role.SMALLER), "no"), turn=Command.PASS
    ),
    "turns ended by silence": Way(silent=True),
    "not yet heard": Way(heard="not yet"),
    "kept": Way(options=KEPT),
    "not kept": Way(
        dict.fromkeys(playing(Role.MEMORY, Role.KEEP, Role.HEAR_KEPT), "no"), options=KEPT
    ),
    "sorry not welcome": Way(dict.fromkeys(playing(Role.WELCOME), "no")),
    "nobody is sorry": Way(dict.fromkeys(playing(Role.SORRY), "no")),
    "gone on with": Way(options={"resume": "first"}),
}
Interruption = tuple[Event | float, ...]
"""Events, and seconds between them."""
LEAVING = (Command.TIME_OUT, Command.OVERWHELMED, Command.HEAVY)
"""Branches whose own promise is not to go on where it was."""
RESUMING: Mapping[str, Interruption] = {
    **{
        command.value: (Heard(command),)
        for command in Command
        if command.value in SCRIPT.branches and command not in LEAVING
    },
    **{
        command.value: (Heard(command),)
        for command in (
            *(Command.HELP, Command.REPEAT, Command.SLOWER, Command.LOUDER, Command.SOFTER),
            *(Command.FASTER, Command.MORE_TIME),
        )
    },
    "pause": (Heard(Command.PAUSE), 20.0, Heard(Command.GO_ON)),
    "long pause": (Heard(Command.PAUSE), 90.0, Heard(Command.GO_ON)),
    "sound lost": (SoundLost(), 20.0, SoundBack()),
    "unspoken": (Unspoken(),),
    "not alone, and not alone again": (Heard(Command.NOT_ALONE), 3.0, Heard(Command.NOT_ALONE)),
    "rules while they disagree": (Heard(Command.DISAGREE), 3.0, Heard(Command.RULES)),
    "pause while not alone": (
        *(Heard(Command.NOT_ALONE), 3.0, Heard(Command.PAUSE)),
        *(20.0, Heard(Command.GO_ON)),
    ),
}


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of a sitting, but for its times."""

    steps: tuple[str, ...]
    """The steps of the evening in the order in which they began, without what was put between."""
    kept: tuple[Effect, ...]
    ending: Ending
    places: tuple[tuple[int, str], ...]
    """The numbers of the events at which it stood where it had not been before, and the steps."""
    before: int
    """How many steps had begun as it was interrupted."""

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
        self._said_back: tuple[str, int | None] = ("", None)

    def live(self, at: int = -1, interruption: Interruption = ()) -> Lived:
        """Live it to its end; *interruption* happens before the event number *at*."""
        event: Event = Started()
        places: dict[object, tuple[int, str]] = {}
        number = before = 0
        while not self._checkin.finished:
            if number == at:
                before = len(self._steps)
                for one in interruption:
                    self._happen(one)
                self._said_back = ("", None)  # whoever was asked to respond is asked again
                event = self._next()
            elif number:
                places.setdefault(self._place, (number, self._checkin.step_id))
            if not self._checkin.finished:
                self._happen(event)
            number += 1
            event = self._next()
        return Lived(
            tuple(self._steps),
            tuple(self._kept),
            self._checkin.ending,
            tuple(places.values()),
            before,
        )

    def _happen(self, event: Event | float) -> None:
        if isinstance(event, float):
            self._now += event
            return
        if isinstance(event, Unspoken) and not self._checkin.sounding:
            return
        for effect in self._checkin.handle(event, self._now):
            match effect:
                case Speak(step=step) | PlayBack(step=step) | Chime(step=step):
                    self._note(step)
                case Keep() | Remember() | KeepOffers() | AgreeDate():
                    self._kept.append(effect)

    def _note(self, step: str) -> None:
        here = step not in PUT_BETWEEN and self._checkin.suspended is Suspended.FLOWING
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
        checkin, way = self._checkin, self._way
        self._now += 5.0
        if checkin.state in CLOSED:
            return Answered(self._answer())
        if way.turn is not None and checkin.step_id not in PUT_BETWEEN:
            return Heard(way.turn)
        if checkin.voice:
            return VoiceEnded(0.6)
        if checkin.state is State.THINKING or self._has_not_replied():
            return VoiceBegan()
        if way.silent and checkin.deadline is not None:
            self._now = max(self._now, checkin.deadline)
            return TimedOut()
        return Answered("no") if checkin.state is State.MORE else Heard(Command.DONE)

    def _has_not_replied(self) -> bool:
        here = self._checkin.step_id, self._checkin.floor
        if self._checkin.state is not State.SAYING_BACK or self._said_back == here:
            return False
        self._said_back = here
        return True

    def _answer(self) -> str:
        checkin, answers = self._checkin, self._checkin.answers
        wanted = self._way.answers.get(checkin.step_id, "yes")
        if checkin.state is State.FELT_HEARD:
            wanted = self._way.heard
        wanted = "yes" if checkin.step_id in PUT_BETWEEN else wanted
        return wanted if wanted in answers else answers[0]

    @property
    def _place(self) -> object:
        checkin = self._checkin
        return checkin.step_id, checkin.floor, checkin.state, checkin.busy, checkin.sounding


def options_of(evening: int, length: str, way: str = "all yes") -> SittingOptions:
    """An evening of that length, by names, as that couple sets it."""
    set_for_it = dict(WAYS[way].options)
    if "resume" in set_for_it:
        frame = {*SCRIPT.opening, *returning(SCRIPT)}
        topics = next(one.topics for one in SCRIPT.evenings if one.number == evening)
        set_for_it["resume"] = next(topic for topic in topics if topic not in frame)
    names = ("Robin", "Sam")
    return SittingOptions(evening=evening, length=length, names=names, **set_for_it)  # type: ignore[arg-type]


def live(
    evening: int, length: str, way: str, at: int = -1, interruption: Interruption = ()
) -> Lived:
    """One sitting of that couple, interrupted there."""
    return Sitting(options_of(evening, length, way), WAYS[way]).live(at, interruption)


@cache
def undisturbed(evening: int, length: str, way: str) -> Lived:
    """The sitting that nobody interrupts."""
    return live(evening, length, way)


STEPS: Mapping[str, Step] = {step.id: step for step in SCRIPT.steps}
VOICE_ASKED_FOR = {
    step.id
    for step in SCRIPT.steps
    for record in SCRIPT.steps
    if record.role is Role.RECORD and record.id in (step.id, *(step.needs or ())[:1])
}
"""Whether an offer may be kept in one's own voice, and what follows from it."""
FRAME = {*SCRIPT.opening, *SCRIPT.closing, *returning(SCRIPT)}


def opens_deep(step: str) -> bool:
    """Whether a step is deep, and does not bring back to solid ground."""
    return step in STEPS and STEPS[step].pacing == "D" and not STEPS[step].landing


def broken_promise(usual: Lived, lived: Lived, where: str, command: Command) -> str:
    """What is wrong after two yeses to such a branch at the step *where*; empty if nothing is.

    After a heavy moment the topic is left, and does not come back by itself; after a time-out it
    begins again from its first turn. Either way nothing else that is deep is
    opened, nobody's voice is asked for, and the evening ends as it would.
    """
    after = lived.steps[lived.before :]
    topic = STEPS[where].topic if where in STEPS else ""
    again = [step for step in after if step in STEPS and STEPS[step].topic == topic]
    in_turn = topic not in FRAME and lived.before > 0
    if lived.ending is not usual.ending:
        return f"it ended as {lived.ending.value}"
    if command is Command.TIME_OUT:
        if any(opens_deep(step) and STEPS[step].topic != topic for step in after):
            return "another deep topic was opened"
        left_out = set(usual.steps) - set(lived.steps) - VOICE_ASKED_FOR
        if in_turn and left_out - _deep_elsewhere(usual, topic):
            return "something was left out"
        return ""
    if in_turn and again:
        return f"{again[0]} was taken up again"
    if any(opens_deep(step) for step in after):
        return "something deep was opened"
    held = {one.topic for one in lived.kept if isinstance(one, Keep) and one.held}
    return "it would come back by itself" if topic in held else ""


def _deep_elsewhere(usual: Lived, topic: str) -> set[str]:
    deep = {STEPS[step].topic for step in usual.steps if opens_deep(step)} - {topic}
    return {step for step in usual.steps if step in STEPS and STEPS[step].topic in deep}


def sweep(evening: int, length: str, every: int) -> Iterator[tuple[str, bool]]:
    """One place in *every*, for each way and interruption: what it was, and whether it held."""
    for number, way in enumerate(WAYS):
        usual = undisturbed(evening, length, way)
        for at, step in usual.places[number % every :: every]:
            for name, interruption in RESUMING.items():
                lived = live(evening, length, way, at, interruption)
                yield f"{way}, {name} at {step} ({at})", lived.comes_to_the_same(usual)
            for command in LEAVING:
                lived = live(evening, length, way, at, (Heard(command),))
                wrong = broken_promise(usual, lived, step, command)
                yield f"{way}, {command.value} at {step} ({at}): {wrong}", not wrong


def main() -> int:
    """Sweep the evenings that were asked for; 1 if anything failed."""
    parser = ArgumentParser(prog="interruptions", description=main.__doc__)
    parser.add_argument("evenings", type=int, nargs="*", metavar="EVENING", default=EVENINGS)
    parser.add_argument("--length", choices=["usual", "short"], default="usual")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one place in N")
    wished = parser.parse_args()
    worst = 0
    for evening in wished.evenings:
        tried = failed = 0
        for what, held in sweep(evening, wished.length, wished.every):
            tried, failed = tried + 1, failed + (not held)
            if not held:
                print(f"evening {evening}, {wished.length}: {what}", flush=True)
        print(f"evening {evening}, {wished.length}: {tried} tried, {failed} failed", flush=True)
        worst = max(worst, failed)
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
