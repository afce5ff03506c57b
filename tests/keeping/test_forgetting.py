"""What is forgotten is gone: from the file, from its journal, from the folder."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from tests.keeping.evenings import BOTH, later, look, sitting, voice, whereabouts
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.files import PATIENCE, alone
from voicecheckin.keeping.folder import MARK
from voicecheckin.keeping.sealer import read_key
from voicecheckin.keeping.state import StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where

TOPIC = "planted-topic-quince"
STEP = "planted-step-medlar"
SOUND = voice(20, seed=3)


def plain_traces() -> Iterator[bytes]:
    """Pieces of what was planted, in every form it takes in memory."""
    yield from (TOPIC.encode(), STEP.encode(), b"2030-03", b'"offered"', b"fLaC")
    as_integers = (SOUND * 32767).round().astype("<i2").tobytes()
    flac = io.BytesIO()
    soundfile.write(flac, SOUND, 16_000, format="FLAC", subtype="PCM_16")
    for whole in (SOUND.tobytes(), as_integers, flac.getvalue()):
        yield from (whole[place : place + 16] for place in range(4000, len(whole) - 16, 40_000))


def sealed_traces(where: Where) -> list[bytes]:
    """Pieces of the sealed files as they lie on the disk."""
    files = [path.read_bytes() for path in where.file.parent.iterdir()]
    return [
        sealed[place : place + 16]
        for sealed in files
        for place in range(MARK, len(sealed) - 16, 5_000)
    ]


def found(folder: Path, traces: list[bytes]) -> list[str]:
    """Files below *folder* that hold one of the traces."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(trace in path.read_bytes() for trace in traces)]


def plant(where: Where, days: float = 0) -> SittingStore:
    """A sitting with a topic and a keepsake, cut off just before its end."""
    store = SittingStore(where, later(days))
    store.add_keepsakes([SOUND], BOTH)
    for deed in sitting(1, later(days), (TOPIC, STEP))[:-1]:
        deed(store)
    return store


def test_nothing_lies_on_the_disk_in_plain(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    plant(where)
    plain = list(plain_traces())
    assert len(plain) > 30
    assert found(tmp_path, plain) == []
    assert found(tmp_path, plain) == []
    assert sorted(found(tmp_path, sealed_traces(where)))[0] == "kept"


@pytest.mark.parametrize("way", ["evening", "everything", "expired"])
def test_sr_33_what_is_forgotten_is_in_no_file_any_more(tmp_path: Path, way: str) -> None:
    where = whereabouts(tmp_path)
    store = plant(where)
    sealed, key = sealed_traces(where), where.key.read_bytes()[-40:-1]
    assert len(sealed) > 30
    if way == "expired":
        SittingStore(where, later(30))
    elif way == "evening":
        store.forget_evening()
    elif way == "everything":
        store.forget_everything()
    assert found(tmp_path, [*sealed, *plain_traces()]) == []
    assert found(tmp_path, [*sealed, *plain_traces()]) == []
    assert found(tmp_path, [key]) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_sr_33_what_lay_in_the_removed_files_is_overwritten_before(tmp_path: Path) -> None:
    """A second name keeps each file's blocks in sight after it was removed."""
    where = whereabouts(tmp_path)
    store = plant(where)
    sealed, key = sealed_traces(where), where.key.read_bytes()[-40:-1]
    links = tmp_path / "links"
    links.mkdir()
    for path in (*where.file.parent.iterdir(), where.key):
        (links / path.name).hardlink_to(path)
    assert found(links, [*sealed, key]) != []

    store.forget_everything()

    assert found(links, [*sealed, key]) == []


def test_sr_33_after_forgetting_everything_the_next_evening_is_like_a_first(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    plant(where)
    store = SittingStore(where, later(1))
    store.forget_everything()
    assert (store.state, store.take_trouble()) == (StoredState(), None)
    store.mark_topic("SF1")
    assert look(where, later(1)) == StoredState()
    plant(where, 2)
    assert look(where, later(2)).journey.offered == {TOPIC, STEP}


def test_forgetting_this_evening_leaves_the_earlier_ones_as_they_were(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    first = SittingStore(where, later())
    for deed in sitting(1, later(), ("SF1", "SF2")):
        deed(first)
    before = look(where, later(7))
    store = plant(where, 7)
    store.forget_evening()
    store.mark_topic("SF7")
    assert store.memory == "nothing"
    after = look(where, later(7))
    assert (after.journey, after.evenings) == (before.journey, before.evenings)
    assert after.keepsakes == before.keepsakes
    assert look(where, later(30)) == StoredState()


def test_forgetting_in_an_evening_that_keeps_nothing_spares_the_earlier_ones(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    first = SittingStore(where, later())
    for deed in sitting(1, later(), ("SF1",)):
        deed(first)
    before = look(where, later(7))
    store = SittingStore(where, later(7))
    store.remember("nothing", "nothing")
    store.forget_evening()
    assert look(where, later(7)) == before


def test_a_sitting_that_was_cut_off_can_be_forgotten_before_it_goes_on(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for deed in sitting(1, later(), (TOPIC, STEP))[:4]:
        deed(SittingStore(where, later()))
    store = SittingStore(where, later(hours=1))
    assert store.state.resume is not None
    store.forget_evening()
    assert look(where, later(hours=1)) == StoredState()


def on_stick(tmp_path: Path) -> Where:
    """What was planted, with its key on a stick."""
    where = whereabouts(tmp_path, stick=True)
    plant(whereabouts(tmp_path))
    return where


def test_without_the_stick_everything_can_be_forgotten_all_the_same(tmp_path: Path) -> None:
    where = on_stick(tmp_path)
    stick = where.key.parent.rename(tmp_path / "pulled out")
    store = SittingStore(where, later(1))
    store.forget_everything()
    stick.rename(where.key.parent)
    assert not where.file.exists()
    assert look(where, later(1)) == StoredState()


def test_sr_33_the_stick_gets_a_new_key_so_that_no_evening_mentions_a_missing_one(
    tmp_path: Path,
) -> None:
    where = on_stick(tmp_path)
    before = where.key.read_bytes()
    store = SittingStore(where, later(1))
    store.forget_everything()
    assert read_key(where.key).id
    assert where.key.read_bytes() != before
    plant(where, 2)
    assert look(where, later(2)).journey.known


def test_anothers_stick_keeps_its_key(tmp_path: Path) -> None:
    where = on_stick(tmp_path)
    theirs = b"voicecheckin-key-1 " + b"ab" * 32 + b"\n"
    where.key.write_bytes(theirs)
    store = SittingStore(where, later(1))
    store.forget_everything()
    assert where.key.read_bytes() == theirs
    assert not where.file.exists()


def test_a_damaged_file_can_be_forgotten(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    plant(where)
    where.file.write_bytes(where.file.read_bytes()[:5000])
    store = SittingStore(where, later(1))
    store.forget_everything()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_forgetting_while_another_program_writes_says_within_a_second_that_it_is_not_done(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    store = plant(where)
    with alone(where.file.parent), pytest.raises(KeepingError) as error:
        store.forget_evening()
    assert error.value.problem is Problem.BUSY
    assert PATIENCE == 1.0
    store.forget_evening()
    assert look(where) == StoredState()


@pytest.mark.parametrize("stick", [False, True])
def test_a_copy_of_what_was_kept_cannot_be_opened_after_everything_was_forgotten(
    tmp_path: Path, stick: bool
) -> None:
    where = whereabouts(tmp_path / "device")
    plant(where)
    copy = whereabouts(tmp_path / "copy", stick=True)
    shutil.copytree(where.file.parent, copy.file.parent)
    assert SittingStore(replace(where, stick=stick), later(1)).forget_everything()
    plant(where, 2)  # a new evening makes a new key, or takes the new one on the stick
    shutil.copytree(where.key.parent, copy.key.parent)
    stolen = SittingStore(copy, later(1))
    trouble = stolen.take_trouble()
    assert trouble is not None
    assert trouble.problem is Problem.WRONG_KEY
    assert stolen.state == StoredState()


def test_a_sitting_does_not_bring_back_what_another_program_forgot_meanwhile(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    sitting_on = plant(where)
    SittingStore(where, later()).forget_everything()
    sitting_on.mark_topic("SF9")
    trouble = sitting_on.take_trouble()
    assert trouble is not None
    assert trouble.problem is Problem.ALTERED
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
