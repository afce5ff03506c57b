"""What a sitting may keep, and what is kept of it."""

import sqlite3
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.keeping.evenings import BOTH, later, look, sitting, voice, whereabouts
from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.keeper import Keeper
from voicecheckin.keeping.kept import Kept, PastEvening, Place
from voicecheckin.keeping.where import Where, usual_key, where


def sit(where: Where, days: float, *topics: str, evening: int = 1) -> None:
    """A whole sitting, *days* after the first."""
    now = later(days)
    keeper = Keeper(where, now)
    for deed in sitting(evening, now, topics):
        deed(keeper)
    assert keeper.take_trouble() is None
    keeper.close()


def everything_a_sitting_does(keeper: Keeper) -> None:
    keeper.mark_place(Place("SF1", 0, later(), 1))
    keeper.mark_topic("SF1", held=True, deep=True)
    assert not keeper.add_keepsakes([voice(1)], BOTH)
    keeper.mark_next_date(date(2030, 3, 8))
    keeper.mark_end()


@pytest.mark.parametrize("choices", [("nothing", "agreements"), ("dates", "nothing"), (), None])
def test_sr_02_unless_both_choose_it_not_even_a_file_is_made(
    tmp_path: Path, choices: tuple[str, ...] | None
) -> None:
    keeper = Keeper(whereabouts(tmp_path), later())
    if choices is not None:
        assert keeper.remember(*choices) == "nothing"
    everything_a_sitting_does(keeper)
    keeper.forget_evening()
    keeper.close()
    assert keeper.take_trouble() is None
    assert list(tmp_path.iterdir()) == []


def test_sr_02_consent_is_not_carried_over_to_the_next_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    before = look(where, later(7))
    keeper = Keeper(where, later(7))
    assert keeper.memory == "nothing"
    keeper.mark_topic("SF3")
    assert not keeper.add_keepsakes([voice(1)], BOTH)
    keeper.close()
    assert look(where, later(7)) == before


def test_sr_02_a_second_choice_on_the_same_evening_can_only_take_away(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = Keeper(where, later())
    keeper.remember("dates", "agreements")
    keeper.mark_topic("SF1")
    assert keeper.remember("agreements", "nothing") == "nothing"
    keeper.close()
    assert look(where) == Kept()


def test_the_way_is_there_on_the_next_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "ground", "SF1", "SF2")
    kept = look(where, later(7))
    assert kept.journey == Journey(
        frozenset({"ground", "SF1", "SF2"}), {"SF1": 1}, date(2030, 3, 1), True, 1
    )
    assert (kept.next_date, kept.place, kept.round) == (date(2030, 4, 1), None, 0)
    assert kept.past == (PastEvening(date(2030, 3, 1), ("ground", "SF1", "SF2")),)
    assert [keepsake.day for keepsake in kept.keepsakes] == [date(2030, 3, 1)] * 2


def test_evenings_follow_each_other_and_the_story_outlives_their_dates(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for number in range(6):
        sit(where, 8 * number, f"T{number}", evening=number + 1)
    kept = look(where, later(41))
    assert kept.journey.offered == {f"T{number}" for number in range(6)}
    assert [past.topics for past in kept.past] == [("T2",), ("T3",), ("T4",), ("T5",)]
    assert len(kept.keepsakes) == 8


def test_an_evening_that_is_not_kept_changes_nothing_of_the_way(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    before = look(where, later(8))
    keeper = Keeper(where, later(7))
    keeper.remember("nothing", "dates")
    everything_a_sitting_does(keeper)
    keeper.forget_evening()
    keeper.close()
    assert look(where, later(8)) == before


# Keepsakes


def test_sr_29_a_keepsake_needs_agreements_and_two_yeses(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    keeper = Keeper(where, later())
    keeper.remember("agreements", "agreements")
    for yeses in ((True, False), (False, True), (False, False)):
        assert not keeper.add_keepsakes([voice(1)], yeses)
    assert look(where).keepsakes == ()
    assert keeper.add_keepsakes([voice(1), voice(2)], BOTH)
    assert len(look(where).keepsakes) == 2
    keeper.remember("dates", "agreements")
    assert not keeper.add_keepsakes([voice(1)], BOTH)
    keeper.close()


def test_a_keepsake_sounds_as_it_did_and_lasts_20_seconds_at_most(tmp_path: Path) -> None:
    where, sound = whereabouts(tmp_path), voice(21)
    keeper = Keeper(where, later())
    keeper.remember("agreements", "agreements")
    keeper.add_keepsakes([sound, sound[:0]], BOTH)
    keeper.close()
    keeper = Keeper(where, later(7))
    [keepsake] = keeper.kept.keepsakes
    heard = keeper.sound_of(keepsake, BOTH)
    keeper.close()
    assert heard is not None
    assert len(heard) == 320_000
    assert float(np.max(np.abs(heard - sound[:320_000]))) <= 1 / 32768


def test_sr_32_a_keepsake_is_heard_with_both_present_only(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    keeper = Keeper(where, later(7))
    keepsake = keeper.kept.keepsakes[0]
    for yeses in ((True, False), (False, True), (False, False)):
        assert keeper.sound_of(keepsake, yeses) is None
    assert keeper.sound_of(keepsake, BOTH) is not None
    keeper.forget_keepsake(keepsake)
    assert keeper.sound_of(keepsake, BOTH) is None
    keeper.close()
    assert len(look(where, later(7)).keepsakes) == 1


def test_sr_35_a_keepsake_cannot_be_changed_by_a_program(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    database = sqlite3.connect(where.file)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        database.execute("UPDATE record SET term = 365")
    database.close()


@pytest.mark.parametrize(
    "change", ["sealed = substr(sealed, 1, 500)", "id = id + 1", "day = day + 1", "term = 365"]
)
def test_sr_35_a_keepsake_changed_behind_our_back_is_not_played(
    tmp_path: Path, change: str
) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, "SF1")
    database = sqlite3.connect(where.file)
    database.execute("DROP TRIGGER records_never_change")
    database.execute(f"UPDATE record SET {change} WHERE kind = 'keepsake'")
    database.commit()
    database.close()
    keeper = Keeper(where, later(1))
    for keepsake in keeper.kept.keepsakes:
        with pytest.raises(KeepingError) as error:
            keeper.sound_of(keepsake, BOTH)
        assert error.value.problem is Problem.ALTERED
    assert len(keeper.kept.keepsakes) == 2
    keeper.close()


# Expiry


def test_sr_33_everything_expires_by_itself_even_without_the_key(tmp_path: Path) -> None:
    where = whereabouts(tmp_path, stick=True)
    where.key.parent.mkdir()
    Keeper(whereabouts(tmp_path), later()).close()
    sit(whereabouts(tmp_path), 0, "SF1")
    assert look(where, later(29)).journey.known
    where.key.rename(tmp_path / "taken away")
    keeper = Keeper(where, later(30))
    keeper.close()
    (tmp_path / "taken away").rename(where.key)
    assert look(where, later(0)) == Kept()


@pytest.mark.parametrize(("at_first", "later_on"), [(10, 30), (30, 10)])
def test_sr_33_the_shorter_term_wins(tmp_path: Path, at_first: int, later_on: int) -> None:
    sit(whereabouts(tmp_path, days=at_first), 0, "SF1")
    where = whereabouts(tmp_path, days=later_on)
    assert look(where, later(9)).journey.known
    assert look(where, later(10)) == Kept()


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
    assert own == Where(tmp_path / "kept.db", tmp_path / "stick" / "key", True, 7)
