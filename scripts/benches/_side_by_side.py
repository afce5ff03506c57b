"""What two programs did with the same people, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from benches._tables import Table, middle_and_late, percent, times_less

Row = tuple[str, str, str, str, str]


@dataclass(slots=True)
class Manners:
    """What one of the two did."""

    cut_ins: dict[float, int] = field(default_factory=dict)
    turns: dict[float, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    """Seconds from the end of a turn to a reaction to its last words."""
    understood: int = 0
    wrong: int = 0
    said: int = 0
    taken: int = 0
    """Other words that were taken for an answer."""
    others: int = 0
    answering: list[float] = field(default_factory=list)
    """Seconds from the end of a word to the answer."""
    stopped: int = 0
    stops: int = 0
    silent: list[float] = field(default_factory=list)
    """Seconds from the end of "stop" to silence."""


def tables(ours: Manners, naive: Manners) -> list[Table]:
    """Both, side by side."""
    names = ("Voice Check-in", "the same parts, put together simply", "better is", "times better")
    rows = [
        _bad(f"{pause:g} s", ours.cut_ins[pause], naive.cut_ins[pause], ours.turns[pause])
        for pause in sorted(ours.turns)
    ]
    return [
        Table("Cut in on, by pauses inside a turn", ("pauses inside", *names), rows),
        Table("One word, and stop", ("", *names), [*_shares(ours, naive), *_times(ours, naive)]),
    ]


def _bad(name: str, mine: int, theirs: int, chances: int) -> Row:
    """Something that should not happen."""
    shares = percent(mine, chances), percent(theirs, chances)
    return f"{name} (n = {chances})", *shares, "less", times_less(mine, theirs, chances=chances)


def _good(name: str, mine: int, theirs: int, chances: int) -> Row:
    """Something that should."""
    shares = percent(mine, chances), percent(theirs, chances)
    return f"{name} (n = {chances})", *shares, "more", times_less(theirs, mine, chances=chances)


def _shares(ours: Manners, naive: Manners) -> Iterator[Row]:
    turns = sum(ours.turns.values())
    yield _bad("turns cut in on", sum(ours.cut_ins.values()), sum(naive.cut_ins.values()), turns)
    yield _good("yes, no and stop understood", ours.understood, naive.understood, ours.said)
    yield _bad("yes, no and stop taken for another", ours.wrong, naive.wrong, ours.said)
    yield _bad("other words taken for an answer", ours.taken, naive.taken, ours.others)
    yield _good("stop over its voice stops it", ours.stopped, naive.stopped, ours.stops)


def _times(ours: Manners, naive: Manners) -> Iterator[Row]:
    times = (
        ("a word to its answer", ours.answering, naive.answering),
        ("a finished turn to a reaction (ours waits on purpose)", ours.waits, naive.waits),
        ("stop over its voice, to silence", ours.silent, naive.silent),
    )
    for name, mine, theirs in times:
        pairs = [middle_and_late(mine), middle_and_late(theirs)]
        said = ["-" if middle == "-" else f"{middle}, {late}" for middle, late in pairs]
        better = times_less(*(float(np.median(one or [0.0])) for one in (mine, theirs)))
        yield f"{name}: median, 95 %", said[0], said[1], "less", better
