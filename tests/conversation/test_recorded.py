"""A few sittings are lived as they were recorded, to the sentence and the second.

After a change that is meant, `python -m tests.conversation.test_recorded` records them anew; the
difference between the two files is what changed for a couple.
"""

from pathlib import Path

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Effect, Event
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import Couple, couples

RECORDED = Path(__file__).with_name("recorded")
SITTINGS = [("easy", 2), ("slow", 1), ("interrupting", 5), ("passing", 2), ("mumbling", 3)]


class Recorder:
    """A room on paper that writes down whatever happens in it."""

    def __init__(self, temper: str, seed: int) -> None:
        self._room = PaperRoom(Couple(couples()[temper], seed))
        self.lines: list[str] = []

    def now(self) -> float:
        return self._room.now()

    def perform(self, effect: Effect) -> None:
        self._note(">", effect)
        self._room.perform(effect)

    def wait(self, until: float | None) -> Event:
        event = self._room.wait(until)
        self._note("<", event)
        return event

    def _note(self, sign: str, message: Event | Effect) -> None:
        self.lines.append(f"{self.now():8.2f} {sign} {message}")


def recorded(temper: str, seed: int) -> str:
    """One sitting with the small script, a line for each event and effect."""
    recorder = Recorder(temper, seed)
    run(CheckIn(SMALL, SittingOptions(evening=2)), recorder)
    return "\n".join(recorder.lines) + "\n"


@pytest.mark.parametrize(("temper", "seed"), SITTINGS)
def test_a_recorded_sitting_is_lived_again_to_the_second(temper: str, seed: int) -> None:
    was = (RECORDED / f"{temper}-{seed}.txt").read_text(encoding="utf-8")
    assert recorded(temper, seed).splitlines() == was.splitlines()


if __name__ == "__main__":
    RECORDED.mkdir(exist_ok=True)
    for temper, seed in SITTINGS:
        (RECORDED / f"{temper}-{seed}.txt").write_text(recorded(temper, seed), encoding="utf-8")
