"""What is in the way of keeping is said aloud once, between two steps, and the sitting goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.keeping.evenings import later, sitting, spoil, whereabouts
from tests.trace import SCRIPT
from voicecheckin.content.references import sentences
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Command,
    Effect,
    Ending,
    Finish,
    Forget,
    Heard,
    Noticed,
    Speak,
    Started,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Role
from voicecheckin.conversation.wording import LINES
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.loop import Room, run
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.observed import ObservedRoom
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple


class Listener:
    """Notes every sentence, and how it ended."""

    def __init__(self) -> None:
        self.said: list[Speak] = []
        self.ending: Ending | None = None

    def saw(self, event: object, now: float) -> None:
        """People are not noted."""

    def did(self, effect: Effect, now: float) -> None:
        """Note what the device says."""
        match effect:
            case Speak():
                self.said.append(effect)
            case Finish(ending):
                self.ending = ending

    def times(self, line: str) -> int:
        """How often the first sentence of a recurring line was said."""
        return [speak.text for speak in self.said].count(first_of(line))


def first_of(line: str) -> str:
    """The first sentence of a recurring line."""
    return next(sentences(SCRIPT.lines[line][0]))


def keeping(
    room: Room, store: SittingStore, checkin: CheckIn, note: Callable[[KeepingError], None]
) -> KeepingRoom:
    """A room that keeps what both allow."""
    sitting = KeptSitting(lambda: checkin.shape, clock=lambda: later(1))
    return KeepingRoom(room, store, KeepsakeRecorder(), SCRIPT, sitting, note=note)


def evening(where: Where, temper: str = "easy") -> tuple[Listener, list[KeepingError]]:
    """One whole evening on paper with what is kept at *where*; what was said, and written."""
    written: list[KeepingError] = []
    store = SittingStore(where, later(1))
    checkin = CheckIn(
        SCRIPT,
        SittingOptions(2, "short", names=("Robin", "Sam"), memory="dates", unkept=not store.works),
    )
    room = keeping(PaperRoom(couple(temper)), store, checkin, written.append)
    heard = Listener()
    run(checkin, ObservedRoom(room, [heard]))
    return heard, written


def spoil_key(where: Where) -> None:
    where.key.write_text("voicecheckin-key-1 " + "0" * 64 + "\n")


def lose_key(where: Where) -> None:
    where.key.unlink()


def tear_file(where: Where) -> None:
    spoil(where.file, where.file.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("spoil", "line"), [(spoil_key, "wrong_key"), (lose_key, "no_key"), (tear_file, "damaged")]
)
def test_trouble_is_said_once_and_written_once_and_the_evening_goes_on(
    tmp_path: Path, spoil: Callable[[Where], None], line: str
) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("SF1",)):
        deed(store)
    spoil(where)
    before = where.file.read_bytes()

    heard, written = evening(where)

    assert heard.times(line) == 1
    assert [trouble.line for trouble in written] == [line]
    assert heard.ending is Ending.COMPLETED
    assert where.file.read_bytes() == before


def test_with_a_missing_stick_nobody_is_asked_what_may_be_kept(tmp_path: Path) -> None:
    heard, _ = evening(whereabouts(tmp_path, stick=True))
    said, asked = {speak.step for speak in heard.said}, SCRIPT.of_role(Role.MEMORY)
    assert asked is not None
    assert asked.id not in said


def test_trouble_is_told_after_both_have_said_that_they_are_alone(tmp_path: Path) -> None:
    heard, _ = evening(whereabouts(tmp_path, stick=True))
    steps = [speak.step for speak in heard.said]
    assert [speak.text for speak in heard.said].index(first_of("no_key")) == steps.index("O1-theme")


def test_where_nothing_is_wrong_nothing_is_told(tmp_path: Path) -> None:
    heard, written = evening(whereabouts(tmp_path))
    assert written == []
    assert not any(heard.times(problem.name.lower()) for problem in Problem)


def test_the_ending_is_the_same_with_trouble_as_without(tmp_path: Path) -> None:
    closings = [
        [speak.text for speak in evening(where, "leaving")[0].said if speak.step == "C6"]
        for where in (whereabouts(tmp_path), whereabouts(tmp_path, stick=True))
    ]
    assert closings[0] == closings[1]


def test_every_problem_has_a_line_of_its_own() -> None:
    assert {problem.name.lower() for problem in Problem} <= set(LINES)


def test_what_could_not_be_deleted_is_told_although_goodnight_has_begun(tmp_path: Path) -> None:
    """A folder stands where the file was, so it cannot be removed; nobody may believe it is."""
    where = whereabouts(tmp_path)
    where.file.mkdir(parents=True)
    store, checkin = SittingStore(where, later()), CheckIn(SCRIPT)
    room = keeping(PaperRoom(couple("easy")), store, checkin, lambda _: None)
    room.perform(Forget(everything=True))
    assert room.wait(None) == Noticed("not_forgotten")


def test_a_notice_in_the_closing_waits_for_nobody_unless_something_was_not_deleted() -> None:
    for line, said in (("full", False), ("not_forgotten", True)):
        checkin = CheckIn(SCRIPT, SittingOptions(evening=1))
        checkin.handle(Started(), 0.0)
        checkin.handle(Heard(Command.STOP), 0.0)
        effects = checkin.handle(Noticed(line), 0.0)
        assert any(isinstance(effect, Speak) for effect in effects) is said
