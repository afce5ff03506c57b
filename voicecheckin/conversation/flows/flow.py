"""What every flow has to work with, and what it has to offer."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from voicecheckin.conversation.listening import Listening
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.present import Present
from voicecheckin.conversation.prompter import Prompter
from voicecheckin.conversation.rhythm import Rhythm
from voicecheckin.conversation.script import Step
from voicecheckin.conversation.states import State, Trigger
from voicecheckin.conversation.wording import Wording


@dataclass(frozen=True, slots=True)
class Stage:
    """What a sitting's flows share; none of it belongs to one of them."""

    present: Present
    pace: Pace
    wording: Wording
    prompter: Prompter
    listening: Listening
    rhythm: Rhythm
    tone_for_more: bool = False
    """Whether a bell, and no words, asks whether there is more."""


class Miss(Enum):
    """Why what was said is no answer; the value is the line that asks again."""

    UNCLEAR = "unclear_1"
    """It was none of our phrases."""
    DOUBT = "doubt"
    """It was nearly one of them, or could be two."""
    STRAY = "out_of_place"
    """It was a phrase, and no answer to this question."""
    LONG = "ask_again_short"
    """It was too long to be understood."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step led to, once it is done."""

    action: str = "next"
    """What follows, as `Step.then` names it."""
    held: bool = False
    """Whether its topic is to come back on another evening."""
    shared: bool | None = None
    """Whether anyone shared something; None where there was nothing to share."""


class Flow(Protocol):
    """One step from its first word to its outcome."""

    @property
    def step(self) -> Step:
        """The step that is under way."""
        ...

    @property
    def floor(self) -> int | None:
        """Whose turn it is: 0, 1, or None when both are asked."""
        ...

    @property
    def state(self) -> State:
        """Where the flow is; `DONE` once there is an outcome."""
        ...

    @property
    def outcome(self) -> Outcome:
        """What it led to; of use once it is done."""
        ...

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that count just now."""
        ...

    def take(self, trigger: Trigger) -> None:
        """Something happened; the flow's table says what it means here."""
        ...

    def answer(self, meaning: str) -> None:
        """One of the answers was understood."""
        ...

    def misunderstand(self, miss: Miss) -> None:
        """Something was said that is no answer here."""
        ...

    def wait_in_silence(self, since: float) -> None:
        """Nobody speaks, since then (seconds)."""
        ...

    def give_time(self) -> None:
        """Somebody asked for more time."""
        ...

    def let_pass(self, *, hold: bool) -> None:
        """Somebody passes, or sets the topic aside for another evening (*hold*)."""
        ...
