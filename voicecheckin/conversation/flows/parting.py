"""The end of a sitting: goodnight in full, or one short goodbye for a program that must end now."""

from voicecheckin.conversation.flows.flow import Miss, Outcome, Stage
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.prompt_queue import items
from voicecheckin.conversation.script import Step
from voicecheckin.conversation.states import PARTING, State, Trigger

BEFORE_GOODNIGHT = 1.0
"""Seconds of quiet before the closing words, the same at every ending (SR-08)."""


class Parting:
    """The last flow of a sitting; its words are the same whatever happened."""

    floor: int | None = None
    answers: tuple[str, ...] = ()

    def __init__(self, stage: Stage, step: Step, *, hurried: bool = False) -> None:
        """Say *step*, or only goodbye if the program is *hurried*."""
        self._stage = stage
        self.step = step
        self.outcome = Outcome()
        self._hurried = hurried
        self._machine = StateMachine(self, PARTING, State.READY)

    @property
    def state(self) -> State:
        """Where the flow is."""
        return State(self._machine.state)

    def take(self, trigger: Trigger) -> None:
        """Follow the table."""
        self._machine.fire(trigger)

    def in_a_hurry(self) -> bool:
        """Whether there is only time for one word."""
        return self._hurried

    def say_goodnight(self) -> None:
        """Say the closing words."""
        self._stage.listening.listen(self.step.id, None)
        said = self._stage.wording.to(self.step.say, None)
        self._stage.prompter.prompt(items(said), BEFORE_GOODNIGHT)

    def say_goodbye(self) -> None:
        """Say one short word."""
        self._stage.prompter.say(items(self._stage.wording.line("goodbye")))

    def answer(self, meaning: str) -> None:
        """Nothing is asked any more."""

    def misunderstand(self, miss: Miss) -> None:
        """Nothing is asked any more."""

    def wait_in_silence(self, since: float) -> None:
        """Nobody is waited for any more."""

    def give_time(self) -> None:
        """Nobody is waited for any more."""

    def let_pass(self, *, hold: bool) -> None:
        """The closing words are said to everybody."""
