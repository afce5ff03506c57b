"""How the device behaves with people: whom it cuts in on, how long it waits, what it makes up.

Simulated couples live through evenings in the simulated kitchen; in their turns, people of the
recordings in FOLDER/talk are heard, with pauses of a length that we know.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benches._kitchen import LookedAt, Turn, Turns, live, recogniser
from benches._tables import Table, middle_and_late, parser, percent, show
from rich.progress import track

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Effect, Event, Finish, SoundBack, Speak
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import Couple, Temper, couples
from voicecheckin.rooms.times import Times
from voicecheckin.rooms.watched import WatchedRoom

PAUSES = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
"""Seconds inside a turn."""


def pausing(seconds: float) -> Temper:
    """People whose turns have pauses of that length."""
    return Temper(
        about="measured",
        think=(2.0, 4.0),
        stretch=(4.0, 8.0),
        stretches=(4, 6),
        replies=(3, 3),
        pause=(seconds, seconds),
    )


def sitting(
    options: argparse.Namespace, ear_name: str, pause: float, seed: int
) -> tuple[list[Turn], Times]:
    """One evening with pauses of one length."""
    couple, turns, times = LookedAt(pausing(pause), seed), Turns(), Times()
    couple.turns = turns
    live(couple, options.ears[ear_name], options.folder, [turns, times], seed=seed)
    return turns.turns, times


def cut_ins(turns: Sequence[Turn], reply: bool) -> str:
    """Of 100 turns, how many were cut in on."""
    chosen = [turn for turn in turns if turn.reply == reply]
    return f"{percent(sum(turn.cut_ins > 0 for turn in chosen), len(chosen))} of {len(chosen)}"


def behaviour(options: argparse.Namespace, ear: str) -> list[Table]:
    """What one ear's device does."""
    rows, everything, sittings = [], [], []
    for pause in track(options.pauses, f"{ear}: pauses inside turns"):
        evenings = [sitting(options, ear, pause, seed) for seed in range(options.sittings)]
        turns = [turn for found, _ in evenings for turn in found]
        everything += turns
        sittings += [times for _, times in evenings]
        waits = middle_and_late([turn.wait for turn in turns if turn.wait is not None])
        rows.append((f"{pause:g} s", cut_ins(turns, False), cut_ins(turns, True), *waits))
    columns = ("pauses inside", "turns cut in on", "saying back", "wait after: median", "95 %")
    note = "A cut-in is any prompt before the turn was over, be it only 'Is there more?'."
    return [
        Table(f"Turns, {ear} ear", columns, rows, note),
        Table(f"Fairness, {ear} ear", ("", ""), fairness(everything, sittings)),
    ]


def fairness(turns: Sequence[Turn], sittings: Sequence[Times]) -> list[tuple[str, str]]:
    """What both are given, what the device takes, and what it makes up."""
    hours = sum(turn.end - turn.start for turn in turns) / 3600
    given = [sum(turn.floor == who for turn in turns) for who in (0, 1)]
    waits = [
        middle_and_late([t.wait for t in turns if t.floor == who and t.wait is not None])[0]
        for who in (0, 1)
    ]
    share = sum(t.device.seconds for t in sittings), sum(t.seconds for t in sittings)
    return [
        ("turns offered to one and to the other", f"{given[0]} and {given[1]}"),
        ("waited after a turn of one, of the other", f"{waits[0]} and {waits[1]} (median)"),
        ("the device's share of the time", percent(*share)),
        ("commands heard that nobody said", f"{sum(t.commands for t in turns)} in {hours:.1f} h"),
        ("sittings that came to their usual end", ended(sittings)),
    ]


def ended(sittings: Sequence[Times]) -> str:
    """How many were completed."""
    done = sum(times.ending == "completed" for times in sittings)
    return f"{done} of {len(sittings)}"


class Return:
    """Looks on: when the question that was cut off is asked again."""

    def __init__(self, step: str) -> None:
        self._step = step
        self.asked: list[float] = []
        self.back: float | None = None

    def saw(self, event: Event, now: float) -> None:
        """Note when sound is back."""
        if isinstance(event, SoundBack):
            self.back = now

    def did(self, effect: Effect, now: float) -> None:
        """Note when the step is spoken."""
        if isinstance(effect, Speak) and effect.step == self._step:
            self.asked.append(now)


class Ended(Exception):
    """Enough was seen."""


class Until:
    """Looks on until the step is spoken for the first time, then pulls the plug."""

    def __init__(self, step: str) -> None:
        self._step = step
        self.passed: list[str] = []

    def saw(self, event: Event, now: float) -> None:
        """Events do not matter."""

    def did(self, effect: Effect, now: float) -> None:
        """End where the step is reached."""
        if isinstance(effect, Finish) or (
            isinstance(effect, Speak) and effect.step.startswith(self._step)
        ):
            raise Ended


def after_a_crash(step: str) -> float:
    """Seconds of conversation from a new start to the question that a crash cut off."""
    easy = couples()["easy"]
    script = load("en")
    seen = Return(step)
    checkin = CheckIn(script, evening=6, length="usual", names=("Robin", "Sam"), resume=step)
    try:
        run(checkin, WatchedRoom(PaperRoom(Couple(easy, 1)), [seen, Until(step)]))
    except Ended:
        return seen.asked[0]
    raise SystemExit(f"{step} was not reached after a crash")


def main() -> None:
    """Measure and print."""
    options = parser("manners", __doc__)
    options.add_argument("folder", type=Path, help="recordings, with talk/*.flac in it")
    options.add_argument("--ear", action="append", help="whisper, unless named")
    options.add_argument("--sittings", type=int, default=2, help="for each length of pause (2)")
    options.add_argument("--pauses", type=float, nargs="+", default=PAUSES, help="seconds")
    chosen = options.parse_args()
    names = chosen.ear or ["whisper"]
    chosen.ears = {name: recogniser(name) for name in names}
    tables = [table for name in names for table in behaviour(chosen, name)]
    rows = [
        (f"from a crash in step {step} to it again", f"{after_a_crash(step):.0f} s")
        for step in ("U7", "U1")
    ]
    note = "Presence, both consents and the help lines come first, as always."
    tables.append(Table("After a crash, back at the same question", ("", ""), rows, note))
    show(tables, chosen.json)


if __name__ == "__main__":
    main()
