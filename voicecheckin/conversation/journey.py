"""The way from evening to evening: neither rushed nor postponed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from voicecheckin.conversation.script import Evening, Script

WEEKLY = 0
"""The number of the twenty minutes that have a place in every week."""
GENTLE = "gentle"
"""The fact that a heavy moment lies behind; what it leaves out belongs to the way all the same."""
FOURTH = 4
"""Every so often the weekly sitting has a topic of its own."""
MOST_HOLDS = 3
"""How often a topic may be set aside before it is left in peace: once, and two more times.

Then both are asked, once, what becomes of it; being held once more is how the answer is kept.
"""
MOST_TURNS = 3
"""Reflective and, apart from those, deep turns of an evening; what does not fit comes next time."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What lies behind a couple, as far as both wanted it kept; nothing tells who did what."""

    offered: frozenset[str] = frozenset()
    """Topics that were offered; passing them counts."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Topics that were set aside, and how often."""
    last: date | None = None
    """The day of the last sitting."""
    last_was_deep: bool = False
    """Whether it held a deep topic."""
    starter: int = 0
    """Which seat begins next: 0 or 1."""

    @property
    def known(self) -> bool:
        """Whether anything was kept at all."""
        return bool(self.offered or self.held or self.last)


@dataclass(frozen=True, slots=True)
class Tonight:
    """The evening that is sat down to, and what is said where it is not the one wished for."""

    evening: int
    notice: str = ""
    """A recurring line's key: `in_order` (no skipping ahead) or `one_night` (rest in between)."""


def next_evening(script: Script, journey: Journey) -> int:
    """The first evening with a topic that was not offered yet; the weekly sitting after all."""
    for evening in script.evenings:
        if evening.number and _left_of(script, evening, journey.offered):
            return evening.number
    return WEEKLY


def tonight(
    script: Script,
    journey: Journey,
    wished: int | None,
    today: date,
    *,
    goes_on: bool = False,
) -> Tonight:
    """Which evening it is: in order, and with a night between two deep ones (SR-27).

    A device that kept nothing takes the couple's word for it. A sitting that *goes_on* after it
    was cut off stays the evening that it was.
    """
    if goes_on and wished is not None:
        return Tonight(wished)
    if not journey.known:
        return Tonight(1 if wished is None else wished)
    coming = next_evening(script, journey)
    evening = coming if wished is None else wished
    skips = coming != WEEKLY and (evening > coming)
    evening = coming if skips else evening
    if journey.last == today and journey.last_was_deep and is_deep(script, evening):
        return Tonight(WEEKLY, "one_night")
    return Tonight(evening, "in_order" if skips else "")


def evening_of(script: Script, topics: Iterable[str]) -> int | None:
    """The evening on which these topics were taken up; None if none of them is an evening's own.

    What was set aside comes back on a later evening, so the latest counts; the weekly sitting's
    own topics are of no other.
    """
    numbers = {number for topic in topics for number in _numbers_of(script, topic)}
    return WEEKLY if WEEKLY in numbers else max(numbers, default=None)


def _numbers_of(script: Script, topic: str) -> Iterator[int]:
    """The evening that a topic belongs to; none for one of the frame."""
    for evening in script.evenings:
        own = {*evening.topics, *evening.rotating, *evening.fourth} - returning(script)
        if topic in own:
            yield evening.number


def is_deep(script: Script, evening: int) -> bool:
    """Whether an evening holds a deep topic."""
    topics = _evening(script, evening).topics
    return any(step.pacing == "D" and step.topic in topics for step in script.steps)


def held_often(held: Mapping[str, int]) -> str:
    """The first topic that was set aside so often that both are asked about it; or nothing."""
    return next((topic for topic, times in held.items() if times == MOST_HOLDS), "")


def main_topics(
    script: Script,
    evening: int,
    length: str,
    held: Mapping[str, int],
    round: int = 0,
    *,
    offered: Set[str] = frozenset(),
    light: bool = False,
) -> Sequence[str]:
    """The topics of an evening; one that was set aside comes back before the new ones.

    The weekly sitting takes its own topics and one more: that one, or one of those that take turns
    with *round*, and only a topic that is not deep if it is *light*. A short evening takes those
    that the script marks as its core. Topics that were *offered* on an earlier evening are left
    out while others of this evening are still to come.
    """
    plan = _evening(script, evening)
    deep = {step.topic for step in script.steps if step.pacing == "D"} if light else set()
    back = [one for one, times in held.items() if times < MOST_HOLDS and one not in deep][:1]
    first = [topic for topic in plan.topics if topic in returning(script)]
    if evening == WEEKLY:
        return (*plan.topics, *(back or _turn(plan, round, deep)))
    new = [topic for topic in plan.topics if topic not in (*first, *back)]
    if _left_of(script, plan, offered):
        new = [topic for topic in new if topic not in offered]
    if length == "short" and plan.short:
        first = [topic for topic in first if topic in plan.short]
        new = [topic for topic in new if topic in plan.short] or new[:1]
    return (*first, *_fitting(script, (*back, *new)))


def _turn(plan: Evening, round: int, deep: Set[str]) -> Sequence[str]:
    """Whose turn it is among the topics that rotate, those that are *deep* apart."""
    fourth = plan.fourth if round % FOURTH == FOURTH - 1 else ()
    pool = [topic for topic in fourth or plan.rotating if topic not in deep]
    return pool[(round - round // FOURTH) % max(len(pool), 1) :][:1]


def _left_of(script: Script, evening: Evening, offered: Set[str]) -> bool:
    """Whether an evening has a topic that is still to be offered, whatever anyone answers."""
    usual = (step for step in script.steps if step.needs is None or step.needs[0] == GENTLE)
    sure = {step.topic for step in usual} - returning(script)
    return any(topic in sure and topic not in offered for topic in evening.topics)


def _fitting(script: Script, topics: Sequence[str]) -> Iterator[str]:
    """The topics up to the first that would be too much for one evening (SR-27)."""
    turns: Counter[str] = Counter()
    for topic in topics:
        shared = (step for step in script.steps if step.topic == topic and step.kind == "share")
        turns.update(step.pacing for step in shared)
        if max(turns.values(), default=0) > MOST_TURNS:
            return
        yield topic


def returning(script: Script) -> set[str]:
    """The topics of more than one evening: they are part of the frame, not of the way."""
    numbered = [evening.topics for evening in script.evenings if evening.number]
    counts = Counter(topic for topics in numbered for topic in topics)
    return {topic for topic, count in counts.items() if count > 1}


def _evening(script: Script, number: int) -> Evening:
    found = (evening for evening in script.evenings if evening.number == number)
    return next(found, Evening(number, "", ()))
