"""What is kept, as plain data: nothing here reads or writes.

There is no field for who passed, held, stopped, cried or began (SR-31). A seat (0 or 1) says only
who begins next, and where a sitting that was cut off goes on.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta

from voicecheckin.conversation.journey import WEEKLY, Journey

NOTHING, DATES, AGREEMENTS = MEMORIES = ("nothing", "dates", "agreements")
"""What may be kept of an evening, the strictest first."""

RESUMES_WITHIN = timedelta(hours=24)

NOT_SET = 2026
"""A year before this one means that nobody has set the clock: it lets nothing expire."""


def strictest(choices: Iterable[str]) -> str:
    """The smallest of all choices; none, or one that is not clear, means nothing (SR-02)."""
    ranks = [MEMORIES.index(choice) if choice in MEMORIES else 0 for choice in choices]
    return MEMORIES[min(ranks, default=0)]


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """The topic that had begun, so that a sitting can go on there after a power cut.

    Never a step: a step could tell what was answered before it. It is kept while the sitting lasts,
    where the settings ask for memory, and for a day at most after a power cut.
    """

    topic: str
    starter: int
    """Which seat begins it: 0 or 1."""
    at: datetime
    """When it began, local time."""
    evening: int | None = None
    """1 to 9, or 0 for the weekly sitting; None while that is open."""
    length: str = ""
    """short, usual or weekly; empty while that is open."""


@dataclass(frozen=True, slots=True)
class LastSitting:
    """What one sitting leaves behind, apart from the progress until the next one begins."""

    day: date
    until: date
    """The day on which it is forgotten."""
    offered: tuple[str, ...] = ()
    """Topics in the order they were offered."""
    held: tuple[str, ...] = ()
    """Those of them that were set aside."""
    deep: bool = False
    """Whether one of them was deep."""
    evening: int | None = None
    next_starter: int = 0
    next_date: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The way so far: sittings folded into one."""

    journey: Journey = field(default_factory=Journey)
    round: int = 0
    """Weekly sittings so far, so that their topics take turns."""
    next_date: date | None = None
    until: date | None = None
    """The day on which it is forgotten; None while there is nothing."""


@dataclass(frozen=True, slots=True)
class Keepsake:
    """A small thing in somebody's own voice; the sound itself lies in a sealed file of its own."""

    id: int
    day: date
    until: date


@dataclass(frozen=True, slots=True)
class PastEvening:
    """A day, and the topics that were visited."""

    day: date
    until: date
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredState:
    """Everything that is kept."""

    before: Progress = field(default_factory=Progress)
    """The way as it was before the last sitting, so that this one can be forgotten alone."""
    last: LastSitting | None = None
    past: tuple[PastEvening, ...] = ()
    """Oldest first, without the last sitting."""
    keepsakes: tuple[Keepsake, ...] = ()
    invited: date | None = None
    """The last day on which the device itself invited to sit down."""
    resume: ResumePoint | None = None
    """Where a sitting was cut off, or is under way; it is no part of what both wanted kept."""

    @property
    def progress(self) -> Progress:
        """The way so far, with the last sitting."""
        return folded(self.before, self.last) if self.last else self.before

    @property
    def journey(self) -> Journey:
        """What lies behind the couple."""
        return self.progress.journey

    @property
    def evenings(self) -> tuple[PastEvening, ...]:
        """Every evening that is kept, oldest first."""
        last = self.last
        return (*self.past, PastEvening(last.day, last.until, last.offered)) if last else self.past

    @property
    def empty(self) -> bool:
        """Whether nothing is left that could be of use."""
        return not (self.journey.known or self.past or self.keepsakes or self.resume)

    @property
    def newest(self) -> date:
        """The day of the newest thing."""
        evenings, sounds = (one.day for one in self.evenings), (one.day for one in self.keepsakes)
        last, place = self.journey.last, self.resume
        more = [*([last] if last else []), *([place.at.date()] if place else [])]
        return max([*evenings, *sounds, *more])


def with_topic(sitting: LastSitting, topic: str, *, held: bool, deep: bool) -> LastSitting:
    """A topic was offered; passing it counts, and nobody learns that it was passed."""
    offered = (*(one for one in sitting.offered if one != topic), topic)
    others = tuple(one for one in sitting.held if one != topic)
    return replace(
        sitting,
        offered=offered,
        held=(*others, topic) if held else others,
        deep=sitting.deep or deep,
    )


def folded(before: Progress, sitting: LastSitting) -> Progress:
    """The way with one more sitting; a topic that was taken up is held no longer."""
    was = before.journey
    held = {topic: times for topic, times in was.held.items() if topic not in sitting.offered}
    held |= {topic: was.held.get(topic, 0) + 1 for topic in sitting.held}
    journey = Journey(
        offered=was.offered | frozenset(sitting.offered),
        held=held,
        last=sitting.day,
        last_was_deep=sitting.deep,
        starter=sitting.next_starter,
    )
    number = before.round + (sitting.evening == WEEKLY)
    return Progress(journey, number, sitting.next_date, sitting.until)


def settled(state: StoredState) -> StoredState:
    """The last sitting becomes part of the way, because another one begins."""
    return replace(state, before=state.progress, past=state.evenings, last=None)


def without_last(state: StoredState) -> StoredState:
    """Forget the last sitting and its keepsakes; the way is what it was before."""
    if state.last is None:
        return state
    day = state.last.day
    kept = tuple(keepsake for keepsake in state.keepsakes if keepsake.day != day)
    return replace(state, last=None, keepsakes=kept)


def unexpired(state: StoredState, now: datetime, days: int) -> StoredState:
    """*state* at local time *now*, without what is older than its term, or than *days*.

    What is dated ahead of the clock is not believed: it lasts *days* from today at most. There is
    nothing to go on with after 24 hours, nor before it began.
    """
    today = now.date()
    if today.year < NOT_SET:
        return state

    def end(day: date, until: date) -> date:
        return min(until, min(day, today) + timedelta(days))

    before, last, invited, place = state.before, state.last, state.invited, state.resume
    if before.until:
        before = replace(before, until=end(before.journey.last or today, before.until))
    if last:
        last = replace(last, until=end(last.day, last.until))
    if invited:
        invited = min(invited, today)
    gone = before.until is None or before.until <= today
    if last and last.until > today:
        gone = False  # each sitting lets the way last as long as itself
    return StoredState(
        Progress() if gone else before,
        last if last and last.until > today else None,
        tuple(
            replace(past, until=end(past.day, past.until))
            for past in state.past
            if end(past.day, past.until) > today
        ),
        tuple(
            replace(keepsake, until=end(keepsake.day, keepsake.until))
            for keepsake in state.keepsakes
            if end(keepsake.day, keepsake.until) > today
        ),
        invited if invited and invited + timedelta(days) > today else None,
        place if place and timedelta() <= now - place.at < RESUMES_WITHIN else None,
    )


def packed(state: StoredState) -> bytes:
    """The state as JSON."""
    return json.dumps(asdict(state), default=_plain, separators=(",", ":")).encode()


def unpacked(content: bytes) -> StoredState:
    """The state again."""
    read = json.loads(content, object_hook=_dated)
    journey, last, resume = read["before"].pop("journey"), read["last"], read["resume"]
    journey["offered"] = frozenset(journey["offered"])
    if last is not None:
        offered, held = tuple(last.pop("offered")), tuple(last.pop("held"))
        last = LastSitting(offered=offered, held=held, **last)
    return StoredState(
        Progress(Journey(**journey), **read["before"]),
        last,
        tuple(PastEvening(topics=tuple(past.pop("topics")), **past) for past in read["past"]),
        tuple(Keepsake(**keepsake) for keepsake in read["keepsakes"]),
        read["invited"],
        ResumePoint(**resume) if resume else None,
    )


def _plain(value: object) -> object:
    match value:
        case datetime():  # before a date, for it is one
            return {"moment of time": value.isoformat()}
        case date():
            return {"calendar day": value.isoformat()}
        case frozenset():
            return sorted(value)
    raise TypeError(value)


def _dated(read: dict[str, str]) -> object:
    match read:
        case {"moment of time": text}:
            return datetime.fromisoformat(text)
        case {"calendar day": text}:
            return date.fromisoformat(text)
    return read
