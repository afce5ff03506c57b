"""What observers see of a sitting, and what they never see."""

import io
import json
import os
from pathlib import Path

import pytest
from rich.console import Console

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Finish,
    Forget,
    Heard,
    Keep,
    Listen,
    Remember,
    SoundLost,
    Speak,
    VoiceEnded,
)
from voicecheckin.errors import SettingsError
from voicecheckin.loop import run
from voicecheckin.rooms.observed import Captions, EventsFile, ObservedRoom, device_only
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple, couples


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_tells_time_kind_step_and_numbers(tmp_path: Path) -> None:
    events = EventsFile(tmp_path / "events")
    events.did(Listen(("yes",), turn=True, step="P1", floor=1, patience=6.0), 1.234)
    events.saw(VoiceEnded(0.6), 2.0)
    events.close()
    listen, voice = lines(tmp_path / "events")
    assert listen == {
        **{"t": 1.23, "kind": "Listen", "step": "P1"},
        **{"floor": 1, "turn": True, "patience": 6.0, "answers": 1},
    }
    assert voice == {"t": 2.0, "kind": "VoiceEnded", "step": "P1", "silence": 0.6}


def test_what_people_said_is_never_written(tmp_path: Path) -> None:
    events = EventsFile(tmp_path / "events")
    events.did(Speak("Canary, shall we?", "O2"), 0.0)
    events.saw(Answered("canary"), 1.0)
    events.saw(Heard(Command.OVERWHELMED), 2.0)
    events.did(Remember("canary"), 3.0)
    events.did(Keep("SF1", held=True), 3.0)
    events.did(Forget(everything=True), 3.0)
    events.did(Finish(Ending.STOPPED), 4.0)
    events.close()
    plain = {"t", "kind", "step"}
    assert [set(line) - plain for line in lines(tmp_path / "events")][1:] == [set()] * 6
    text = (tmp_path / "events").read_text(encoding="utf-8").lower()
    assert not any(word in text for word in ("canary", "overwhelmed", "stopped", "sf1"))


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_file_of_events_is_its_owners_alone(tmp_path: Path, umask: int) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("of another evening")
    old.chmod(0o644)
    before = os.umask(umask)
    try:
        for path in (old, new):
            EventsFile(path).close()
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (old, new)] == [0o600, 0o600]
    assert old.read_text() == ""


def told_of(name: str, path: Path) -> list[dict[str, object]]:
    """What is written of one couple's evening, if they are real people; the times apart."""
    events = EventsFile(path, device_only)
    run(CheckIn(SMALL), ObservedRoom(PaperRoom(couple(name)), [events]))
    events.close()
    return [{key: line[key] for key in line if key != "t"} for line in lines(path)]


def test_what_is_written_of_real_people_tells_nobodys_answers_passes_or_stop(
    tmp_path: Path,
) -> None:
    evenings = [told_of(name, tmp_path / name) for name in couples()]
    assert evenings == [[{"kind": "Finish"}]] * len(evenings)


def test_what_is_written_of_real_people_tells_how_the_device_fared(tmp_path: Path) -> None:
    events = EventsFile(tmp_path / "events", device_only)
    events.did(Listen(("yes", "pass"), turn=True, step="U5", floor=1), 1.0)
    events.saw(Heard(Command.PASS), 2.0)
    events.saw(SoundLost(), 3.0)
    events.close()
    assert lines(tmp_path / "events") == [{"t": 3.0, "kind": "SoundLost"}]


@pytest.mark.parametrize("path", ["missing/events", ".", "nul\0byte"])
def test_a_file_that_cannot_be_written_is_refused_at_once(tmp_path: Path, path: str) -> None:
    with pytest.raises(SettingsError, match="The events cannot be written to"):
        EventsFile(tmp_path / path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always full device")
def test_a_full_disk_never_stops_the_sitting() -> None:
    events = EventsFile(Path("/dev/full"))
    room = ObservedRoom(PaperRoom(couple("easy")), [events])
    checkin = CheckIn(SMALL)
    run(checkin, room)
    events.close()
    assert checkin.finished


def test_captions_show_every_sentence_and_nothing_else() -> None:
    screen = io.StringIO()
    captions = Captions(Console(file=screen, width=100), times=True)
    captions.did(Speak("Hello [both].", "O1"), 65.0)
    captions.saw(Answered("canary"), 66.0)
    assert screen.getvalue() == "\n  1:05  Hello [both].\n"
