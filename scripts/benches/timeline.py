"""A picture of a sitting: when each of the two spoke, when the device did, and all the quiet.

It is drawn from a file of events (`voicecheckin rehearse --events FILE`), which tells when, never
what.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benches._events import LANES, Stretch, read, stretches
from benches._report import as_svg
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROW_MINUTES = 10.0
"""Minutes in one row of the picture."""
COLOURS = {"Robin": "#c7774b", "Sam": "#5b8a72", "either": "#b5a36a", "device": "#5a6f8c"}


def drawn(found: Sequence[Stretch], seconds: float) -> Figure:
    """The picture: rows of ten minutes, a lane for each voice; what is empty is quiet."""
    rows = max(1, -int(-seconds // (60 * ROW_MINUTES)))
    figure = Figure(figsize=(9.0, 0.5 + 1.15 * rows), layout="constrained")
    all_axes = figure.subplots(rows, 1, squeeze=False)[:, 0]
    for row, axes in enumerate(all_axes):
        _row(axes, found, row * ROW_MINUTES * 60)
        if seconds < (row + 1) * ROW_MINUTES * 60:
            axes.axvline((seconds - row * ROW_MINUTES * 60) / 60, color="#31393d", linewidth=0.8)
    all_axes[-1].set_xlabel(_shares(found, seconds), fontsize=9)
    return figure


def _row(axes: Axes, found: Sequence[Stretch], begins: float) -> None:
    """Ten minutes from *begins* (seconds) on."""
    lanes = [lane for lane in LANES if any(one.lane == lane for one in found)]
    for number, lane in enumerate(reversed(lanes)):
        spans = [
            ((one.start - begins) / 60, (one.end - one.start) / 60)
            for one in found
            if one.lane == lane
            and begins - 60 * ROW_MINUTES < one.start < begins + 60 * ROW_MINUTES
        ]
        axes.broken_barh(spans, (number - 0.38, 0.76), facecolors=COLOURS[lane], linewidth=0)
    axes.set_xlim(0, ROW_MINUTES)
    axes.set_ylim(-0.6, len(lanes) - 0.4)
    axes.set_yticks(range(len(lanes)), list(reversed(lanes)), fontsize=8)
    ticks = range(0, int(ROW_MINUTES) + 1, 2)
    axes.set_xticks(list(ticks), [f"{round(begins / 60) + tick}:00" for tick in ticks], fontsize=8)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_facecolor("#f4f1ea")


def _shares(found: Sequence[Stretch], seconds: float) -> str:
    """Who had how much of the time, to be read below the picture."""
    sums = {lane: sum(one.end - one.start for one in found if one.lane == lane) for lane in LANES}
    quiet = seconds - sum(sums.values())
    told = [f"{lane} {share / seconds:.0%}" for lane, share in sums.items() if share > 5]
    return f"of {seconds / 60:.0f} minutes: {', '.join(told)}, quiet {quiet / seconds:.0%}"


def main() -> None:
    """Read events, write the picture."""
    options = argparse.ArgumentParser(prog="bench timeline", description=__doc__)
    options.add_argument("events", type=Path, help="from --events FILE")
    options.add_argument("svg", type=Path, help="where the picture goes")
    chosen = options.parse_args()
    moments = read(chosen.events)
    if not moments:
        raise SystemExit(f"{chosen.events}: there is nothing in it.")
    chosen.svg.write_text(as_svg(drawn(stretches(moments), moments[-1].t)), encoding="utf-8")
    print(f"The sitting is drawn in {chosen.svg}.")


if __name__ == "__main__":
    main()
