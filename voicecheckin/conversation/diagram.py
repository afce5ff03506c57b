"""Two drawings, made from what they show: the machine, and the way through the chapters."""

from collections.abc import Sequence
from itertools import pairwise

from voicecheckin.conversation.journey import is_deep
from voicecheckin.conversation.moments import HOLDS, MOVES, UNDER_WAY, Moment
from voicecheckin.conversation.script import Evening, Script


def machine() -> str:
    """The moments and the moves between them, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {_name(Moment.READY)}"]
    anywhere: list[str] = []
    for move in MOVES:
        sources = [move.source] if isinstance(move.source, Moment) else list(move.source)
        dest = move.dest
        if dest is None:
            continue  # the moment stays what it is
        if len(sources) >= len(UNDER_WAY):
            anywhere.append(f"{move.trigger} leads to {dest.value}")
            continue
        label = f"{move.trigger} [{move.conditions}]" if move.conditions else move.trigger
        lines += [f"    {_name(source)} --> {_name(dest)}: {label}" for source in sources]
    lines += [f"    {_name(Moment.DONE)} --> [*]"]
    lines += [f'    state "{moment.value}" as {_name(moment)}' for moment in Moment]
    note = [*anywhere, *(f"{h.trigger}: {h.dest.value}" for h in HOLDS if h.trigger != "release")]
    lines += [f"    note right of {_name(Moment.READY)}", "        From every moment:"]
    lines += [f"        {line}" for line in dict.fromkeys(note)]
    lines += ["    end note"]
    return "\n".join(lines) + "\n"


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


def _name(moment: Moment) -> str:
    return moment.name.lower()
