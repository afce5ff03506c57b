"""In a room that keeps, what both allowed is kept, and trouble never reaches the sitting."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.conversation.small_script import SMALL
from tests.keeping.evenings import whereabouts
from voicecheckin.conversation.messages import (
    AgreeDate,
    Effect,
    Ending,
    Finish,
    Forget,
    Keep,
    KeepOffers,
    Listen,
    PlayBack,
    Remember,
    Speak,
)
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.state import AGREEMENTS, StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple
from voicecheckin.sound.frames import Samples

EVENING = datetime(2030, 3, 1, 20, 0)
VOICE = np.linspace(-0.5, 0.5, 16_000, dtype=np.float32)


def home(folder: Path, *, stick: bool = False, memory: str = AGREEMENTS) -> Where:
    return whereabouts(folder, stick=stick, memory=memory)


class Keepsakes:
    """Two keepsakes were recorded tonight."""

    def __init__(self) -> None:
        self.held: list[Samples] = [VOICE, VOICE[::-1]]
        self.lent: Sequence[Samples] = ()

    def take(self) -> list[Samples]:
        taken, self.held = self.held, []
        return taken

    def lend(self, sounds: Sequence[Samples]) -> None:
        self.lent = sounds


def sit(where: Where, *effects: Effect) -> list[KeepingError]:
    """A sitting of these effects; what was noted about it."""
    troubles: list[KeepingError] = []
    store = SittingStore(where, EVENING)
    keepsakes = Keepsakes()
    sitting = KeptSitting(lambda: (1, "usual"), clock=lambda: EVENING)
    room = KeepingRoom(
        PaperRoom(couple("easy")), store, keepsakes, SMALL, sitting, note=troubles.append
    )
    for effect in effects:
        room.perform(effect)
        if isinstance(effect, KeepOffers | Finish):
            assert keepsakes.held == []  # they have left the memory, kept or not
    return troubles


def kept(where: Where) -> StoredState:
    store = SittingStore(where, EVENING)
    assert store.take_trouble() is None
    return store.state


def test_topics_are_kept_as_both_allowed(tmp_path: Path) -> None:
    where = home(tmp_path)
    assert sit(where, Remember("dates"), Keep("SF1"), Keep("U7", held=True)) == []
    journey = kept(where).journey
    assert journey.offered == {"SF1", "U7"}
    assert journey.held == {"U7": 1}
    assert journey.last == EVENING.date()
    assert journey.last_was_deep
    assert journey.starter == 1


@pytest.mark.parametrize("memory", ["nothing", "", "everything", "dates "])
def test_sr_02_doubt_about_the_memory_leaves_no_file_at_all(memory: str, tmp_path: Path) -> None:
    where = home(tmp_path)
    sit(where, Keep("SF1"), KeepOffers(True), Remember(memory))
    assert list(tmp_path.rglob("*")) == []


def test_sr_02_where_the_settings_keep_nothing_no_file_is_ever_made(tmp_path: Path) -> None:
    where = home(tmp_path, memory="nothing")
    sit(where, Listen(step="U7", floor=0), Keep("SF1"), Remember("agreements"), KeepOffers(True))
    assert list(tmp_path.rglob("*")) == []


def test_sr_29_offers_are_kept_only_where_agreements_may_be(tmp_path: Path) -> None:
    for memory, number in (("dates", 0), ("agreements", 2)):
        where = home(tmp_path / memory)
        sit(where, Remember(memory), KeepOffers(True))
        assert len(kept(where).keepsakes) == number


def test_sr_31_a_branch_that_somebody_needed_is_never_written_down(tmp_path: Path) -> None:
    where = home(tmp_path)
    branch = next(steps[0].id for steps in SMALL.branches.values() if steps)
    sit(where, Speak("A.", "U7a"), Speak("B.", branch))
    place = kept(where).resume
    assert place is not None
    assert place.topic == "U7"


def test_a_cut_sitting_keeps_its_place_and_any_other_does_not(tmp_path: Path) -> None:
    for ending in Ending:
        where = home(tmp_path / ending.value)
        sit(where, Listen(step="U7", floor=1), Finish(ending))
        place = kept(where).resume
        if ending in (Ending.INTERRUPTED, Ending.SOUND_GONE):
            assert place is not None
            assert (place.topic, place.starter, place.evening) == ("U7", 1, 1)
            assert place.length == "usual"
        else:
            assert place is None


def test_once_the_goodnight_has_begun_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    where = home(tmp_path)
    sit(where, Listen(step="U7", floor=0), Speak("Good night.", "C6"))
    assert kept(where) == StoredState()


def test_a_beginning_that_nobody_answers_leaves_the_place_of_a_cut_sitting(tmp_path: Path) -> None:
    where = home(tmp_path)
    sit(where, Listen(step="U7", floor=0), Finish(Ending.INTERRUPTED))
    sit(where, Speak("Welcome.", "O0"), Finish(Ending.QUIET))
    assert kept(where).resume is not None
    sit(where, Speak("Welcome.", "O0"), Speak("Good night.", "C6"))
    assert kept(where) == StoredState()


def test_sr_33_forgetting_is_immediate_and_nothing_more_is_kept(tmp_path: Path) -> None:
    where = home(tmp_path)
    sit(where, Remember("dates"), Keep("SF1"), Forget(), Keep("SF2"), Finish(Ending.STOPPED))
    assert kept(where) == StoredState()
    sit(where, Remember("agreements"), Keep("SF1"), KeepOffers(True), Forget(everything=True))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_missing_stick_is_told_once_and_the_sitting_goes_on_unkept(tmp_path: Path) -> None:
    where = home(tmp_path, stick=True)
    troubles = sit(where, Speak("Hello.", "O0"), Remember("dates"), Keep("SF1"), Keep("SF2"))
    assert [trouble.problem for trouble in troubles] == [Problem.NO_KEY]
    assert list(tmp_path.rglob("*")) == []


def test_the_next_date_is_a_week_ahead_or_left_open(tmp_path: Path) -> None:
    for agreed, day in ((True, date(2030, 3, 8)), (False, None)):
        where = home(tmp_path / str(agreed))
        sit(where, Remember("dates"), Keep("SF1"), AgreeDate(agreed))
        assert kept(where).progress.next_date == day


def test_sr_29_what_both_do_not_want_kept_is_dropped(tmp_path: Path) -> None:
    where = home(tmp_path)
    sit(where, Remember("agreements"), KeepOffers(False), KeepOffers(True))
    assert kept(where).keepsakes == ()


def test_keepsakes_of_an_earlier_evening_are_lent_to_be_played(tmp_path: Path) -> None:
    where = home(tmp_path)
    sit(where, Remember("agreements"), KeepOffers(True))
    store, keepsakes = SittingStore(where, EVENING + timedelta(1)), Keepsakes()
    sitting = KeptSitting(lambda: (1, "usual"))
    room = KeepingRoom(PaperRoom(couple("easy")), store, keepsakes, SMALL, sitting)
    room.perform(PlayBack(0))
    assert len(keepsakes.lent) == 0
    room.perform(PlayBack(None))
    assert len(keepsakes.lent) == 2


def test_what_is_asked_at_the_end_of_an_evening_holds_for_the_whole_of_it(tmp_path: Path) -> None:
    where = home(tmp_path)
    before = (Keep("SF1"), Keep("U7", held=True), AgreeDate(True), KeepOffers(True))
    assert sit(where, *before, Remember("agreements")) == []
    state = kept(where)
    assert state.journey.offered == {"SF1", "U7"}
    assert state.progress.next_date == date(2030, 3, 8)
    assert len(state.keepsakes) == 2
    sit(home(tmp_path / "other"), *before, Remember("nothing"))
    assert not (tmp_path / "other").exists()
