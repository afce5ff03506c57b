"""Which step says which idea of the essay."""

from dataclasses import dataclass

from rich.table import Table

from voicecheckin.content.reach import reachable
from voicecheckin.content.references import all_steps
from voicecheckin.conversation.journey import WEEKLY
from voicecheckin.conversation.script import Script, Step

BY_REQUEST = "when asked for"
EVERY_EVENING = "every evening"


@dataclass(frozen=True, slots=True)
class Covered:
    """One idea, and where it is said."""

    idea: str
    about: str
    """The idea in a few words."""
    steps: tuple[str, ...]
    """The steps that a couple can come to; none for what is left out on purpose."""
    when: str
    """The evenings on which it is said, or the reason why it is not."""
    well: str
    """How it arrives: by which sentences and which question."""


def coverage(script: Script) -> tuple[Covered, ...]:
    """Every idea of the essay, in its order."""
    reached = reachable(script)
    rows = []
    for idea, about in script.ideas.items():
        steps = [one for one in all_steps(script) if idea in one.covers and one.id in reached]
        when = script.uncovered.get(idea) or "; ".join(
            dict.fromkeys(_when(script, step) for step in steps)
        )
        ids = tuple(step.id for step in steps)
        rows.append(Covered(idea, about, ids, when, script.well.get(idea, "")))
    return tuple(rows)


def coverage_table(script: Script) -> Table:
    """The same as a table to print."""
    heads = ("idea", "in a few words", "said in", "when", "how it arrives")
    table = Table(*heads, box=None, pad_edge=False)
    for row in coverage(script):
        table.add_row(row.idea, row.about, ", ".join(row.steps) or "left out", row.when, row.well)
    return table


def _when(script: Script, step: Step) -> str:
    if step.topic in (*script.opening, *script.closing):
        return EVERY_EVENING
    numbers = [
        evening.number
        for evening in script.evenings
        if step.topic in (*evening.topics, *evening.rotating, *evening.fourth)
    ]
    if not numbers:
        return BY_REQUEST
    named = [str(number) for number in numbers if number]
    return "evening " + ", ".join([*named, *(["weekly"] if WEEKLY in numbers else [])])
