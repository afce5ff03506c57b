"""What is kept, as plain data."""

import json
from dataclasses import fields
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.kept import (
    MEMORIES,
    Keepsake,
    Kept,
    Marks,
    PastEvening,
    Place,
    Story,
    folded,
    packed_marks,
    packed_past,
    packed_story,
    strictest,
    unpacked_marks,
    unpacked_past,
    unpacked_story,
    with_topic,
)

TOPICS = st.sampled_from(["ground", "SF1", "SF2", "D1", "T4", "U2"])
SEATS = st.integers(0, 1)
PLACES = st.builds(Place, st.text(), SEATS, st.datetimes(), st.integers(0, 9), st.text())
MARKS = st.builds(
    Marks,
    st.dates(),
    st.sampled_from(MEMORIES),
    st.lists(TOPICS, unique=True).map(tuple),
    st.lists(TOPICS, unique=True).map(tuple),
    st.booleans(),
    st.none() | st.integers(0, 9),
    SEATS,
    st.none() | st.dates(),
    st.none() | PLACES,
)
DAY = date(2030, 3, 1)


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


def test_sr_31_no_field_tells_who_did_what() -> None:
    seats = {"starter", "next_starter"}
    known = {
        Place: {"step", "starter", "at", "evening", "length"},
        Marks: {"day", "memory", "offered", "held", "deep", "evening", *seats, "next_date", "place"}
        - {"starter"},
        Story: {"journey", "round", "next_date"},
        Journey: {"offered", "held", "last", "last_was_deep", "starter"},
        Keepsake: {"id", "day"},
        PastEvening: {"day", "topics"},
        Kept: {"journey", "round", "next_date", "place", "keepsakes", "past", "invited"},
    }
    assert {kind: {field.name for field in fields(kind)} for kind in known} == known
    written = json.loads(packed_marks(Marks(DAY, place=Place("SF1", 0, datetime(2030, 3, 1)))))
    assert set(written) == known[Marks]
    assert set(written["place"]) == known[Place]


@given(MARKS)
def test_marks_are_read_as_they_were_written(marks: Marks) -> None:
    assert unpacked_marks(packed_marks(marks)) == marks


@given(st.lists(MARKS, max_size=4))
def test_a_story_is_read_as_it_was_written(sittings: list[Marks]) -> None:
    story = Story()
    for marks in sittings:
        story = folded(story, marks)
    assert unpacked_story(packed_story(story)) == story


@given(st.dates(), st.lists(TOPICS).map(tuple))
def test_a_past_evening_is_read_as_it_was_written(day: date, topics: tuple[str, ...]) -> None:
    past = PastEvening(day, topics)
    assert unpacked_past(packed_past(past)) == past


def test_a_held_topic_counts_as_offered_and_each_hold_counts() -> None:
    once = folded(Story(), with_topic(Marks(DAY), "T1", held=True, deep=True))
    assert once.journey == Journey(frozenset({"T1"}), {"T1": 1}, DAY, True, 0)
    twice = folded(once, with_topic(Marks(DAY), "T1", held=True, deep=True))
    assert twice.journey.held == {"T1": 2}


def test_a_topic_that_was_taken_up_is_held_no_longer() -> None:
    held = folded(Story(), with_topic(Marks(DAY), "T1", held=True, deep=True))
    taken = folded(held, with_topic(Marks(DAY), "T1", held=False, deep=True))
    assert taken.journey.offered == {"T1"}
    assert taken.journey.held == {}


def test_a_topic_set_aside_and_taken_up_on_one_evening_is_not_held() -> None:
    marks = with_topic(Marks(DAY), "T1", held=True, deep=True)
    assert with_topic(marks, "T1", held=False, deep=True).held == ()


def test_sr_06_a_passed_topic_leaves_the_same_mark_as_a_shared_one() -> None:
    assert with_topic(Marks(DAY), "T1", held=False, deep=True) == Marks(
        DAY, offered=("T1",), deep=True
    )


def test_the_next_date_and_the_one_who_begins_are_those_of_the_last_sitting() -> None:
    story = folded(Story(), Marks(DAY, next_starter=1, next_date=date(2030, 3, 8)))
    assert (story.journey.starter, story.next_date) == (1, date(2030, 3, 8))
    story = folded(story, Marks(date(2030, 3, 8)))
    assert (story.journey.starter, story.next_date) == (0, None)


def test_keeping_sittings_are_counted_so_that_their_topics_take_turns() -> None:
    story = folded(folded(Story(), Marks(DAY, evening=0)), Marks(DAY, evening=3))
    assert story.round == 1
