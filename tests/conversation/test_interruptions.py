"""A branch that resumes changes nothing but time."""

import pytest

from tests.conversation.interruptions import (
    INTERRUPTIONS,
    WAYS,
    Lived,
    Sitting,
    options_of,
    undisturbed,
)
from tests.trace import EVENINGS
from voicecheckin.conversation.messages import Ending, Keep

EVERY = 40
"""Of so many places one is tried here; which one depends on evening, way and interruption."""
RESUMING = [name for name in INTERRUPTIONS if name != "time out"]


def interrupted(evening: int, length: str, way: str, name: str) -> list[tuple[int, Lived]]:
    """The same sitting, interrupted at some of its places, once each."""
    first = hash_of(evening, length, way, name) % EVERY
    places = undisturbed(evening, length, way).places[first::EVERY]
    options = options_of(evening, length)
    return [(at, Sitting(options, WAYS[way]).live(at, INTERRUPTIONS[name])) for at in places]


def hash_of(*parts: object) -> int:
    """A number that is the same on every run."""
    return sum(number * ord(sign) for number, sign in enumerate(repr(parts), 1))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("length", ["short", "usual"])
@pytest.mark.parametrize("evening", EVENINGS)
def test_a_branch_that_resumes_changes_nothing_but_time(
    evening: int, length: str, way: str
) -> None:
    usual = undisturbed(evening, length, way)
    for name in RESUMING:
        for at, lived in interrupted(evening, length, way, name):
            assert lived.comes_to_the_same(usual), (name, at)


@pytest.mark.parametrize("name", RESUMING)
@pytest.mark.parametrize("gates", ["gates passed", "gates held", "with a therapist"])
def test_a_gate_that_was_not_opened_stays_shut_whatever_comes_between(
    gates: str, name: str
) -> None:
    """Once, "not alone" during "Thank you, we leave it there" opened a topic that was passed."""
    usual = undisturbed(7, "usual", gates)
    options = options_of(7, "usual")
    deep = {"U3", "U3-agree", "U4a", "U4b"}
    assert not deep & set(usual.steps)
    for at in usual.places:
        lived = Sitting(options, WAYS[gates]).live(at, INTERRUPTIONS[name])
        assert not deep & set(lived.steps), (name, at)
        assert lived.kept == usual.kept, (name, at)


@pytest.mark.parametrize("evening", EVENINGS)
def test_a_time_out_keeps_what_was_kept_and_the_sitting_ends_as_it_would(evening: int) -> None:
    """Its own promise is to leave what was hot: the topic under way is not taken up again."""
    usual = undisturbed(evening, "usual", "all yes")
    for at, lived in interrupted(evening, "usual", "all yes", "time out"):
        assert lived.ending is Ending.COMPLETED, at
        assert {k for k in lived.kept if isinstance(k, Keep)} <= set(usual.kept), at
