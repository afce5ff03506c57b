"""What is kept, as plain data."""

from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.state import (
    Keepsake,
    LastSitting,
    PastEvening,
    Progress,
    ResumePoint,
    StoredState,
    folded,
    packed,
    strictest,
    unexpired,
    unpacked,
    with_topic,
)

TOPICS = st.lists(st.sampled_from(["ground", "SF1", "SF2", "D1", "T4", "U2"]), unique=True)
SEATS, DAYS = st.integers(0, 1), st.dates()
POINTS = st.builds(ResumePoint, st.text(), SEATS, st.datetimes(), st.integers(0, 9), st.text())
SITTINGS = st.builds(
    LastSitting,
    DAYS,
    DAYS,
    TOPICS.map(tuple),
    TOPICS.map(tuple),
    st.booleans(),
    st.none() | st.integers(0, 9),
    SEATS,
    st.none() | DAYS,
)
JOURNEYS = st.builds(
    Journey,
    TOPICS.map(frozenset),
    st.dictionaries(st.sampled_from(["SF1", "U2"]), st.integers(1, 3)),
    st.none() | DAYS,
    st.booleans(),
    SEATS,
)
STATES = st.builds(
    StoredState,
    st.builds(Progress, JOURNEYS, st.integers(0, 9), st.none() | DAYS, st.none() | DAYS),
    st.none() | SITTINGS,
    st.lists(st.builds(PastEvening, DAYS, DAYS, TOPICS.map(tuple)), max_size=3).map(tuple),
    st.lists(st.builds(Keepsake, st.integers(0, 2**64), DAYS, DAYS), max_size=3).map(tuple),
    st.none() | DAYS,
    st.none() | POINTS,
)
DAY, UNTIL = date(2030, 3, 1), date(2030, 3, 31)


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        (("agreements", "agreements"), "agreements"),
        (("agreements", "dates"), "dates"),
        (("dates", "agreements"), "dates"),
        (("dates", "nothing"), "nothing"),
        (("agreements", "perhaps"), "nothing"),
        ((), "nothing"),
    ],
)
def test_sr_02_the_stricter_choice_counts_and_doubt_means_nothing(
    choices: tuple[str, ...], kept: str
) -> None:
    assert strictest(choices) == kept


def test_sr_31_no_field_tells_who_did_what_nor_which_step_was_come_to() -> None:
    known = {
        ResumePoint: {"topic", "starter", "at", "evening", "length"},
        LastSitting: {"day", "until", "offered", "held", "deep", "evening", "next_starter"}
        | {"next_date"},
        Progress: {"journey", "round", "next_date", "until"},
        Journey: {"offered", "held", "last", "last_was_deep", "starter"},
        Keepsake: {"id", "day", "until"},
        PastEvening: {"day", "until", "topics"},
        StoredState: {"before", "last", "past", "keepsakes", "invited", "resume"},
    }
    assert {kind: {field.name for field in fields(kind)} for kind in known} == known


@given(STATES)
def test_what_is_written_is_read_again(state: StoredState) -> None:
    assert unpacked(packed(state)) == state


@given(STATES, st.datetimes(datetime(2026, 1, 1), datetime(9000, 1, 1)), st.integers(1, 30))
def test_nothing_lasts_longer_than_its_term_whatever_the_clock_said_then(
    state: StoredState, now: datetime, days: int
) -> None:
    left = unexpired(state, now, days)
    assert unexpired(left, now, days) == left
    assert unexpired(left, now + timedelta(days), days).empty


def test_a_held_topic_counts_as_offered_and_each_hold_counts() -> None:
    once = folded(Progress(), with_topic(LastSitting(DAY, UNTIL), "T1", held=True, deep=True))
    assert once.journey == Journey(frozenset({"T1"}), {"T1": 1}, DAY, True, 0)
    twice = folded(once, with_topic(LastSitting(DAY, UNTIL), "T1", held=True, deep=True))
    assert twice.journey.held == {"T1": 2}


def test_a_topic_that_was_taken_up_is_held_no_longer() -> None:
    held = folded(Progress(), with_topic(LastSitting(DAY, UNTIL), "T1", held=True, deep=True))
    taken = folded(held, with_topic(LastSitting(DAY, UNTIL), "T1", held=False, deep=True))
    assert taken.journey.offered == {"T1"}
    assert taken.journey.held == {}


def test_a_topic_set_aside_and_taken_up_on_one_evening_is_not_held() -> None:
    marks = with_topic(LastSitting(DAY, UNTIL), "T1", held=True, deep=True)
    assert with_topic(marks, "T1", held=False, deep=True).held == ()


def test_sr_06_a_passed_topic_leaves_the_same_mark_as_a_shared_one() -> None:
    assert with_topic(LastSitting(DAY, UNTIL), "T1", held=False, deep=True) == LastSitting(
        DAY, UNTIL, offered=("T1",), deep=True
    )


def test_the_next_date_and_the_one_who_begins_are_those_of_the_last_sitting() -> None:
    progress = folded(
        Progress(), LastSitting(DAY, UNTIL, next_starter=1, next_date=date(2030, 3, 8))
    )
    assert (progress.journey.starter, progress.next_date) == (1, date(2030, 3, 8))
    progress = folded(progress, LastSitting(date(2030, 3, 8), UNTIL))
    assert (progress.journey.starter, progress.next_date) == (0, None)


def test_keeping_sittings_are_counted_so_that_their_topics_take_turns() -> None:
    progress = folded(
        folded(Progress(), LastSitting(DAY, UNTIL, evening=0)), LastSitting(DAY, UNTIL, evening=3)
    )
    assert progress.round == 1
