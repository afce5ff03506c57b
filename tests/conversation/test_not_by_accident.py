"""The help line and the consents can be stopped, and are never skipped by accident."""

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Event,
    Heard,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
)

OTHERS = [Command.PASS, Command.HOLD, Command.DONE, Command.FASTER, Command.MORE_TIME]
"""Commands that make the evening go on elsewhere."""


class Evening:
    """A check-in in which *word* is said within every sentence of one step."""

    def __init__(self, step: str, word: Command) -> None:
        self.checkin = CheckIn(SMALL, evening=2)
        self.step, self.word = step, word
        self.now, self.said = 0.0, list[tuple[str, str]]()
        self.send(Started())

    def send(self, event: Event) -> None:
        """Let something happen, and see what is said."""
        for effect in self.checkin.handle(event, self.now):
            if isinstance(effect, Speak):
                self.said.append((effect.step, effect.text))
                if effect.step == self.step and self.said.count(self.said[-1]) == 1:
                    self.now += 0.5
                    self.send(Heard(self.word))

    def answer(self, *meanings: str) -> "Evening":
        """Give each answer once it is waited for; then let the device finish."""
        for meaning in meanings:
            self.listen_out()
            self.send(Answered(meaning))
        return self.listen_out()

    def listen_out(self) -> "Evening":
        """Let the device finish what it is saying."""
        while (saying := self.checkin.saying) is not None:
            self.now += 1.0 if saying.sounding else (self.checkin.deadline or 0.0) - self.now
            self.send(SpeechEnded() if saying.sounding else TimedOut())
        return self


@pytest.mark.parametrize("word", OTHERS)
def test_nothing_but_stop_leads_past_the_help_line(word: Command) -> None:
    evening = Evening("O4", word).answer("yes", "yes", "yes", "nothing", "nothing")
    texts = [text for step, text in evening.said if step == "O4"]
    assert [text for text in ("Help is there.", "For anyone.") if text in texts] == [
        "Help is there.",
        "For anyone.",
    ]
    assert "A1" in [step for step, _ in evening.said]


def test_the_help_line_can_be_stopped() -> None:
    evening = Evening("O4", Command.STOP).answer("yes", "yes", "yes", "nothing", "nothing")
    assert "A1" not in [step for step, _ in evening.said]
    assert evening.checkin.ending is Ending.STOPPED


@pytest.mark.parametrize("word", [Command.PASS, Command.HOLD])
def test_passing_on_a_consent_is_no_consent(word: Command) -> None:
    evening = Evening("O2a", word).answer("yes")
    assert evening.checkin.ending is Ending.DECLINED


@pytest.mark.parametrize("word", [Command.DONE, Command.FASTER, Command.MORE_TIME])
def test_a_consent_is_still_asked_for_after_other_words(word: Command) -> None:
    evening = Evening("O2a", word).answer("yes")
    assert "O4" not in [step for step, _ in evening.said]
    assert evening.checkin.ending is Ending.COMPLETED
