"""What a sitting may keep, and what is kept of it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.keeping.evenings import BOTH, later, look, sitting, voice, whereabouts
from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.state import ResumePoint, StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where, usual_key, where


def sit(where: Where, days: float, *topics: str, evening: int = 1) -> None:
    """A whole sitting, *days* after the first."""
    now = later(days)
    store = SittingStore(where, now)
    for deed in sitting(evening, now, topics):
        deed(store)
    assert store.take_trouble() is None


def everything_a_sitting_does(store: SittingStore) -> None:
    store.mark_resume(ResumePoint("SF1", 0, later(), 1))
    store.mark_topic("SF1", held=True, deep=True)
    assert not store.add_keepsakes([voice(1)], BOTH)
    store.mark_next_date(date(2030, 3, 8))
    store.mark_end()


@pytest.mark.parametrize("choices", [("nothing", "agreements"), ("dates", "nothing"), (), None])
def test_sr_02_unless_both_choose_it_not_even_a_file_is_made(
    tmp_path: Path, choices: tuple[str, ...] | None
) -> None:
    store = SittingStore(whereabouts(tmp_path), later())
    if choices is not None:
        assert store.remember(*choices) == "nothing"
    everything_a_sitting_does(store)
    store.forget_evening()
    assert store.take_trouble() is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_sr_02_consent_is_not_carried_over_to_the_next_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    before = look(where, later(7))
    store = SittingStore(where, later(7))
    assert store.memory == "nothing"
    store.mark_topic("SF3")
    assert not store.add_keepsakes([voice(1)], BOTH)
    assert look(where, later(7)) == before


def test_sr_02_a_second_choice_on_the_same_evening_can_only_take_away(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    store.remember("dates", "agreements")
    store.mark_topic("SF1")
    assert store.remember("agreements", "nothing") == "nothing"
    assert look(where) == StoredState()


def test_the_way_is_there_on_the_next_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "ground", "SF1", "SF2")
    kept = look(where, later(7))
    assert kept.journey == Journey(
        frozenset({"ground", "SF1", "SF2"}), {"SF1": 1}, date(2030, 3, 1), True, 1
    )
    assert (kept.progress.next_date, kept.resume, kept.progress.round) == (
        date(2030, 4, 1),
        None,
        0,
    )
    assert [past.topics for past in kept.evenings] == [("ground", "SF1", "SF2")]
    assert [keepsake.day for keepsake in kept.keepsakes] == [date(2030, 3, 1)] * 2


def test_evenings_follow_each_other_and_the_story_outlives_their_dates(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for number in range(6):
        sit(where, 8 * number, f"T{number}", evening=number + 1)
    kept = look(where, later(41))
    assert kept.journey.offered == {f"T{number}" for number in range(6)}
    assert [past.topics for past in kept.evenings] == [("T2",), ("T3",), ("T4",), ("T5",)]
    assert len(kept.keepsakes) == 8


def test_an_evening_that_is_not_kept_changes_nothing_of_the_way(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    before = look(where, later(8))
    store = SittingStore(where, later(7))
    store.remember("nothing", "dates")
    everything_a_sitting_does(store)
    store.forget_evening()
    assert look(where, later(8)) == before


# Keepsakes


def test_sr_29_a_keepsake_needs_agreements_and_two_yeses(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    store = SittingStore(where, later())
    store.remember("agreements", "agreements")
    for yeses in ((True, False), (False, True), (False, False)):
        assert not store.add_keepsakes([voice(1)], yeses)
    assert look(where).keepsakes == ()
    assert store.add_keepsakes([voice(1), voice(2)], BOTH)
    assert len(look(where).keepsakes) == 2
    store.remember("dates", "agreements")
    assert not store.add_keepsakes([voice(1)], BOTH)


def test_a_keepsake_sounds_as_it_did_and_lasts_20_seconds_at_most(tmp_path: Path) -> None:
    where, sound = whereabouts(tmp_path), voice(21)
    store = SittingStore(where, later())
    store.remember("agreements", "agreements")
    store.add_keepsakes([sound, sound[:0]], BOTH)
    store = SittingStore(where, later(7))
    [keepsake] = store.state.keepsakes
    heard = store.sound_of(keepsake, BOTH)
    assert heard is not None
    assert len(heard) == 320_000
    assert float(np.max(np.abs(heard - sound[:320_000]))) <= 1 / 32768


def test_sr_32_a_keepsake_is_heard_with_both_present_only(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    store = SittingStore(where, later(7))
    keepsake = store.state.keepsakes[0]
    for yeses in ((True, False), (False, True), (False, False)):
        assert store.sound_of(keepsake, yeses) is None
    assert store.sound_of(keepsake, BOTH) is not None
    store.forget_keepsake(keepsake)
    assert store.sound_of(keepsake, BOTH) is None
    assert len(look(where, later(7)).keepsakes) == 1


@pytest.mark.parametrize("change", ["cut", "bit", "swapped", "gone"])
def test_sr_35_a_keepsake_changed_behind_our_back_is_not_played(
    tmp_path: Path, change: str
) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    one, other = (where.keepsake(keepsake.id) for keepsake in look(where, later(1)).keepsakes)
    sound = one.read_bytes()
    match change:
        case "cut":
            one.write_bytes(sound[:500])
        case "bit":
            one.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
        case "swapped":
            one.write_bytes(other.read_bytes())
        case "gone":
            one.unlink()
    store = SittingStore(where, later(1))
    changed, whole = store.earlier_keepsakes
    with pytest.raises(KeepingError) as error:
        store.sound_of(changed, BOTH)
    assert error.value.problem in (Problem.ALTERED, Problem.DAMAGED)
    assert store.sound_of(whole, BOTH) is not None


# Expiry


def test_sr_33_everything_expires_by_itself_even_without_the_key(tmp_path: Path) -> None:
    where = whereabouts(tmp_path, stick=True)
    where.key.parent.mkdir()
    SittingStore(whereabouts(tmp_path), later())
    sit(whereabouts(tmp_path), 0, "SF1")
    assert look(where, later(29)).journey.known
    where.key.rename(tmp_path / "taken away")
    SittingStore(where, later(30))
    (tmp_path / "taken away").rename(where.key)
    assert look(where, later(0)) == StoredState()


@pytest.mark.parametrize(("at_first", "later_on"), [(10, 30), (30, 10)])
def test_sr_33_the_shorter_term_wins(tmp_path: Path, at_first: int, later_on: int) -> None:
    sit(whereabouts(tmp_path, days=at_first), 0, "SF1")
    where = whereabouts(tmp_path, days=later_on)
    assert look(where, later(9)).journey.known
    assert look(where, later(10)) == StoredState()


def test_a_clock_that_goes_back_forgets_nothing(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    assert look(where, later(-1000)).journey.known


# Where


def test_settings_left_out_mean_the_usual_places_and_no_stick(tmp_path: Path) -> None:
    usual = where()
    assert (usual.key, usual.stick, usual.days) == (usual_key(), False, 30)
    assert usual.key.parent != usual.file.parent or usual.key.name != usual.file.name
    own = where(str(tmp_path), str(tmp_path / "stick" / "key"), 7)
    assert own == Where(tmp_path / "kept", tmp_path / "stick" / "key", True, 7)
