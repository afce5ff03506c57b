"""What both agreed to aloud is remembered by a mark that tells nobody anything else."""

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conversation.small_script import SMALL
from tests.keeping.evenings import later, whereabouts
from tests.trace import SCRIPT, live
from voicecheckin.cli.assembly import Context, Wished, options_of
from voicecheckin.conversation.messages import AllowPhrase, ConfirmNames, Effect
from voicecheckin.device_settings import WaitingSettings
from voicecheckin.keeping.agreed import AgreedMark, AgreedNames, AgreedPhrase
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.panel.light import Light
from voicecheckin.panel.panel import Panel
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple
from voicecheckin.settings import CoupleSettings, KeepingSettings, Settings

TODAY = date(2030, 3, 1)


def mark(folder: Path) -> AgreedMark:
    return AgreedMark(folder / "place" / "mark")


def test_names_are_new_until_both_have_said_that_they_are_right_and_when_they_change(
    tmp_path: Path,
) -> None:
    names = AgreedNames(mark(tmp_path), ("Robin", "Sam"))
    assert names.are_new
    names.confirm()
    assert not names.are_new
    assert AgreedNames(mark(tmp_path), ("Robin", "Max")).are_new


def test_a_mark_tells_neither_names_nor_day_and_is_its_owners_alone(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        AgreedNames(mark(tmp_path / folder), ("Robin", "Sam")).confirm()
    one, other = mark(tmp_path / "one").path, mark(tmp_path / "other").path
    assert one.read_bytes() != other.read_bytes()
    assert b"Robin" not in one.read_bytes()
    assert len(one.read_bytes()) == 48
    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert one.stat().st_mtime == 0.0


@pytest.mark.parametrize("content", [b"", b"x", b"0" * 48, b"0" * 4000])
def test_a_mark_that_is_damaged_holds_nothing(tmp_path: Path, content: bytes) -> None:
    mark(tmp_path).path.parent.mkdir()
    mark(tmp_path).path.write_bytes(content)
    assert not mark(tmp_path).holds("Robin Sam")


def test_where_nothing_can_be_written_both_are_asked_again(tmp_path: Path) -> None:
    (tmp_path / "place").touch()
    names = AgreedNames(mark(tmp_path), ("Robin", "Sam"))
    names.confirm()
    assert names.are_new


def test_a_phrase_is_allowed_for_thirty_days_and_asked_about_in_the_last_week(
    tmp_path: Path,
) -> None:
    phrase = AgreedPhrase(mark(tmp_path), "let's check in")
    assert phrase.until(TODAY) is None
    assert phrase.is_to_be_asked(TODAY)
    phrase.answer(TODAY, yes=True)
    for days, asked in ((0, False), (22, False), (23, True), (29, True)):
        day = TODAY + timedelta(days)
        assert phrase.until(day) == TODAY + timedelta(30)
        assert phrase.is_to_be_asked(day) is asked
    assert phrase.until(TODAY + timedelta(30)) is None
    assert phrase.until(TODAY - timedelta(1)) is None  # a day that lies ahead is not trusted
    assert AgreedPhrase(mark(tmp_path), "hello kitchen").until(TODAY) is None


def test_one_no_to_the_phrase_ends_it_at_once(tmp_path: Path) -> None:
    phrase = AgreedPhrase(mark(tmp_path), "let's check in")
    phrase.answer(TODAY, yes=True)
    phrase.answer(TODAY, yes=False)
    assert phrase.until(TODAY) is None
    assert not mark(tmp_path).path.exists()


def sit(folder: Path, *effects: Effect) -> SittingStore:
    where = whereabouts(folder, memory="nothing")
    store = SittingStore(where, later())
    sitting = KeptSitting(
        lambda: (1, "usual"),
        clock=later,
        names=AgreedNames(AgreedMark(where.names), ("Robin", "Sam")),
        phrase=AgreedPhrase(AgreedMark(where.phrase), "let's check in"),
    )
    room = KeepingRoom(PaperRoom(couple("easy")), store, KeepsakeRecorder(), SMALL, sitting)
    for effect in effects:
        room.perform(effect)
    return store


def test_a_sitting_writes_marks_on_two_yeses_and_forgets_them_with_everything(
    tmp_path: Path,
) -> None:
    store = sit(tmp_path, ConfirmNames(), AllowPhrase(True))
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"names", "phrase"}
    store.forget_everything()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_no_to_the_phrase_writes_nothing(tmp_path: Path) -> None:
    sit(tmp_path, AllowPhrase(False))
    assert list(tmp_path.iterdir()) == []


class Lamp:
    """A light that shines for nobody."""

    def show(self, sign: object) -> None:
        """Nobody looks."""

    def close(self) -> None:
        """Nothing to let go of."""


def lit_panel() -> Panel:
    panel = Panel()
    panel.light, panel.has_light = Light(Lamp()), True
    return panel


@pytest.mark.parametrize(
    ("phrase", "panel", "asked"),
    [
        ("let's check in", lit_panel(), True),
        ("let's check in", Panel(), False),
        ("", lit_panel(), False),
    ],
)
def test_sr_34_the_phrase_is_asked_about_only_where_a_light_shines(
    tmp_path: Path, phrase: str, panel: Panel, asked: bool
) -> None:
    settings = Settings(
        CoupleSettings(("Robin", "Sam")),
        keeping=KeepingSettings(folder=str(tmp_path)),
        waiting=WaitingSettings(phrase),
    )
    store = SittingStore(whereabouts(tmp_path), later())
    options = options_of(settings, SCRIPT, store, Wished(), Context(panel))
    assert options.asks_phrase is asked
    assert options.names_are_new
    said = live("easy", 1, asks_phrase=options.asks_phrase).said_in("C8")
    assert bool(said) is asked
