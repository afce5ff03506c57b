"""A Raspberry Pi has no clock of its own: what is paced by time never looks at the one on the wall.

It may jump by years in the middle of a sitting, as soon as a network tells it better.
"""

import ast

from tests.test_architecture import TREES, part

CALENDAR = ("keeping", "cli", "doctor")
"""Parts that need the date; none of them waits for anything."""
BY_THE_CALENDAR = {
    "voicecheckin.waiting.inviting": {"datetime.now"},
    "voicecheckin.waiting.waiting": {"date.today"},  # until when a phrase may be waited for
    "voicecheckin.voice.cache": {"time.time"},  # which files were not used for long
}
WALL = {"time.time", "time.time_ns", "datetime.now", "datetime.today", "date.today", "time.ctime"}


def test_nothing_is_paced_by_the_clock_on_the_wall() -> None:
    looked = {
        name: WALL
        & {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for name, tree in TREES.items()
        if part(name) not in CALENDAR
    }
    assert {name: clocks for name, clocks in looked.items() if clocks} == BY_THE_CALENDAR
