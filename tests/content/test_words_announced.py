"""What was changed, and who listens, is said after presence and before anyone takes part."""

import shutil
from collections.abc import Iterator
from importlib.resources import as_file
from pathlib import Path

import pytest

from tests.by_hand import ByHand
from tests.content.scripts import CONTENT, script
from voicecheckin.cli.assembly import HOME_LISTENS, WORDS_CHANGED, Wished, sitting_on_screen
from voicecheckin.content.references import sentences
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Noticed
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.hearing.choose import runs_elsewhere
from voicecheckin.settings import CoupleSettings, Settings


def folder_with(tmp_path: Path, old: str, new: str) -> str:
    """A folder of own words; one sentence of it is another."""
    with as_file(CONTENT) as shipped:
        shutil.copytree(shipped / "en", tmp_path / "ours" / "en")
    file = tmp_path / "ours" / "en" / "safety.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(tmp_path / "ours")


def told_at_once(content: str) -> Iterator[str]:
    """What the device wants to say about itself as a sitting on screen begins."""
    settings = Settings(couple=CoupleSettings(content=content))
    with sitting_on_screen(settings, Wished(evening=2)) as sitting:
        while isinstance(event := sitting.room.wait(0.0), Noticed):
            yield event.line


def test_changed_words_are_told_as_the_sitting_begins(own_home: None, tmp_path: Path) -> None:
    ours = folder_with(tmp_path, "say = [", 'say = ["So.", ')
    assert list(told_at_once(ours)) == [WORDS_CHANGED]


def test_words_that_are_the_same_are_not_spoken_of(own_home: None, tmp_path: Path) -> None:
    assert list(told_at_once(folder_with(tmp_path, "small", "small"))) == []
    assert list(told_at_once("")) == []


@pytest.mark.parametrize("line", [WORDS_CHANGED, HOME_LISTENS])
@pytest.mark.parametrize("evening", [None, 1, 2, 0])
def test_it_is_said_after_presence_and_before_anyone_takes_part(
    line: str, evening: int | None
) -> None:
    told = list(sentences(script().lines[line][0]))
    table = ByHand(CheckIn(script(), SittingOptions(evening, names=("Robin", "Sam"))))
    table.send(Noticed(line))
    table.hear_out()
    assert table.checkin.step_id == "O0"
    assert not set(told) & set(table.said)
    table.answer("yes")
    while table.checkin.step_id != "O2":
        table.answer("yes")
    asked = next(one for one in table.said if "take part" in one)
    assert table.said.index(told[0]) < table.said.index(asked)
    assert [one for one in table.said if one in told] == told


@pytest.mark.parametrize(
    ("ear", "elsewhere"),
    [("wyoming", True), ("wyoming:tcp://192.168.1.20:10300", True), ("auto", False)],
)
def test_an_ear_on_another_machine_is_known_by_its_name(ear: str, elsewhere: bool) -> None:
    assert runs_elsewhere(ear) is elsewhere
