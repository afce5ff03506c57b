"""What begins a sitting, and what happens to the microphone meanwhile."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from voicecheckin.conversation.messages import Answered, Event, Listen, VoiceBegan
from voicecheckin.errors import DeviceLost
from voicecheckin.hearing.recognisers.wake_phrase import BEGIN
from voicecheckin.panel.light import Light
from voicecheckin.panel.presses import Press, Presses
from voicecheckin.sound.frames import Samples, silence
from voicecheckin.waiting.waiting import Beginning, PhraseListening, Waiting

TODAY = date(2030, 3, 1)


class Table:
    """A microphone and an ear; what is heard is written down beforehand."""

    def __init__(self, *heard: str) -> None:
        self._heard: Iterator[str] = iter(heard)
        self.opened = self.closed = self._frames = 0
        self._happens: dict[int, Callable[[], object]] = {}

    def after(self, frames: int, happens: Callable[[], object]) -> None:
        """Let something happen once so many frames were heard."""
        self._happens[frames] = happens

    def open(self, timeout: float) -> bool:
        self.opened += 1
        return next(self._heard) != "missing"

    def frame(self) -> Samples:
        word = next(self._heard)
        self._frames += 1
        self._happens.pop(self._frames, lambda: None)()
        if word == "gone":
            raise DeviceLost("The microphone is gone.")
        return silence() + (1.0 if word == "phrase" else 0.0)

    def close(self) -> None:
        self.closed += 1


class Ear:
    """Takes a loud frame for the phrase."""

    def listen(self, effect: Listen) -> None:
        assert effect == Listen(answers=(BEGIN,), turn=True)

    def hear(self, frame: Samples) -> list[Event]:
        return [Answered(BEGIN)] if frame.any() else [VoiceBegan()]

    def close(self) -> None:
        """Nothing to close."""


class Device:
    """A device that waits; notes what was forgotten and that it is alive."""

    def __init__(self, table: Table | None = None, due: bool = False) -> None:
        self.presses = Presses()
        self.forgotten = self.alive = 0
        self.live_on: Callable[[], object] = lambda: None
        self.day, self.ends = TODAY, TODAY + timedelta(30)
        self.waiting = Waiting(
            self.presses,
            Light(),
            lambda: due,
            self._forget,
            self._live,
            PhraseListening(table, Ear, self._until, lambda: self.day) if table else None,
        )

    def _until(self) -> date | None:
        return None if self.forgotten or self.day >= self.ends else self.ends

    def _forget(self) -> None:
        self.forgotten += 1

    def _live(self) -> None:
        self.alive += 1
        self.live_on()


def test_the_phrase_begins_and_the_microphone_is_let_go_for_the_sitting() -> None:
    table = Table("there", "talk", "talk", "phrase")
    assert Device(table).waiting.until_begun() is Beginning.PHRASE
    assert (table.opened, table.closed) == (1, 1)


def test_a_microphone_that_comes_late_or_comes_back_is_listened_to() -> None:
    table = Table("missing", "missing", "there", "talk", "gone", "missing", "there", "phrase")
    assert Device(table).waiting.until_begun() is Beginning.PHRASE
    assert table.opened == 5


def test_a_touch_begins_with_an_open_microphone_and_with_a_closed_one() -> None:
    for table in (Table("there"), None):
        device = Device(table)
        device.presses.put(Press.SHORT)
        assert device.waiting.until_begun() is Beginning.BUTTON


def test_a_long_press_begins_nothing_and_a_very_long_one_forgets() -> None:
    device = Device()
    for press in (Press.LONG, Press.VERY_LONG, Press.SHORT):
        device.presses.put(press)
    assert device.waiting.until_begun() is Beginning.BUTTON
    assert device.forgotten == 1


def test_without_two_yeses_the_microphone_stays_closed_until_they_are_said() -> None:
    table = Table("there", "phrase")
    device = Device(table)
    device.ends = TODAY
    device.live_on = lambda: setattr(device, "ends", TODAY + timedelta(30))
    assert device.waiting.until_begun() is Beginning.PHRASE
    assert device.alive == 1


def test_after_thirty_days_the_microphone_is_closed_and_the_button_begins() -> None:
    table = Table("there", *["talk"] * 1000)
    device = Device(table)
    table.after(3, lambda: setattr(device, "day", TODAY + timedelta(30)))
    device.live_on = lambda: device.presses.put(Press.SHORT)
    assert device.waiting.until_begun() is Beginning.BUTTON
    assert (table.opened, table.closed) == (1, 1)


def test_who_forgets_everything_closes_the_microphone_as_well() -> None:
    table = Table("there", *["talk"] * 1000)
    device = Device(table)
    table.after(3, lambda: device.presses.put(Press.VERY_LONG))
    device.live_on = lambda: device.presses.put(Press.SHORT)
    assert device.waiting.until_begun() is Beginning.BUTTON
    assert (device.forgotten, table.closed) == (1, 1)


def test_the_calendar_begins_too() -> None:
    assert Device(due=True).waiting.until_begun() is Beginning.INVITED


def test_asked_to_end_it_ends_at_once_now_and_later() -> None:
    device = Device()
    device.waiting.interrupt()
    assert device.waiting.until_begun() is None
    assert device.waiting.until_begun() is None
