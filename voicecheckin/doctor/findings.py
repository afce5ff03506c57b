"""What the doctor found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Health(Enum):
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
    state: Health
    found: str
    advice: str = ""
    """What to do next; empty where all is well."""


def ok(id: str, what: str, found: str) -> Finding:
    """All is well."""
    return Finding(id, what, Health.OK, found)


def look(id: str, what: str, found: str, advice: str) -> Finding:
    """It works, and could be better."""
    return Finding(id, what, Health.LOOK, found, advice)


def broken(id: str, what: str, found: str, advice: str) -> Finding:
    """There is no sitting like this."""
    return Finding(id, what, Health.BROKEN, found, advice)


def worst(findings: Iterable[Finding]) -> Health:
    """Return the state of the whole."""
    order = list(Health)
    return max((one.state for one in findings), key=order.index, default=Health.OK)
