"""What begins a sitting, and what happens to the microphone meanwhile."""

from collections.abc import Iterator

from voicecheckin.conversation.messages import Answered, Event, Listen, VoiceBegan
from voicecheckin.ear.keyphrase import BEGIN
from voicecheckin.errors import DeviceLost
from voicecheckin.panel.light import Light
from voicecheckin.panel.presses import Press, Presses
from voicecheckin.sound.frames import Samples, silence
from voicecheckin.waiting.waiting import Beginning, Listening, Waiting


class Table:
    """A microphone and an ear; what is heard is written down beforehand."""

    def __init__(self, *heard: str) -> None:
        self._heard: Iterator[str] = iter(heard)
        self.opened = self.closed = 0

    def open(self, timeout: float) -> bool:
        self.opened += 1
        return next(self._heard) != "missing"

    def frame(self) -> Samples:
        word = next(self._heard)
        if word == "gone":
            raise DeviceLost("The microphone is gone.")
        return silence() + (1.0 if word == "phrase" else 0.0)

    def close(self) -> None:
        self.closed += 1


class Ear:
    """Takes a loud frame for the phrase."""

    def listen(self, effect: Listen) -> None:
        assert effect == Listen(answers=(BEGIN,), turn=True)

    def hear(self, frame: Samples, speaking: bool, somebody: bool) -> list[Event]:
        return [Answered(BEGIN)] if frame.any() else [VoiceBegan()]

    def close(self) -> None:
        """Nothing to close."""


class Device:
    """A device that waits; notes what was forgotten and that it is alive."""

    def __init__(self, table: Table | None = None, due: bool = False) -> None:
        self.presses = Presses()
        self.forgotten = self.alive = 0
        self.waiting = Waiting(
            self.presses,
            Light(),
            lambda: due,
            self._forget,
            self._live,
            Listening(table, Ear) if table else None,
        )

    def _forget(self) -> None:
        self.forgotten += 1

    def _live(self) -> None:
        self.alive += 1


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


def test_the_calendar_begins_too() -> None:
    assert Device(due=True).waiting.until_begun() is Beginning.INVITED


def test_asked_to_end_it_ends_at_once_now_and_later() -> None:
    device = Device()
    device.waiting.interrupt()
    assert device.waiting.until_begun() is None
    assert device.waiting.until_begun() is None
