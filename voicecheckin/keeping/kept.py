"""What is kept, as plain data: nothing here reads or writes.

There is no field for who passed, held, stopped, cried or began (SR-31). A seat (0 or 1) says only
who begins next, and where a sitting that was cut off goes on.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from voicecheckin.conversation.journey import WEEKLY, Journey

NOTHING, DATES, AGREEMENTS = MEMORIES = ("nothing", "dates", "agreements")
"""What may be kept of an evening, the strictest first."""

RESUMES_WITHIN = timedelta(hours=24)


def strictest(choices: Iterable[str]) -> str:
    """The smallest of all choices; none, or one that is not clear, means nothing (SR-02)."""
    ranks = [MEMORIES.index(choice) if choice in MEMORIES else 0 for choice in choices]
    return MEMORIES[min(ranks, default=0)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sitting stands, so that it can go on after a power cut."""

    step: str
    """The id of the step that had begun."""
    starter: int
    """Which seat begins that step: 0 or 1."""
    at: datetime
    """When it began, local time."""
    evening: int | None = None
    """1 to 9, or 0 for the keeping sitting; None while that is open."""
    length: str = ""
    """short or usual; empty while that is open."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one sitting leaves behind, until the next one begins."""

    day: date
    memory: str = DATES
    offered: tuple[str, ...] = ()
    """Topics in the order they were offered."""
    held: tuple[str, ...] = ()
    """Those of them that were set aside."""
    deep: bool = False
    """Whether one of them was deep."""
    evening: int | None = None
    next_starter: int = 0
    next_date: date | None = None
    place: Place | None = None
    """None once the sitting has ended."""


@dataclass(frozen=True, slots=True)
class Story:
    """The way so far: all earlier sittings folded into one."""

    journey: Journey = field(default_factory=Journey)
    round: int = 0
    """Keeping sittings so far, so that their topics take turns."""
    next_date: date | None = None


@dataclass(frozen=True, slots=True)
class Keepsake:
    """A small thing in somebody's own voice; the sound itself stays in the store."""

    id: int
    day: date


@dataclass(frozen=True, slots=True)
class PastEvening:
    """A day, and the topics that were visited."""

    day: date
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything a sitting may know when it begins."""

    journey: Journey = field(default_factory=Journey)
    round: int = 0
    next_date: date | None = None
    place: Place | None = None
    """Where a sitting was cut off less than 24 hours ago. To go on there, presence and consent
    are asked again first (O0, O2)."""
    keepsakes: tuple[Keepsake, ...] = ()
    past: tuple[PastEvening, ...] = ()
    """Oldest first."""
    invited: date | None = None
    """The last day on which the device invited to sit down."""


def with_topic(marks: Marks, topic: str, *, held: bool, deep: bool) -> Marks:
    """A topic was offered; passing it counts, and nobody learns that it was passed."""
    offered = (*(one for one in marks.offered if one != topic), topic)
    others = tuple(one for one in marks.held if one != topic)
    return replace(
        marks,
        offered=offered,
        held=(*others, topic) if held else others,
        deep=marks.deep or deep,
    )


def folded(story: Story, marks: Marks) -> Story:
    """The story with one more sitting; a topic that was taken up is held no longer."""
    before = story.journey
    held = {topic: times for topic, times in before.held.items() if topic not in marks.offered}
    held |= {topic: before.held.get(topic, 0) + 1 for topic in marks.held}
    journey = Journey(
        offered=before.offered | frozenset(marks.offered),
        held=held,
        last=marks.day,
        last_was_deep=marks.deep,
        starter=marks.next_starter,
    )
    return Story(journey, story.round + (marks.evening == WEEKLY), marks.next_date)


def resumable(marks: Marks, now: datetime) -> Place | None:
    """Where to go on; None after the goodnight, or after 24 hours."""
    if marks.place is None or not timedelta() <= now - marks.place.at < RESUMES_WITHIN:
        return None
    return marks.place


def packed_story(story: Story) -> bytes:
    """The story as JSON."""
    journey = story.journey
    return _json(
        {
            "offered": sorted(journey.offered),
            "held": dict(journey.held),
            "last": _text(journey.last),
            "deep": journey.last_was_deep,
            "next_starter": journey.starter,
            "round": story.round,
            "next_date": _text(story.next_date),
        }
    )


def unpacked_story(content: bytes) -> Story:
    """The story again."""
    read = json.loads(content)
    journey = Journey(
        frozenset(read["offered"]),
        read["held"],
        _date(read["last"]),
        read["deep"],
        read["next_starter"],
    )
    return Story(journey, read["round"], _date(read["next_date"]))


def packed_marks(marks: Marks) -> bytes:
    """A sitting's marks as JSON."""
    place = marks.place
    return _json(
        {
            "day": _text(marks.day),
            "memory": marks.memory,
            "offered": marks.offered,
            "held": marks.held,
            "deep": marks.deep,
            "evening": marks.evening,
            "next_starter": marks.next_starter,
            "next_date": _text(marks.next_date),
            "place": place
            and {
                "step": place.step,
                "starter": place.starter,
                "at": place.at.isoformat(),
                "evening": place.evening,
                "length": place.length,
            },
        }
    )


def unpacked_marks(content: bytes) -> Marks:
    """A sitting's marks again."""
    read = json.loads(content)
    place = read.pop("place")
    if place is not None:
        place = Place(**{**place, "at": datetime.fromisoformat(place["at"])})
    day, next_date = date.fromisoformat(read.pop("day")), _date(read.pop("next_date"))
    offered, held = tuple(read.pop("offered")), tuple(read.pop("held"))
    return Marks(day, offered=offered, held=held, next_date=next_date, place=place, **read)


def packed_past(past: PastEvening) -> bytes:
    """A past evening as JSON."""
    return _json({"day": _text(past.day), "topics": past.topics})


def unpacked_past(content: bytes) -> PastEvening:
    """A past evening again."""
    read = json.loads(content)
    return PastEvening(date.fromisoformat(read["day"]), tuple(read["topics"]))


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
