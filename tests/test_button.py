"""Every sitting can be led and ended by one button, without a word (SR-04)."""

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.cli.panel import touching
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Ending,
    Event,
    Forget,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
)
from voicecheckin.conversation.messages import Finish as End
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State, Suspended
from voicecheckin.panel.presses import Press


class Table:
    """A sitting with a button; what it does is written down."""

    def __init__(self) -> None:
        self.checkin = CheckIn(SMALL, SittingOptions(evening=2))
        self.now = 0.0
        self.done: list[object] = []
        self._press = touching(self.checkin, self.send)
        self.send(Started())

    def send(self, event: Event) -> None:
        self.now += 1.0
        self.done += self.checkin.handle(event, self.now)

    def press(self, press: Press) -> None:
        self._press(press)

    def go_on(self) -> None:
        """Let what is due happen."""
        deadline = self.checkin.deadline
        self.now = max(self.now, deadline or 0.0)
        self.send(SpeechEnded() if deadline is None else TimedOut())

    def to_the_end(self) -> None:
        while not self.checkin.finished:
            self.go_on()


@pytest.mark.parametrize("moments", range(0, 8, 2))
def test_sr_04_a_long_press_ends_every_sitting_with_the_usual_goodnight(moments: int) -> None:
    table = Table()
    for _ in range(moments):
        table.go_on()
    table.press(Press.LONG)
    assert table.checkin.state is State.CLOSING
    table.to_the_end()
    assert table.done[-1] == End(Ending.STOPPED)


def test_sr_04_it_ends_also_while_paused_and_while_the_sound_is_gone() -> None:
    paused, lost = Table(), Table()
    paused.press(Press.SHORT)
    lost.send(SoundLost())
    for table in (paused, lost):
        table.press(Press.LONG)
        table.to_the_end()
        assert table.done[-1] == End(Ending.STOPPED)


def test_sr_04_a_short_press_pauses_and_the_next_one_goes_on() -> None:
    table = Table()
    for mode in (Suspended.PAUSED, Suspended.FLOWING, Suspended.PAUSED):
        table.press(Press.SHORT)
        assert table.checkin.suspended is mode


def test_a_short_press_means_nothing_while_the_sound_is_gone() -> None:
    table = Table()
    table.send(SoundLost())
    before = list(table.done)
    table.press(Press.SHORT)
    assert table.done == before
    table.send(SoundBack())
    assert table.checkin.suspended is Suspended.FLOWING


def test_sr_33_a_very_long_press_forgets_and_says_only_the_ordinary_closing() -> None:
    stopped, forgetting = Table(), Table()
    for table in (stopped, forgetting):
        table.press(Press.LONG)
    forgetting.press(Press.VERY_LONG)
    assert Forget(everything=True) in forgetting.done
    for table in (stopped, forgetting):
        table.to_the_end()
    words = [[one.text for one in t.done if isinstance(one, Speak)] for t in (stopped, forgetting)]
    assert words[0] == words[1]
