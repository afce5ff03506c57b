"""What the device listens for, and how long it waits for people."""

from collections.abc import Sequence

from voicecheckin.conversation.messages import Listen
from voicecheckin.conversation.pace import FALSE_START, LONGEST_DOUBT, SECOND_START
from voicecheckin.conversation.present import Present


class Listening:
    """Open ears, and the deadline of a silence."""

    def __init__(self, present: Present, *, tentative: bool = False, by_hand: bool = False) -> None:
        """*tentative*: the sitting may have begun by mistake, until somebody answers.

        Where it was begun *by_hand*, it is asked once more before it is taken for one.
        """
        self._present = present
        self._open: Listen | None = None
        self._given_up_at = 0.0
        self.tentative = tentative
        self._asks_again = by_hand
        self._patience = FALSE_START
        self.deadline: float | None = None
        """When the silence that is waited for has passed (seconds)."""

    def start(self) -> None:
        """The sitting begins now."""
        self._given_up_at = self._present.now + LONGEST_DOUBT

    def listen(
        self,
        step: str,
        floor: int | None,
        answers: Sequence[str] = (),
        *,
        turn: bool = False,
        patience: float = 1.0,
        plain: bool = False,
    ) -> None:
        """Listen for *answers* and the open commands from now on."""
        wanted = Listen(tuple(answers), turn, step, floor, patience, plain)
        if wanted != self._open:
            self._open = wanted
            self._present.ask_for(wanted)

    def voice_began(self) -> None:
        """Somebody speaks: no silence is waited for; where nobody may be there, not for ever."""
        self.deadline = self._given_up_at if self.tentative else None

    def asks_again(self) -> bool:
        """Whether it is asked once more before nobody is thought to be there; true once at most."""
        again, self._asks_again = self._asks_again, False
        self._patience = SECOND_START if again else self._patience
        return again

    def wait_until(self, since: float, deadline: float) -> None:
        """A silence began at *since*; it is met at *deadline* unless somebody speaks (seconds)."""
        if self.tentative:
            self.deadline = self._given_up_at if self._present.voice else since + self._patience
        else:
            self.deadline = None if self._present.voice else deadline
