"""What the benches make of their figures: what was counted is told with how much was heard."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "scripts"))

from benches._report import machine, markdown
from benches._tables import Table, middle_and_late, per_hour


def test_what_comes_in_an_hour_is_told_with_what_was_heard() -> None:
    assert per_hour(3, 1.5) == "2.0 (3 in 1.5 h)"
    assert per_hour(0, 0.0) == "-"


def test_the_median_and_the_latest_of_twenty() -> None:
    assert middle_and_late([float(second) for second in range(21)]) == ("10.0 s", "19.0 s")


def test_the_report_has_every_table_with_its_note() -> None:
    held = Table("Memory over the sittings", ("minutes", "MB"), [("0", "100 | 7")], "Careful.")
    report = markdown({"machine": [machine([("seeds", "0")])], "soak": [held]})
    assert "| seeds | 0 |\n" in report
    assert report.endswith(
        "## soak\n\n### Memory over the sittings\n\n"
        "| minutes | MB |\n| --- | --- |\n| 0 | 100 / 7 |\n\nCareful.\n"
    )
