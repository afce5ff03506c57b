"""The help line and the consents can be stopped, and are never skipped by accident."""

import pytest

from tests.by_hand import ByHand
from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Command,
    Effect,
    Ending,
    Event,
    Heard,
    Speak,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State

OTHERS = [Command.PASS, Command.HOLD, Command.DONE, Command.SLOWER, Command.MORE_TIME]
"""Commands that make the evening go on elsewhere."""


class Interrupted(ByHand):
    """A check-in in which *word* is said within every sentence of one step."""

    def __init__(self, step: str, word: Command) -> None:
        self.step, self.word = step, word
        self.spoken: list[tuple[str, str]] = []
        super().__init__(CheckIn(SMALL, SittingOptions(evening=2)))

    def send(self, event: Event, after: float = 0.0) -> list[Effect]:
        effects = super().send(event, after)
        for effect in effects:
            if isinstance(effect, Speak):
                self.spoken.append((effect.step, effect.text))
                if effect.step == self.step and self.spoken.count(self.spoken[-1]) == 1:
                    self.send(Heard(self.word), 0.5)
        return effects


@pytest.mark.parametrize("word", OTHERS)
def test_nothing_but_stop_leads_past_the_help_line(word: Command) -> None:
    evening = Interrupted("O4", word).answer("yes", "yes", "yes")
    texts = [text for step, text in evening.spoken if step == "O4"]
    assert [text for text in ("Help is there.", "For anyone.") if text in texts] == [
        "Help is there.",
        "For anyone.",
    ]
    assert "A1" in [step for step, _ in evening.spoken]


def test_the_help_line_can_be_stopped() -> None:
    evening = Interrupted("O4", Command.STOP).answer("yes", "yes", "yes")
    assert "A1" not in [step for step, _ in evening.spoken]
    assert evening.checkin.ending is Ending.STOPPED


@pytest.mark.parametrize("word", [Command.PASS, Command.HOLD])
def test_passing_on_a_consent_is_no_consent(word: Command) -> None:
    evening = Interrupted("O2a", word).answer("yes")
    assert evening.checkin.ending is Ending.DECLINED


@pytest.mark.parametrize("word", [Command.DONE, Command.SLOWER, Command.MORE_TIME])
def test_a_consent_is_still_asked_for_after_other_words(word: Command) -> None:
    evening = Interrupted("O2a", word).answer("yes")
    assert "O4" not in [step for step, _ in evening.spoken]
    assert evening.checkin.step_id == "O2a"
    assert evening.checkin.state is State.ASKING
