"""Two drawings, made from what they show: the states of a sitting, and the way through chapters."""

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from voicecheckin.conversation.journey import is_deep
from voicecheckin.conversation.machine import Table, sources, triggers
from voicecheckin.conversation.script import Evening, Script
from voicecheckin.conversation.states import SUSPENSION, TABLES, State


def machine() -> str:
    """The states of every kind of flow and the moves between them, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for number, (title, table) in enumerate({**TABLES, "standing still": SUSPENSION}.items()):
        lines.append(f'    state "{title}" as flow{number} {{')
        lines += [f"        {line}" for line in _drawn(table, f"f{number}_")]
        lines.append("    }")
    return "\n".join(lines) + "\n"


def _drawn(table: Table, prefix: str) -> list[str]:
    """One table; READY and DONE are drawn as its beginning and its end."""

    def name(state: Enum) -> str:
        return "[*]" if state in (State.READY, State.DONE) else prefix + state.name.lower()

    named = [state for state in table.states if name(state) != "[*]"]
    lines = [f'state "{state.value}" as {name(state)}' for state in named]
    for move in table.moves:
        fired = " or ".join(trigger.value for trigger in triggers(move))
        if move.dest is not None and fired != "resume":
            label = f"{fired} [{move.when}]" if move.when else fired
            lines += [f"{name(source)} --> {name(move.dest)}: {label}" for source in sources(move)]
    return lines


def way(script: Script) -> str:
    """The couple's way through the evenings, as a Mermaid flow chart."""
    titles = {step.topic: step.title for step in reversed(script.steps) if step.title}
    lines = ["flowchart TD"]
    lines += _box("opening", "Every evening begins", script.opening, titles)
    numbered = [evening for evening in script.evenings if evening.number]
    for evening in script.evenings:
        lines += _box(_id(evening), _title(evening), evening.topics, titles)
    lines += _box("closing", "Every evening ends", script.closing, titles)
    for before, after in pairwise(numbered):
        deep = all(is_deep(script, evening.number) for evening in (before, after))
        arrow = "-->|at least a night|" if deep else "-->"
        lines.append(f"    {_id(before)} {arrow} {_id(after)}")
    if numbered:
        lines.append(f"    opening --> {_id(numbered[0])}")
        lines.append(f"    {_id(numbered[-1])} --> closing")
    keeping = next((evening for evening in script.evenings if not evening.number), None)
    if numbered and keeping:
        lines.append(f"    {_id(numbered[-1])} -->|from then on| {_id(keeping)}")
    return "\n".join(lines) + "\n"


def _box(name: str, title: str, topics: Sequence[str], titles: dict[str, str]) -> list[str]:
    rows = "<br>".join(titles.get(topic, topic) for topic in topics)
    return [f'    {name}["{title}<br>{rows}"]']


def _id(evening: Evening) -> str:
    return f"evening{evening.number}"


def _title(evening: Evening) -> str:
    return f"Evening {evening.number}: {evening.title}" if evening.number else evening.title
