"""What every flow has to work with, and what it has to offer."""

from dataclasses import dataclass
from typing import Protocol

from voicecheckin.conversation.listening import Listening
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.present import Present
from voicecheckin.conversation.prompter import Prompter
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step led to, once it is done."""

    action: str = "next"
    """What follows, as `Step.then` names it."""
    held: bool = False
    """Whether its topic is to come back on another evening."""


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

    def misunderstand(self, *, doubt: bool = False, stray: bool = False) -> None:
        """No answer was said: nearly one (*doubt*), or a phrase from elsewhere (*stray*)."""
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
