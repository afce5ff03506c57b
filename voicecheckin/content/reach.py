"""Which steps a couple can come to, from the welcome or by what they say."""

from collections.abc import Iterator

from voicecheckin.content.references import all_steps
from voicecheckin.conversation.agenda import SMALLER
from voicecheckin.conversation.checkin import AFTER_PAUSE, FASTER
from voicecheckin.conversation.messages import Command
from voicecheckin.conversation.plan import OFFER_TO_CLOSE
from voicecheckin.conversation.script import Script, Step

CALLED = frozenset(
    {*(command.value for command in Command), OFFER_TO_CLOSE, SMALLER, FASTER, AFTER_PAUSE}
)
"""The branches that something calls: a phrase, the clock, or the way the evening goes."""


def reachable(script: Script) -> frozenset[str]:
    """The ids of all steps that some couple can come to on some evening."""
    reached: set[str] = set()
    ahead = list(_entrances(script))
    while ahead:
        step = ahead.pop()
        if step.id not in reached:
            reached.add(step.id)
            ahead.extend(_from(script, step))
    return frozenset(reached)


def unreachable(script: Script) -> tuple[Step, ...]:
    """The steps that no couple can come to, in the order of the script."""
    reached = reachable(script)
    return tuple(step for step in all_steps(script) if step.id not in reached)


def _entrances(script: Script) -> Iterator[Step]:
    evenings = (
        topic
        for evening in script.evenings
        for topic in (*evening.topics, *evening.rotating, *evening.fourth)
    )
    topics = {*script.opening, *evenings, *script.closing}
    yield from (step for step in script.steps if step.topic in topics)
    for name in CALLED & set(script.branches):
        yield from script.branches[name]


def _from(script: Script, step: Step) -> Iterator[Step]:
    """The steps that an answer leads to, with what follows them in their topic."""
    for named in step.then.values():
        branch = script.branches.get(named)
        target = branch[0].id if branch else named
        for group in (script.steps, *script.branches.values()):
            ids = [one.id for one in group]
            if target in ids:
                at = ids.index(target)
                yield from (one for one in group[at:] if one.topic == group[at].topic)
