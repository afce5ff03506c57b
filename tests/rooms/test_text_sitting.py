"""Whole sittings on screen and keyboard, in simulated time."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from tests.rooms.typist import Typist
from tests.trace import SCRIPT
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Ending, Event, Started
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State, Suspended
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.rooms.text import A_REST, TextRoom

BOOK = load()
TURNS = (State.SHARING, State.SAYING_BACK)
NAMES = ("Robin", "Sam")


class Evening:
    """A check-in on a screen that the test reads and a keyboard that it types on."""

    def __init__(self, pace: float = 1.0, options: SittingOptions | None = None) -> None:
        options = options or SittingOptions(evening=1, length="usual", names=NAMES, pace=pace)
        self.checkin, self.typist, self._screen = CheckIn(SCRIPT, options), Typist(), io.StringIO()
        console = Console(file=self._screen, width=80)
        self._room = TextRoom(BOOK, console, NAMES, self.checkin, self.typist, SCRIPT.spoken)
        self._take(Started())

    def _take(self, event: Event) -> None:
        for effect in self.checkin.handle(event, self._room.now()):
            self._room.perform(effect)

    @property
    def shown(self) -> str:
        return " ".join(self._screen.getvalue().split())

    @property
    def now(self) -> float:
        return self._room.now()

    @property
    def asked(self) -> bool:
        """Whether a question waits for its answer."""
        return not self.checkin.busy and self.checkin.state in (State.ASKING, State.FELT_HEARD)

    @property
    def told(self) -> bool:
        """Whether a turn is open."""
        return not self.checkin.busy and self.checkin.state in TURNS

    def live(self, until: Callable[[], bool], seconds: float = 7200.0) -> "Evening":
        """Let it go on *until* that holds, or for so long."""
        end = self.now + seconds
        while not self.checkin.finished and not until() and self.now < end:
            self._take(self._room.wait(min(end, self.checkin.deadline or end)))
        return self

    def answer(self) -> None:
        """Say what goes on with the evening."""
        offered = [one for one in ("yes", "ready", "usual") if one in self.checkin.answers]
        self.typist.type(offered[0] if offered else self.checkin.answers[0], after=3.0)

    def come_to(self, wanted: Callable[[], bool]) -> "Evening":
        """Answer and talk until that holds."""
        while not self.checkin.finished:
            self.live(lambda: wanted() or self.asked or self.told)
            if wanted() or self.checkin.finished:
                return self
            if self.asked:
                self.answer()
            else:
                self.typist.type("", after=20.0)
            self.live(lambda: not (self.asked or self.told))
        return self

    def at(self, step: str) -> Callable[[], bool]:
        """Whether that step's question waits for an answer."""
        return lambda: self.checkin.step_id == step and (self.asked or self.told)


def test_an_evening_is_lived_through_with_answers_and_enter_alone() -> None:
    evening = Evening().come_to(lambda: False)
    assert evening.checkin.ending is Ending.COMPLETED
    assert "is there more" in evening.shown.lower()
    assert A_REST in evening.shown


@pytest.mark.parametrize("pace", [0.5, 1.0])
def test_a_turn_is_left_open_for_hours(pace: float) -> None:
    evening = Evening(pace)
    evening.come_to(lambda: evening.told)
    before = evening.shown
    evening.live(lambda: False, 3 * 3600.0)
    assert evening.told
    assert evening.shown.removeprefix(before).count("Enter") <= 1


@pytest.mark.parametrize("pace", [0.5, 1.0])
def test_a_consent_is_waited_for_a_minute_and_a_half_and_then_it_closes(pace: float) -> None:
    evening = Evening(pace)
    asked = evening.come_to(evening.at("O2")).now
    evening.live(lambda: evening.checkin.state is State.CLOSING)
    assert 90 <= evening.now - asked <= 110
    assert evening.live(lambda: False).checkin.ending is Ending.DECLINED


@pytest.mark.parametrize("pace", [0.5, 1.0])
def test_a_choice_is_waited_for_half_a_minute(pace: float) -> None:
    evening = Evening(options=SittingOptions(coming=2, names=NAMES, pace=pace))
    asked = evening.come_to(evening.at("O5-next")).now
    evening.live(lambda: "I take it as yes." in evening.shown)
    assert 30 <= evening.now - asked <= 40


def test_enter_is_never_a_no() -> None:
    evening = Evening()
    evening.come_to(evening.at("O2"))
    for count in range(20):
        evening.typist.type("", after=2.0 + count / 2)
    evening.typist.type("yes", after=15.0)
    evening.live(lambda: evening.checkin.floor == 1)
    assert evening.live(lambda: evening.asked).checkin.step_id == "O2"


def test_who_says_that_there_is_more_is_listened_to_again() -> None:
    evening = Evening()
    evening.come_to(lambda: evening.checkin.state is State.MORE)
    evening.live(lambda: evening.told)
    evening.typist.type("yes", "", after=2.0)
    evening.typist.type("", after=60.0)
    said_more = evening.now + 60.0
    evening.live(lambda: evening.checkin.state is State.RECEIVING, 120.0)  # not taken as passed
    assert evening.now == pytest.approx(said_more)


def test_help_in_a_turn_is_read_and_the_turn_goes_on() -> None:
    evening = Evening()
    evening.come_to(lambda: evening.told)
    began = evening.now
    evening.typist.type("help", after=5.0)
    evening.live(lambda: evening.checkin.busy).live(lambda: evening.told)
    assert evening.told
    assert evening.now - began < 40


def test_a_pause_ends_with_two_enters() -> None:
    evening = Evening()
    evening.come_to(evening.at("O2"))
    evening.typist.type("pause", "", after=2.0)
    evening.live(lambda: False, 30.0)
    assert evening.checkin.suspended is Suspended.PAUSED
    evening.typist.type("", "", after=2.0)
    evening.live(lambda: evening.checkin.suspended is Suspended.FLOWING, 10.0)
    assert evening.live(lambda: evening.asked).checkin.step_id == "O2"


def test_the_end_of_input_ends_with_the_short_goodnight_also_in_a_time_out() -> None:
    evening = Evening()
    evening.come_to(evening.at("SF1"))
    evening.typist.type("time out", after=2.0)
    evening.live(lambda: False, 60.0)
    evening.typist.leave()
    evening.live(lambda: False)
    assert evening.checkin.ending is Ending.INTERRUPTED
    said = "(nothing more can be typed, so we end here) I end here for now. Good night."
    assert evening.shown.endswith(said)
