"""A Raspberry Pi has no clock of its own: what is paced by time never looks at the one on the wall.

It may jump by years in the middle of a sitting, as soon as a network tells it better.
"""

import ast

import pytest

from tests.test_architecture import MODULES, TREES, part

CALENDAR = ("keeping", "cli", "doctor")
"""Parts that need the date; none of them waits for anything."""
BY_THE_CALENDAR = {
    "voicecheckin.waiting.inviting": {"datetime.now"},
    "voicecheckin.voice.cache": {"time.time"},  # which files were not used for long
}
WALL = {"time.time", "time.time_ns", "datetime.now", "datetime.today", "date.today", "time.ctime"}


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) not in CALENDAR])
def test_nothing_is_paced_by_the_clock_on_the_wall(name: str) -> None:
    named = {ast.unparse(node) for node in ast.walk(TREES[name]) if isinstance(node, ast.Attribute)}
    assert named & WALL <= BY_THE_CALENDAR.get(name, set())
