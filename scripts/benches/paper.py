"""Simulated couples live through all evenings on paper: do all of them end well, and how fast?"""

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benches._tables import SHORT, Table, bar, parser, percent, show

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.facts import usual_length
from voicecheckin.conversation.messages import Command, Ending, Event, Heard, Speak, Started
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Script
from voicecheckin.rooms.paper import PaperRoom, speaking_seconds
from voicecheckin.rooms.people import Couple, Temper, couples

MOST_EVENTS = 20_000
"""In one sitting; one that has more of them goes round in circles."""
TALKERS = {
    "easy": "turns of 15 seconds",
    "slow": "few words and long pauses",
    "unhurried": "turns of a minute",
}
"""Couples of whom it is told how much of an evening the device talks."""


@dataclass(frozen=True, slots=True)
class Lived:
    """One sitting on paper."""

    ending: str
    """One of the closed list, or nothing if it was stuck."""
    minutes: float
    device: float
    """Seconds in which the device spoke."""
    words: int
    asked: frozenset[Command]
    """Commands that were heard."""
    name: str
    """The evening, and the couple's seed."""


def main() -> None:
    """Live the evenings, and tell."""
    options = parser("paper", __doc__)
    options.add_argument("--couples", type=int, default=1000, help="how many couples (1000)")
    chosen = options.parse_args()
    script = load("en")
    began = time.perf_counter()
    rows = [
        row
        for seed in bar(range(chosen.couples), "couples on paper")
        for row in live_all_evenings(script, seed)
    ]
    took = time.perf_counter() - began
    show([summary(rows, chosen.couples, took), *shares(script)], chosen.json)


def random_temper(seed: int) -> Temper:
    """People who are like nobody else: every length and every chance is drawn."""
    chance = random.Random(seed)

    def span(most: float) -> tuple[float, float]:
        low, high = sorted((chance.uniform(0.1, most), chance.uniform(0.1, most)))
        return low, high

    return Temper(
        about="drawn",
        think=span(120.0),
        stretch=span(60.0),
        stretches=(1, chance.randint(1, 12)),
        replies=(1, chance.randint(1, 4)),
        pause=span(40.0),
        answer=span(100.0),
        passes=chance.choice((0.0, chance.random())),
        mumbles=chance.choice((0.0, chance.random())),
        commands=chance.choice((0.0, chance.random() / 2)),
        stops_after=chance.choice((0, 0, 0, chance.randint(1, 12))),
        words=("well", "the window is open", "mumble"),
    )


def live_all_evenings(script: Script, seed: int) -> list[Lived]:
    """One couple's nine evenings and a keeping sitting; every second couple is a random one."""
    tempers = list(couples().values())
    temper = random_temper(seed) if seed % 2 else tempers[seed // 2 % len(tempers)]
    numbers = [evening.number for evening in script.evenings]
    return [
        live(
            script, Couple(temper, seed * 100 + number), number, f"couple {seed}, evening {number}"
        )
        for number in numbers
    ]


def live(script: Script, couple: Couple, evening: int, name: str = "") -> Lived:
    """One sitting on paper, until it ends, stands still or goes round in circles."""
    checkin = CheckIn(
        script,
        SittingOptions(evening=evening, length=usual_length(evening), names=("Robin", "Sam")),
    )
    room = PaperRoom(couple)
    event: Event = Started()
    asked: set[Command] = set()
    device, words, events = 0.0, 0, 0
    while not checkin.finished and events < MOST_EVENTS:
        if isinstance(event, Heard):
            asked.add(event.command)
        for effect in checkin.handle(event, room.now()):
            room.perform(effect)
            if isinstance(effect, Speak):
                device += speaking_seconds(effect)
                words += len(effect.text.split())
        if not checkin.finished:
            try:
                event = room.wait(checkin.deadline)
            except RuntimeError:  # nothing is due, and nobody will speak
                break
        events += 1
    ending = checkin.ending.value if checkin.finished else ""
    return Lived(ending, room.now() / 60, device, words, frozenset(asked), name)


def summary(rows: Sequence[Lived], count: int, seconds: float) -> Table:
    """How the sittings ended."""
    known = {ending.value for ending in Ending}
    endings = Counter(row.ending for row in rows if row.ending in known)
    told = ", ".join(f"{many} {ending}" for ending, many in endings.most_common())
    stuck = [row.name for row in rows if row.ending not in known]
    with_pass, with_rest = (
        sum(command in row.asked for row in rows) for command in (Command.PASS, Command.TIME_OUT)
    )
    facts = [
        (f"sittings of {count} couples on paper, half of them drawn at random", str(len(rows))),
        ("of these stuck, or ended in no known way", "; ".join([str(len(stuck)), *stuck])),
        ("their endings", told),
        ("with a pass, with a time-out", f"{with_pass}, {with_rest}"),
    ]
    return Table(f"{SHORT}: couples on paper", ("", ""), facts, f"It took {seconds:.0f} s.")


def shares(script: Script) -> list[Table]:
    """How long each evening is, and how much of it the device talks, by how much the two say."""
    tempers, numbers = couples(), [evening.number for evening in script.evenings]
    lived = {
        name: [live(script, Couple(tempers[name], number), number) for number in numbers]
        for name in TALKERS
    }
    rows = [
        (
            str(number),
            *(f"{one.minutes:.0f} min, {percent(one.device / 60, one.minutes)}" for one in evening),
            str(evening[-1].words),
        )
        for number, *evening in zip(numbers, *lived.values(), strict=True)
    ]
    heads = [f"{name}: {tempers[name].about}" for name in TALKERS]
    columns = ("evening", *heads, "words of the device")
    spans = [
        (f"the device's share of an evening, {TALKERS[name]}", _span(lived[name])) for name in lived
    ]
    return [
        Table("An evening's length, and the device's share of it", columns, rows),
        Table(f"{SHORT}: the device's share, on paper", ("", ""), spans),
    ]


def _span(evenings: Sequence[Lived]) -> str:
    """The least and the most that the device talks."""
    parts = [one.device / 60 / one.minutes for one in evenings]
    return f"{percent(min(parts), 1)} to {percent(max(parts), 1)}"


if __name__ == "__main__":
    main()
