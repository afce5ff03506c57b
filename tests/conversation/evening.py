"""The small script's check-in, led by hand."""

from typing import Self

from tests.by_hand import ByHand
from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Answered, Command, Heard
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State


class Evening(ByHand):
    """A check-in with the small script."""

    def __init__(self, evening: int = 2, **more: object) -> None:
        super().__init__(CheckIn(SMALL, SittingOptions(evening=evening, **more)))  # type: ignore[arg-type]

    def settle(self) -> Self:
        """Both consents, the breaths, up to the first turn."""
        return self.answer("yes", "yes", "yes", "nothing", "nothing", "ready")

    def turn(self) -> Self:
        """A whole turn with its answer, up to the rest after it."""
        self.talk().send(Heard(Command.DONE))
        self.hear_out().talk().send(Heard(Command.DONE))
        self.hear_out().send(Answered("yes"))
        return self

    def to(self, moment: State) -> Self:
        assert self.checkin.state is moment, self.checkin.state
        return self
