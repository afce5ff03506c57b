"""Something is told, shown as a rest, or played: nothing is asked."""

from collections.abc import Sequence

from voicecheckin.conversation.flows.flow import Miss, Outcome, Stage
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.prompt_queue import Item, Replay, items
from voicecheckin.conversation.script import Step
from voicecheckin.conversation.states import TELLING, State, Trigger


class Telling:
    """A step of kind tell, settle or replay."""

    floor: int | None = None
    answers: tuple[str, ...] = ()

    def __init__(self, stage: Stage, step: Step, rest_before: float = 0.0) -> None:
        """*rest_before*: seconds of quiet before its first words."""
        self._stage = stage
        self.step = step
        self.outcome = Outcome()
        self._rest_before = rest_before
        self._machine = StateMachine(self, TELLING, State.READY)

    @property
    def state(self) -> State:
        """Where the flow is."""
        return State(self._machine.state)

    def take(self, trigger: Trigger) -> None:
        """Follow the table."""
        self._machine.fire(trigger)

    def tell(self) -> None:
        """Say it all."""
        rest, self._rest_before = self._rest_before, 0.0
        self._stage.listening.listen(self.step.id, None)
        self._stage.prompter.prompt(self._row(), rest)

    def _row(self) -> Sequence[Item]:
        said = list(items(self._stage.wording.to(self.step.say, None)))
        return [*said, Replay(None)] if self.step.kind == "replay" else said

    def is_a_rest(self) -> bool:
        """Whether it is a spoken rest."""
        return self.step.kind == "settle"

    def answer(self, meaning: str) -> None:
        """Nothing is asked here."""

    def misunderstand(self, miss: Miss) -> None:
        """Nothing is asked here."""

    def wait_in_silence(self, since: float) -> None:
        """Nobody is waited for here."""

    def give_time(self) -> None:
        """Nobody is waited for here."""

    def let_pass(self, *, hold: bool) -> None:
        """Skip what is told, unless everybody is to hear it."""
        if not self.step.fixed:
            self.take(Trigger.PASS_OVER)
