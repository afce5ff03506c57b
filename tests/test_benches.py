"""What the benches make of their figures: ratios that say what they mean, and a page of its own."""

import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "scripts"))

from benches._side_by_side import Manners, tables
from benches._tables import Table, middle_and_late, per_hour, times_less


@pytest.mark.parametrize(
    ("ours", "theirs", "chances", "ratio"),
    [
        (2, 20, 100, "10.0"),
        (20, 2, 100, "0.1"),
        (0, 60, 100, "over 20.0"),  # none of 100 may still be 3 of 100
        (0, 2, 100, "over 1.0"),
        (0, 2, 2, "over 1.0"),
        (0, 0, 100, "-"),
    ],
)
def test_a_ratio_claims_no_more_than_was_tried(
    ours: int, theirs: int, chances: int, ratio: str
) -> None:
    assert times_less(ours, theirs, chances=chances) == ratio


def test_seconds_are_compared_without_chances() -> None:
    assert times_less(0.5, 4.0) == "8.0"


def test_what_comes_in_an_hour_is_told_with_what_was_heard() -> None:
    assert per_hour(3, 1.5) == "2.0 (3 in 1.5 h)"
    assert per_hour(0, 0.0) == "-"


def test_the_median_and_the_latest_of_twenty() -> None:
    assert middle_and_late([float(second) for second in range(21)]) == ("10.0 s", "19.0 s")


def test_both_are_compared_in_the_direction_that_is_better() -> None:
    ours = Manners(cut_ins={5.0: 1}, turns={5.0: 10}, understood=9, said=10, wrong=1, others=10)
    theirs = Manners(cut_ins={5.0: 10}, turns={5.0: 10}, understood=3, said=10, wrong=2, others=10)
    pauses, words = tables(ours, theirs)
    assert pauses.rows == [("5 s (n = 10)", "10.0 %", "100.0 %", "less", "10.0")]
    rows = {row[0].partition(" (")[0]: row[1:] for row in words.rows}
    assert rows["yes, no and stop understood"] == ("90.0 %", "30.0 %", "more", "3.0")
    assert rows["yes, no and stop taken for another"] == ("10.0 %", "20.0 %", "less", "2.0")


@pytest.fixture
def page() -> str:
    """A report of one table that is drawn as well."""
    pytest.importorskip("matplotlib", reason="only scripts/bench needs it")
    from benches import _report

    held = [("0", "100.0", "12"), ("5", "101.0", "12")]
    table = Table("Memory over the sittings", ("minutes", "MB", "files"), held, "<careful>")
    return _report.page({"machine": [_report.machine([("seeds", "0")])], "soak": [table]})


def test_the_page_needs_nothing_else(page: str) -> None:
    assert "<svg" in page
    assert "&lt;careful&gt;" in page
    assert not re.findall(r"<script|<link|<img|\burl\((?!#)|(?<!xmlns)(?<!:xlink)=\"https?:", page)
