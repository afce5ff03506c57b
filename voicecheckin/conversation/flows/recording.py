"""An offer of each in their own voice: announced, recorded, played back."""

from voicecheckin.conversation.flows.flow import Miss, Outcome, Stage
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.messages import KeepOffers, Record
from voicecheckin.conversation.prompt_queue import Bell, Replay, items
from voicecheckin.conversation.script import Step
from voicecheckin.conversation.states import RECORDING, State, Trigger

LONGEST_OFFER = 20.0
"""Seconds; an offer that needs more is more than one."""
GRACE = 10.0
"""Seconds after which a recording that never ended is taken as silent."""


class Recording:
    """A step of kind record; whether anything of it is kept is asked later, of both."""

    answers: tuple[str, ...] = ()

    def __init__(self, stage: Stage, step: Step, starter: int) -> None:
        """*starter* speaks first."""
        self._stage = stage
        self.step = step
        self.outcome = Outcome()
        self.floor: int | None = starter
        self._speaker = starter
        self._second = False
        self._machine = StateMachine(self, RECORDING, State.READY)

    @property
    def state(self) -> State:
        """Where the flow is."""
        return State(self._machine.state)

    def take(self, trigger: Trigger) -> None:
        """Follow the table."""
        self._machine.fire(trigger)

    def announce(self) -> None:
        """Say what is about to be recorded, and how long it can be; then ring."""
        self.floor = self._speaker
        self._stage.listening.listen(self.step.id, self.floor)
        said = items(self._stage.wording.to(self.step.say, self.floor))
        self._stage.prompter.prompt([*said, Bell("hand_over")])

    def record(self) -> None:
        """Hold one offer in memory."""
        self._stage.present.ask_for(Record(self._speaker, LONGEST_OFFER))
        self._stage.listening.deadline = self._stage.present.now + LONGEST_OFFER + GRACE

    def play_back(self) -> None:
        """Let it be heard."""
        self._stage.listening.listen(self.step.id, self.floor)
        said = items(self._stage.wording.to(self.step.listener, self.floor))
        self._stage.prompter.prompt([*said, Replay(self._speaker)])

    def other_records_next(self) -> bool:
        """Whether the other partner's offer is still to come."""
        return not self._second

    def turn_to_other(self) -> None:
        """The other partner's offer comes next."""
        self._speaker, self._second = 1 - self._speaker, True

    def drop(self) -> None:
        """One of them passed: nothing of tonight's offers is kept."""
        self._stage.present.ask_for(KeepOffers(False))

    def answer(self, meaning: str) -> None:
        """Nothing is asked here."""

    def misunderstand(self, miss: Miss) -> None:
        """Nothing is asked here."""

    def wait_in_silence(self, since: float) -> None:
        """The recorder itself notices the end of a voice."""

    def give_time(self) -> None:
        """The recorder has a time of its own."""

    def let_pass(self, *, hold: bool) -> None:
        """Leave the offers."""
        self.take(Trigger.PASS_OVER)
