"""What is forgotten is gone: from the file, from its journal, from the folder."""

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from tests.keeping.evenings import BOTH, later, look, sitting, voice, whereabouts
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.keeper import Keeper
from voicecheckin.keeping.kept import Kept
from voicecheckin.keeping.store import Kind, Store
from voicecheckin.keeping.vault import read_key
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
    """Pieces of the sealed records as they lie on the disk."""
    database = sqlite3.connect(where.file)
    rows = database.execute("SELECT sealed FROM record").fetchall()
    database.close()
    return [
        bytes(sealed)[place : place + 16]
        for (sealed,) in rows
        for place in range(9, len(sealed) - 16, 5_000)
    ]


def found(folder: Path, traces: list[bytes]) -> list[str]:
    """Files below *folder* that hold one of the traces."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(trace in path.read_bytes() for trace in traces)]


def plant(where: Where, days: float = 0) -> Keeper:
    """A sitting with a topic and a keepsake, cut off before its end."""
    keeper = Keeper(where, later(days))
    deeds = sitting(1, later(days), (TOPIC, STEP))
    for deed in deeds[:-3]:
        deed(keeper)
    keeper.add_keepsakes([SOUND], BOTH)
    return keeper


def test_nothing_lies_on_the_disk_in_plain(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = plant(where)
    plain = list(plain_traces())
    assert len(plain) > 30
    assert found(tmp_path, plain) == []
    keeper.close()
    assert found(tmp_path, plain) == []
    assert found(tmp_path, sealed_traces(where)) == ["kept.db"]


@pytest.mark.parametrize("way", ["evening", "everything", "expired"])
def test_sr_33_what_is_forgotten_is_in_no_file_any_more(tmp_path: Path, way: str) -> None:
    where = whereabouts(tmp_path)
    plant(where).close()
    sealed, key = sealed_traces(where), where.key.read_bytes()[-40:-1]
    assert len(sealed) > 30
    keeper = Keeper(where, later(30 if way == "expired" else 0))
    if way == "evening":
        keeper.forget_evening()
    elif way == "everything":
        keeper.forget_everything()
    assert found(tmp_path, [*sealed, *plain_traces()]) == []
    keeper.close()
    assert found(tmp_path, [*sealed, *plain_traces()]) == []
    if way == "everything":
        assert found(tmp_path, [key]) == []
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    else:
        assert where.file.stat().st_size <= 16_384


def test_sr_33_what_lay_in_the_removed_files_is_overwritten_before(tmp_path: Path) -> None:
    """A second name keeps each file's blocks in sight after it was removed."""
    where = whereabouts(tmp_path)
    keeper = plant(where)
    sealed, key = sealed_traces(where), where.key.read_bytes()[-40:-1]
    links = tmp_path / "links"
    links.mkdir()
    for path in (where.file, where.file.with_name("kept.db-wal"), where.key):
        (links / path.name).hardlink_to(path)
    assert found(links, [*sealed, key]) != []

    keeper.forget_everything()

    assert found(links, [*sealed, key]) == []


def test_sr_33_after_forgetting_everything_the_next_evening_is_like_a_first(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    plant(where).close()
    keeper = Keeper(where, later(1))
    keeper.forget_everything()
    assert (keeper.kept, keeper.take_trouble()) == (Kept(), None)
    keeper.mark_topic("SF1")
    keeper.close()
    assert look(where, later(1)) == Kept()
    plant(where, 2).close()
    assert look(where, later(2)).journey.offered == {TOPIC, STEP}


def test_forgetting_this_evening_leaves_the_earlier_ones_as_they_were(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    first = Keeper(where, later())
    for deed in sitting(1, later(), ("SF1", "SF2")):
        deed(first)
    first.close()
    before = look(where, later(7))
    keeper = plant(where, 7)
    keeper.forget_evening()
    keeper.mark_topic("SF7")
    assert keeper.memory == "nothing"
    keeper.close()
    after = look(where, later(7))
    assert (after.journey, after.past) == (before.journey, before.past)
    assert after.keepsakes == before.keepsakes
    assert look(where, later(30)) == Kept()


def test_forgetting_in_an_evening_that_keeps_nothing_spares_the_earlier_ones(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    first = Keeper(where, later())
    for deed in sitting(1, later(), ("SF1",)):
        deed(first)
    first.close()
    before = look(where, later(7))
    keeper = Keeper(where, later(7))
    keeper.remember("nothing", "nothing")
    keeper.forget_evening()
    keeper.close()
    assert look(where, later(7)) == before


def test_a_sitting_that_was_cut_off_can_be_forgotten_before_it_goes_on(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    plant(where).close()
    keeper = Keeper(where, later(hours=1))
    assert keeper.kept.place is not None
    keeper.forget_evening()
    keeper.close()
    assert look(where, later(hours=1)) == Kept()


def on_stick(tmp_path: Path) -> Where:
    """What was planted, with its key on a stick."""
    where = whereabouts(tmp_path, stick=True)
    plant(whereabouts(tmp_path)).close()
    return where


def test_without_the_stick_everything_can_be_forgotten_all_the_same(tmp_path: Path) -> None:
    where = on_stick(tmp_path)
    stick = where.key.parent.rename(tmp_path / "pulled out")
    keeper = Keeper(where, later(1))
    keeper.forget_everything()
    keeper.close()
    stick.rename(where.key.parent)
    assert not where.file.exists()
    assert look(where, later(1)) == Kept()


def test_sr_33_the_stick_gets_a_new_key_so_that_no_evening_mentions_a_missing_one(
    tmp_path: Path,
) -> None:
    where = on_stick(tmp_path)
    before = where.key.read_bytes()
    keeper = Keeper(where, later(1))
    keeper.forget_everything()
    keeper.close()
    assert read_key(where.key).id
    assert where.key.read_bytes() != before
    plant(where, 2).close()
    assert look(where, later(2)).journey.known


def test_anothers_stick_keeps_its_key(tmp_path: Path) -> None:
    where = on_stick(tmp_path)
    theirs = b"voicecheckin-key-1 " + b"ab" * 32 + b"\n"
    where.key.write_bytes(theirs)
    keeper = Keeper(where, later(1))
    keeper.forget_everything()
    keeper.close()
    assert where.key.read_bytes() == theirs
    assert not where.file.exists()


def test_a_damaged_file_can_be_forgotten(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    plant(where).close()
    where.file.write_bytes(where.file.read_bytes()[:5000])
    keeper = Keeper(where, later(1))
    keeper.forget_everything()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_forgetting_while_somebody_else_reads_says_that_it_is_not_done(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = plant(where)
    reader = Store(where.file)
    with reader.writing(), pytest.raises(KeepingError) as error:
        keeper.forget_evening()
    assert error.value.problem is Problem.BUSY
    reader.close()
    keeper.forget_evening()
    keeper.close()
    assert look(where) == Kept()


def test_ids_tell_nothing_of_how_much_there_once_was(tmp_path: Path) -> None:
    keeper = plant(whereabouts(tmp_path))
    keeper.close()
    store = Store(whereabouts(tmp_path).file)
    ids = [number for kind in Kind for number, _ in store.days(kind)]
    store.close()
    assert min(ids) > 2**40
