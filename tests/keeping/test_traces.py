"""Who looks at the disk from outside learns nothing of an evening, and little of what is kept."""

import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.keeping.evenings import BOTH, Deed, later, look, sitting, voice, whereabouts
from voicecheckin.keeping.files import read_untraced
from voicecheckin.keeping.folder import AROUND, BLOCK, MARK, OPEN, SOUND_BLOCK
from voicecheckin.keeping.state import ResumePoint
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where

TOPICS = st.sampled_from(["ground", "SF1", "U5", "D2"])
DEEDS: st.SearchStrategy[Deed] = st.one_of(
    st.builds(
        lambda topic, seat: lambda store: store.mark_resume(ResumePoint(topic, seat, later(7), 5)),
        TOPICS,
        st.integers(0, 1),
    ),
    st.builds(
        lambda topic, held: lambda store: store.mark_topic(topic, held=held, deep=True),
        TOPICS,
        st.booleans(),
    ),
    st.just(lambda store: store.mark_next_date(later(14).date())),
    st.just(lambda store: store.add_keepsakes([voice(0.1)], BOTH)),
    st.just(lambda store: [store.sound_of(one, BOTH) for one in store.earlier_keepsakes]),
    st.just(lambda store: store.forget_evening()),
    st.just(lambda store: store.remember("nothing", "agreements")),
    st.just(lambda store: store.mark_end()),
)


def seen(folder: Path) -> Mapping[str, tuple[bytes | None, os.stat_result]]:
    """Everything that lies below *folder*, with its times: also those of reading.

    Looking at a folder may date that anew, at most once a day; it is looked at before.
    """
    list(folder.rglob("*"))
    return {
        str(path.relative_to(folder)): (
            read_untraced(path) if path.is_file() else b"",
            times,
        )
        for path, times in [(path, path.stat()) for path in sorted(folder.rglob("*"))]
    }


def an_evening(where: Where, days: float, *topics: str) -> None:
    store = SittingStore(where, later(days))
    for deed in sitting(1, later(days), topics):
        deed(store)
    assert store.take_trouble() is None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where an earlier evening was kept, with two keepsakes, and nothing more is to be."""
    folder = tmp_path_factory.mktemp("home")
    an_evening(whereabouts(folder), 0, "SF1", "SF2")
    return folder


@settings(max_examples=60)
@given(st.lists(DEEDS, max_size=12))
def test_an_evening_of_which_nothing_is_kept_changes_no_byte_and_no_time(
    home: Path, deeds: list[Deed]
) -> None:
    before = seen(home)
    store = SittingStore(whereabouts(home, memory="nothing"), later(7))
    for deed in deeds:
        deed(store)
    assert seen(home) == before


@settings(max_examples=30)
@given(st.lists(DEEDS, max_size=12))
def test_where_nothing_was_ever_kept_not_even_a_folder_is_made(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[Deed]
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    store = SittingStore(whereabouts(folder, memory="nothing"), later())
    for deed in deeds:
        deed(store)
    assert list(folder.iterdir()) == []


def test_a_solo_sitting_or_one_begun_by_hand_writes_nothing_of_an_invitation(
    tmp_path: Path,
) -> None:
    SittingStore(whereabouts(tmp_path), later()).mark_invited(later().date())
    assert list(tmp_path.iterdir()) == []


def test_the_settings_alone_can_forbid_keeping(tmp_path: Path) -> None:
    for memory, kept in (("nothing", "nothing"), ("dates", "dates"), ("agreements", "agreements")):
        store = SittingStore(whereabouts(tmp_path / memory, memory=memory), later())
        assert store.works is (memory != "nothing")
        assert store.remember("agreements", "agreements") == kept
        assert (tmp_path / memory).exists() is (memory != "nothing")


def test_keepsakes_need_the_settings_too(tmp_path: Path) -> None:
    where = replace(whereabouts(tmp_path), keepsakes=False)
    store = SittingStore(where, later())
    assert store.remember("agreements", "agreements") == "agreements"
    assert not store.add_keepsakes([voice(1)], BOTH)
    assert look(where).keepsakes == ()


def test_a_file_shows_neither_kind_nor_day_nor_term_nor_how_much_is_in_it(tmp_path: Path) -> None:
    sizes = set()
    for number, topics in enumerate(((), ("SF1",), tuple(f"topic {n}" for n in range(40)))):
        where = whereabouts(tmp_path / str(number))
        an_evening(where, 0, *topics)
        for path in where.file.parent.iterdir():
            sizes.add(path.stat().st_size)
            shown = path.read_bytes()
            assert shown[:OPEN] == b"VChk\x02"
            assert len(set(shown[MARK:])) == 256  # no run of anything: it is all sealed
    assert sizes == {AROUND + BLOCK, AROUND + SOUND_BLOCK}


def test_the_files_are_dated_by_day_alone(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    an_evening(where, 0, "SF1")
    written = {path.stat().st_mtime for path in where.file.parent.iterdir()}
    assert written == {later().replace(hour=12).timestamp()}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277])
def test_every_file_is_its_owners_alone_whatever_the_umask_is(tmp_path: Path, umask: int) -> None:
    where = whereabouts(tmp_path / "new" / "place")
    before = os.umask(umask)
    try:
        an_evening(where, 0, "SF1")
    finally:
        os.umask(before)
    made = [path for path in tmp_path.rglob("*") if path != tmp_path]
    assert len(made) > 6
    for path in made:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted


def test_what_is_dated_ahead_of_the_clock_lasts_its_term_from_today_at_most(
    tmp_path: Path,
) -> None:
    where = whereabouts(tmp_path)
    an_evening(where, 3650, "SF1")  # somebody set the clock ten years ahead, and back
    assert look(where, later(0)).journey.known
    assert look(where, later(29)).journey.known
    assert look(where, later(30)).empty
    assert not where.file.exists()
