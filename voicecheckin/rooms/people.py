"""Simulated couples: when they speak, how long, and what they say.

A couple is data (`couples.toml`). It decides in seconds and phrase ids; a room on paper turns that
into events at once, a kitchen into sound.
"""

import random
import tomllib
from dataclasses import dataclass, field, replace
from importlib.resources import files

from voicecheckin.conversation.messages import Command, Listen
from voicecheckin.errors import SettingsError

PREFERRED = ("yes", "ready", "usual", "nothing", "three", "about right", "mostly", "no")
"""What an obliging person answers, in the order of liking."""

GOING_ON = ("go on", "continue", "carry on")
"""What people say in turn to end a pause, until the device says something."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A few words: a phrase we know, or a mumble."""

    at: float
    """When it begins (seconds)."""
    who: int
    """0 or 1."""
    meaning: str | None
    """The phrase id; None for words that are none of ours."""
    words: str
    """What is said, for a room with sound."""
    seconds: float = 0.8
    """How long it takes on paper."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A free turn: stretches of speech with pauses between them."""

    at: float
    """When it begins (seconds)."""
    who: int
    stretches: tuple[tuple[float, float], ...]
    """Seconds of speech, and of the pause after it."""


Act = Utterance | Talk


@dataclass(frozen=True, slots=True)
class Temper:
    """How a couple behaves; all ranges in seconds, all chances from 0 to 1."""

    about: str
    think: tuple[float, float] = (2.0, 5.0)
    """Silence before a turn."""
    stretch: tuple[float, float] = (3.0, 7.0)
    """Speech between two pauses of a turn."""
    stretches: tuple[int, int] = (2, 4)
    """How many stretches a turn has."""
    replies: tuple[int, int] = (1, 2)
    """How many stretches the listener's line has."""
    pause: tuple[float, float] = (0.5, 2.0)
    """Pauses inside a turn."""
    answer: tuple[float, float] = (0.8, 2.0)
    """Silence before an answer."""
    passes: float = 0.0
    """Chance to pass a turn or a question that may be passed."""
    mumbles: float = 0.0
    """Chance that an answer is none of our phrases, or does not fit."""
    commands: float = 0.0
    """Chance of an open command at each opportunity."""
    stops_after: int = 0
    """Turns after which somebody says stop; 0 for never."""
    words: tuple[str, ...] = field(default=())
    """Words of mumbled answers."""


def couples() -> dict[str, Temper]:
    """All simulated couples by name."""
    text = files("voicecheckin.rooms").joinpath("couples.toml").read_text(encoding="utf-8")
    return {name: _temper(table) for name, table in tomllib.loads(text).items()}


def _temper(table: dict[str, object]) -> Temper:
    plain = {key: tuple(one) if isinstance(one, list) else one for key, one in table.items()}
    return Temper(**plain)  # type: ignore[arg-type]  # our own file; a test loads it


def couple(name: str, seed: int = 0) -> "Couple":
    """The couple of that name; SettingsError names the others if there is none."""
    known = couples()
    if name not in known:
        raise SettingsError(f"There is no couple called {name!r}; choose from {', '.join(known)}.")
    return Couple(known[name], seed)


DISTURBANCES = (
    Command.PAUSE,
    Command.REPEAT,
    Command.SLOWER,
    Command.FASTER,
    Command.HELP,
    Command.MORE_TIME,
    Command.LOUDER,
    Command.SOFTER,
    Command.TIME_OUT,
    Command.OVERWHELMED,
    Command.DISAGREE,
    Command.NOT_ALONE,
)


class Couple:
    """Two people at a table; they act when the device is silent and it is their turn."""

    def __init__(self, temper: Temper, seed: int = 0) -> None:
        self._temper = temper
        self._chance = random.Random(seed)
        self._listen = Listen()
        self._talked = False
        self._mumbled = False
        self._said_enough = False
        self._replies = False
        self._floor: int | None = None
        self._stopped = False
        self._turns = 0
        self._paused = False
        self._tries = 0

    def note_speech(self) -> None:
        """The device says something: if they wanted to go on, it does."""
        self._paused = self._paused and not self._tries

    def note(self, listen: Listen) -> None:
        """The device listens for something else now."""
        if listen != self._listen:
            if listen.turn and not listen.answers:
                other = self._floor not in (None, listen.floor)
                answers = other and self._listen.step == listen.step
                self._replies = not self._replies and answers
                self._floor = listen.floor
            if not (listen.turn and listen.answers) and not self._is_taken_back(listen):
                self._talked = False
            self._mumbled = self._said_enough = False
        self._listen = listen

    def _is_taken_back(self, listen: Listen) -> bool:
        """Whether the device withdrew a question, since somebody was still speaking."""
        was = self._listen
        asked_other = was.floor not in (None, listen.floor) and not was.answers and not was.turn
        return (
            listen.turn and asked_other and (self._floor, was.step) == (listen.floor, listen.step)
        )

    def consider(self, now: float) -> list[Act]:
        """What they do, now that the device is silent and nobody has anything under way."""
        disturbance = self._disturb(now)
        if disturbance:
            return disturbance
        if self._listen.turn:
            return self._take_turn(now)
        if self._listen.answers:
            return [self._answer(now)]
        return []

    def _disturb(self, now: float) -> list[Act]:
        if self._paused:
            return [self._end_pause(now)]
        stop = self._temper.stops_after
        if stop and self._turns >= stop and not self._stopped:
            self._stopped = True
            return [self._say(now + 1.0, Command.STOP.value)]
        if self._chance.random() >= self._temper.commands:
            return []
        command = self._chance.choice(DISTURBANCES)
        self._paused, self._tries = command is Command.PAUSE, 0
        return [self._say(now + self._between(self._temper.answer), command.value)]

    def _end_pause(self, now: float) -> Utterance:
        """Say "go on" after a while; whoever is not understood says it otherwise, and soon."""
        words = GOING_ON[self._tries % len(GOING_ON)]
        after = self._temper.answer if self._tries else (5.0, 60.0)
        self._tries += 1
        return replace(self._say(now + self._between(after), Command.GO_ON.value), words=words)

    def _take_turn(self, now: float) -> list[Act]:
        if self._talked:
            if self._listen.answers and not self._said_enough:
                self._said_enough = True
                at = now + self._between(self._temper.answer)
                return [self._say(at, self._listen.answers[0])]
            return []
        self._talked = True
        self._turns += 1
        if self._chance.random() < self._temper.passes:
            return [self._say(now + self._between(self._temper.answer), Command.PASS.value)]
        lengths = self._temper.replies if self._replies else self._temper.stretches
        count = self._chance.randint(*lengths)
        stretches = tuple(
            (self._between(self._temper.stretch), self._between(self._temper.pause))
            for _ in range(count)
        )
        at = now + self._between(self._temper.think)
        return [Talk(at, self._listen.floor or 0, stretches)]

    def _answer(self, now: float) -> Utterance:
        at = now + self._between(self._temper.answer)
        if self._chance.random() < self._temper.mumbles and not self._mumbled:
            self._mumbled = True
            return Utterance(at, self._who(), None, self._chance.choice(self._temper.words))
        answers = self._listen.answers
        if "pass" in answers and self._chance.random() < self._temper.passes:
            return self._say(at, "pass")
        liked = [answer for answer in PREFERRED if answer in answers]
        return self._say(at, liked[0] if liked else self._chance.choice(answers))

    def _say(self, at: float, meaning: str) -> Utterance:
        return Utterance(at, self._who(), meaning, meaning)

    def _who(self) -> int:
        return self._chance.randrange(2) if self._listen.floor is None else self._listen.floor

    def _between(self, bounds: tuple[float, float]) -> float:
        return round(self._chance.uniform(*bounds), 2)
