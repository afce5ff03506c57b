"""The small script's check-in, led by hand."""

from typing import Self

from tests.by_hand import ByHand
from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Effect,
    Event,
    Heard,
    Listen,
    TimedOut,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State


class Evening(ByHand):
    """A check-in with the small script."""

    def __init__(self, evening: int | None = 2, **more: object) -> None:
        self._asked: Listen | None = None
        super().__init__(CheckIn(SMALL, SittingOptions(evening=evening, **more)))  # type: ignore[arg-type]

    def send(self, event: Event, after: float = 0.0) -> list[Effect]:
        effects = super().send(event, after)
        listened = [effect for effect in effects if isinstance(effect, Listen)]
        self._asked = listened[-1] if listened else self._asked
        return effects

    @property
    def place(self) -> tuple[str, int | None]:
        """The step that is under way, and who has the floor in it."""
        return self.checkin.step_id, self.checkin.floor

    @property
    def asked(self) -> Listen:
        """What is listened for just now."""
        assert self._asked is not None
        return self._asked

    def all_of(self, *kinds: type[Effect]) -> list[Effect]:
        """The effects of these kinds so far."""
        return [effect for effect in self.effects if isinstance(effect, kinds)]

    def settle(self) -> Self:
        """Presence, both consents, the breaths, up to the first turn."""
        return self.answer("yes", "yes", "yes", "yes")

    def say(self, command: Command, after: float = 1.0) -> Self:
        """Somebody says a command."""
        self.send(Heard(command), after)
        return self

    def be_silent(self) -> Self:
        """Nobody says anything until the device does not wait any longer."""
        assert self.checkin.deadline is not None
        self.send(TimedOut(), self.checkin.deadline - self.now)
        return self

    def be_silent_while_asked(self) -> Self:
        """The question is heard out, and nobody answers it."""
        return self.hear_out().be_silent()

    def turn(self) -> Self:
        """A whole turn with its reply, up to the rest after it."""
        step = self.place
        while self.checkin.state is not State.DIGESTING and self.place[0] == step[0]:
            self._go_further()
        return self

    def _go_further(self) -> None:
        match self.checkin.state:
            case State.THINKING:
                self.talk()
            case State.FELT_HEARD:
                self.send(Answered("yes"))
            case State.MORE:
                self.send(Answered("no"))
            case State.SAYING_BACK:
                self.talk().say(Command.DONE)
            case _:
                self.say(Command.DONE)
        if self.checkin.state is not State.DIGESTING:
            self.hear_out()

    def turns(self) -> Self:
        """Both turns of a step, up to what comes next."""
        return self.turn().hear_out().turn().hear_out()

    def pass_step(self) -> Self:
        """Both pass."""
        return self.say(Command.PASS).hear_out().say(Command.PASS).hear_out()

    def live_out(self) -> Self:
        """Pass what can be passed, say no to what can be refused, to the end."""
        while not self.checkin.finished:
            self.hear_out()
            if self.checkin.finished:
                break
            answers = self.checkin.answers
            if answers and not self.asked.turn:
                self.send(Answered("no" if "no" in answers else answers[0]), 1.0)
            else:
                self.say(Command.PASS)
        return self

    def to(self, moment: State) -> Self:
        assert self.checkin.state is moment, self.checkin.state
        return self
