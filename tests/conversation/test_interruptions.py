"""A branch that resumes changes nothing but time; one that leaves keeps its own promise.

A sample, a different one for each evening, length and way of answering, and the same on every run;
`python -m tests.conversation.interruptions` tries every place.
"""

from collections.abc import Sequence

import pytest

from tests.conversation.interruptions import (
    GATES,
    LEAVING,
    RESUMING,
    STEPS,
    WAYS,
    broken_promise,
    live,
    undisturbed,
)
from tests.trace import EVENINGS
from voicecheckin.conversation.messages import Command, Heard

COUPLES = [
    pytest.param(evening, length, way, marks=() if length == "usual" else pytest.mark.slow)
    for evening in EVENINGS
    for length in ("usual", "short")
    for way in WAYS
]


def some(choices: Sequence[str], *parts: object) -> str:
    """One of the *choices*, another one for other *parts*, the same on every run."""
    sum_of_signs = sum(number * ord(sign) for number, sign in enumerate(repr(parts), 1))
    return choices[sum_of_signs % len(choices)]


def place(evening: int, length: str, way: str, *parts: object) -> tuple[int, str]:
    """One of the places of such a sitting."""
    places = undisturbed(evening, length, way).places
    return places[int(some([str(one) for one in range(len(places))], evening, way, *parts))]


def check_resuming(evening: int, length: str, way: str, name: str, at: int) -> None:
    lived = live(evening, length, way, at, RESUMING[name])
    assert lived.comes_to_the_same(undisturbed(evening, length, way)), (name, at)


@pytest.mark.parametrize(("evening", "length", "way"), COUPLES)
def test_a_branch_that_resumes_changes_nothing_but_time(
    evening: int, length: str, way: str
) -> None:
    name = some(list(RESUMING), evening, length, way)
    at, _ = place(evening, length, way, name)
    check_resuming(evening, length, way, name, at)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("evening", EVENINGS)
def test_every_branch_that_resumes_changes_nothing_but_time(evening: int, way: str) -> None:
    for name in list(RESUMING)[evening % 8 :: 8]:
        at, _ = place(evening, "usual", way, name, "again")
        check_resuming(evening, "usual", way, name, at)


@pytest.mark.parametrize("evening", EVENINGS)
@pytest.mark.parametrize("command", LEAVING)
def test_a_branch_that_leaves_keeps_its_own_promise(evening: int, command: Command) -> None:
    """Let it rest, and never come back to it tonight; or begin it again, and nothing else deep."""
    usual = undisturbed(evening, "usual", "all yes")
    for again in range(2):
        at, step = place(evening, "usual", "all yes", command.value, again)
        lived = live(evening, "usual", "all yes", at, (Heard(command),))
        assert broken_promise(usual, lived, step, command) == "", (at, step)


@pytest.mark.slow
@pytest.mark.parametrize("name", RESUMING)
@pytest.mark.parametrize("gates", ["gates passed", "gates held", "with a therapist"])
def test_a_gate_that_was_not_opened_stays_shut_whatever_comes_between(
    gates: str, name: str
) -> None:
    """Once, "not alone" during "Thank you, we leave it there" opened a topic that was passed."""
    usual = undisturbed(7, "usual", gates)
    topics = {STEPS[gate].topic for gate in GATES}
    shut = {step.id for step in STEPS.values() if step.topic in topics and step.kind == "share"}
    assert not shut & set(usual.steps)
    for at, step in usual.places[::2]:
        if step in GATES:
            lived = live(7, "usual", gates, at, RESUMING[name])
            assert lived.comes_to_the_same(usual), (name, at)
