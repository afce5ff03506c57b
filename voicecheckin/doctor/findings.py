"""What the doctor found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How well something is."""

    OK = "ok"
    LOOK = "look at"
    """A sitting is possible, though not as good as it could be."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    id: str
    """Under which the content says aloud what is the matter."""
    what: str
    state: State
    found: str
    advice: str = ""
    """What to do next; empty where all is well."""


def ok(id: str, what: str, found: str) -> Finding:
    """All is well."""
    return Finding(id, what, State.OK, found)


def look(id: str, what: str, found: str, advice: str) -> Finding:
    """It works, and could be better."""
    return Finding(id, what, State.LOOK, found, advice)


def broken(id: str, what: str, found: str, advice: str) -> Finding:
    """There is no sitting like this."""
    return Finding(id, what, State.BROKEN, found, advice)


def worst(findings: Iterable[Finding]) -> State:
    """Return the state of the whole."""
    order = list(State)
    return max((one.state for one in findings), key=order.index, default=State.OK)
