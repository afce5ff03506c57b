"""Simulated couples live through all evenings on paper: do all of them end well, and how fast?"""

import argparse
import json
import time
from collections import Counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Command,
    Event,
    Heard,
    Speak,
    Started,
)
from voicecheckin.conversation.script import Script
from voicecheckin.rooms.paper import PaperRoom, speaking_seconds
from voicecheckin.rooms.people import Couple, couples


def main() -> None:
    """Read the options, live the evenings, print the table."""
    parser = argparse.ArgumentParser(prog="bench paper", description=__doc__)
    parser.add_argument("--couples", type=int, default=1000, help="how many couples (1000)")
    parser.add_argument("--json", help="write the figures to this file as well")
    options = parser.parse_args()
    script = load("en")
    began = time.perf_counter()
    rows = [
        row
        for seed in track(range(options.couples), "couples on paper")
        for row in live_all_evenings(script, seed)
    ]
    figures = summary(rows, options.couples, time.perf_counter() - began)
    show(figures)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


def live_all_evenings(script: Script, seed: int) -> list[dict[str, object]]:
    """One couple's nine evenings and a keeping sitting; each couple keeps its temper."""
    tempers = couples()
    name = sorted(tempers)[seed % len(tempers)]
    return [
        {"couple": name, **live(script, Couple(tempers[name], seed * 100 + number), number, seed)}
        for number in (evening.number for evening in script.evenings)
    ]


def live(script: Script, couple: Couple, evening: int, seed: int) -> dict[str, object]:
    """One sitting on paper: its ending, its length, what the device said, what was asked for."""
    checkin = CheckIn(script, evening=evening, length="usual", names=("Robin", "Sam"))
    room = PaperRoom(couple)
    event: Event = Started()
    seen: Counter[str] = Counter()
    device = words = 0.0
    while True:
        if isinstance(event, Heard) and event.command in (Command.PASS, Command.TIME_OUT):
            seen[event.command.value] += 1
        for effect in checkin.handle(event, room.now()):
            room.perform(effect)
            if isinstance(effect, Speak):
                device += speaking_seconds(effect)
                words += len(effect.text.split())
        if checkin.finished:
            break
        event = room.wait(checkin.deadline)
    return {
        "evening": evening,
        "ending": checkin.ending.value,
        "minutes": room.now() / 60,
        "device": device / room.now(),
        "words": words,
        **{command: seen[command] for command in ("pass", "time out")},
    }


def summary(rows: list[dict[str, object]], count: int, seconds: float) -> dict[str, object]:
    """Counts and means over all sittings."""
    easy = [row for row in rows if row["couple"] == "easy"]
    return {
        "couples": count,
        "sittings": len(rows),
        "seconds": round(seconds, 1),
        "endings": dict(Counter(str(row["ending"]) for row in rows)),
        "sittings with a pass": sum(bool(row["pass"]) for row in rows),
        "sittings with a time-out": sum(bool(row["time out"]) for row in rows),
        "evenings of the easy couples": [
            {
                "evening": number,
                "minutes": _mean(easy, number, "minutes"),
                "words of the device": _mean(easy, number, "words"),
                "share of device talk": _mean(easy, number, "device", 3),
            }
            for number in sorted({int(str(row["evening"])) for row in easy})
        ],
    }


def _mean(rows: list[dict[str, object]], evening: int, key: str, digits: int = 1) -> float:
    values = [float(str(row[key])) for row in rows if row["evening"] == evening]
    return round(sum(values) / len(values), digits)


def show(figures: dict[str, object]) -> None:
    """Print the figures as two tables."""
    console = Console()
    table = Table(title="Couples on paper", show_header=False)
    for key, value in figures.items():
        if not isinstance(value, list):
            table.add_row(key, str(value))
    console.print(table)
    evenings = figures["evenings of the easy couples"]
    if isinstance(evenings, list) and evenings:
        table = Table(*evenings[0], title="Evenings of the easy couples, on average")
        for row in evenings:
            table.add_row(*(str(value) for value in row.values()))
        console.print(table)


if __name__ == "__main__":
    main()
