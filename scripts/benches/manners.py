"""How the device behaves with people: whom it cuts in on, how long it waits, what it makes up.

Simulated couples live through evenings in the simulated kitchen; in their turns of about a minute,
people of the recordings in FOLDER/talk are heard, with pauses of a length that we know.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benches._kitchen import LookedAt, Turn, Turns, live, recogniser
from benches._return import after_a_crash, after_an_unplug
from benches._tables import SHORT, Table, bar, middle_and_late, parser, per_hour, percent, show

from voicecheckin.rooms.people import Temper, couples
from voicecheckin.rooms.times import Times
from voicecheckin.sound.kitchen import Kitchen, KitchenSound

PAUSES = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
"""Seconds inside a turn."""
EVENINGS = (1, 4)
"""Those are lived through in turn; the first has light questions, the other deep ones."""


def pausing(seconds: float) -> Temper:
    """People whose turns last about a minute, and have pauses of that length."""
    return replace(
        couples()["unhurried"], think=(2.0, 4.0), replies=(2, 3), pause=(seconds, seconds)
    )


def sitting(
    options: argparse.Namespace, ear_name: str, pause: float, seed: int
) -> tuple[list[Turn], Times]:
    """One evening with pauses of one length."""
    couple, turns, times = LookedAt(pausing(pause), seed), Turns(), Times()
    couple.turns = turns
    live(
        couple,
        options.ears[ear_name],
        options.folder,
        [turns, times],
        KitchenSound(Kitchen(seed=seed)),
        evening=EVENINGS[seed % len(EVENINGS)],
        length=options.length,
    )
    return turns.turns, times


def cut_ins(turns: Sequence[Turn], reply: bool) -> str:
    """Of 100 turns, how many were cut in on."""
    chosen = [turn for turn in turns if turn.reply == reply]
    return f"{percent(sum(turn.cut_ins > 0 for turn in chosen), len(chosen))} of {len(chosen)}"


def behaviour(options: argparse.Namespace, ear: str) -> list[Table]:
    """What one ear's device does."""
    lived: dict[float, list[Turn]] = {pause: [] for pause in options.pauses}
    sittings = []
    ways = [(pause, seed) for pause in options.pauses for seed in range(options.sittings)]
    for pause, seed in bar(ways, f"evenings, {ear} ear"):
        turns, times = sitting(options, ear, pause, seed)
        lived[pause] += turns
        sittings.append(times)
    rows = [
        (f"{pause:g} s", cut_ins(turns, False), cut_ins(turns, True), *_waits(turns))
        for pause, turns in lived.items()
    ]
    columns = ("pauses inside", "turns cut in on", "saying back", "wait after: median", "95 %")
    note = "A cut-in is any prompt before the turn was over, be it only 'Is there more?'."
    everything = [turn for turns in lived.values() for turn in turns]
    return [
        Table(f"Turns, {ear} ear", columns, rows, note),
        Table(f"{SHORT}, {ear} ear", ("", ""), in_short(everything, sittings)),
    ]


def _waits(turns: Sequence[Turn], who: int | None = None) -> tuple[str, str]:
    """Median and 95th percentile of the quiet after the turns, of one or of both."""
    chosen = [turn for turn in turns if who in (None, turn.floor)]
    return middle_and_late([turn.wait for turn in chosen if turn.wait is not None])


def in_short(turns: Sequence[Turn], sittings: Sequence[Times]) -> list[tuple[str, str]]:
    """What both are given, what the device takes, and what it makes up."""
    hours = sum(turn.end - turn.start for turn in turns) / 3600
    given = [sum(turn.floor == who for turn in turns) for who in (0, 1)]
    share = sum(t.device.seconds for t in sittings), sum(t.seconds for t in sittings)
    done = sum(times.ending == "completed" for times in sittings)
    return [
        ("of 100 turns (telling), cut in on", cut_ins(turns, False)),
        ("of 100 turns (saying back), cut in on", cut_ins(turns, True)),
        ("quiet after a finished turn: median, 95 %", ", ".join(_waits(turns))),
        ("turns offered to one and to the other", f"{given[0]} and {given[1]}"),
        (
            "quiet after a turn of one, of the other (median)",
            f"{_waits(turns, 0)[0]}, {_waits(turns, 1)[0]}",
        ),
        ("the device's share of the time, turns of about a minute", percent(*share)),
        (
            "commands and answers an hour of talk that nobody said",
            per_hour(sum(turn.made_up for turn in turns), hours),
        ),
        ("sittings that came to their usual end", f"{done} of {len(sittings)}"),
    ]


def coming_back(options: argparse.Namespace) -> Table:
    """From a crash, and from unplugged devices, back to the same question."""
    rows = [
        (f"after a crash in step {step}, to its question again", after_a_crash(step).told())
        for step in ("U7", "U1")
    ]
    seconds = [after_an_unplug(options.first_ear, seed) for seed in range(options.unplugs)]
    rows.append(
        (
            "after the sound was unplugged and is back, to its question again: median, 95 %",
            ", ".join(middle_and_late(seconds)),
        )
    )
    note = "After a crash, most of it asks both again whether they are here and willing."
    return Table(f"{SHORT}: back at the same question", ("", ""), rows, note)


def main() -> None:
    """Measure and print."""
    options = parser("manners", __doc__)
    options.add_argument("folder", type=Path, help="recordings, with talk/*.flac in it")
    options.add_argument("--ear", action="append", help="whisper, unless named")
    options.add_argument("--sittings", type=int, default=2, help="for each length of pause (2)")
    options.add_argument("--length", default="usual", choices=("usual", "short"))
    options.add_argument("--pauses", type=float, nargs="+", default=PAUSES, help="seconds")
    options.add_argument("--unplugs", type=int, default=10, help="of the sound (10)")
    chosen = options.parse_args()
    names = chosen.ear or ["whisper"]
    chosen.ears = {name: recogniser(name) for name in names}
    chosen.first_ear = chosen.ears[names[0]]
    tables = [table for name in names for table in behaviour(chosen, name)]
    show([*tables, coming_back(chosen)], chosen.json)


if __name__ == "__main__":
    main()
