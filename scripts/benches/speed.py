"""How fast, and how light: the first word, a whole sitting, memory, the processor while listening.

The program runs as a person would start it, on a sound card made of software.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from benches._processes import processor_seconds
from benches._tables import SHORT, Table, bar, parser, show

from tests.sound_stack import SoundStack, sound_stack

COMMAND = Path(sys.executable).parent / "voicecheckin"
BLOCK = 1920
"""Bytes of a recording that are looked at together: 20 ms of 16 bits at 48 kHz."""
LOUD = 300
"""Of 32768; what sounds is louder."""


@contextmanager
def device(stack: SoundStack, home: str, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program, started on *stack*; it is killed in the end."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
    process = subprocess.Popen(
        [str(COMMAND), *arguments],
        env={**own, **stack.variables, "HOME": home},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_first_word(stack: SoundStack, home: str, *arguments: str) -> float:
    """Seconds from starting the program to the first sound from the speaker."""
    form = ("--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=20")
    recorder = subprocess.Popen(
        ["parec", "--device=speaker.monitor", *form], env=stack.environment, stdout=subprocess.PIPE
    )
    assert recorder.stdout is not None
    recorder.stdout.read(BLOCK)
    began = time.perf_counter()
    with device(stack, home, *arguments):
        while True:
            block = np.frombuffer(recorder.stdout.read(BLOCK), np.int16)
            if np.abs(block.astype(np.int32)).max() > LOUD:
                break
        seconds = time.perf_counter() - began
    recorder.kill()
    recorder.wait()
    return seconds


def highest_memory(process: int) -> float:
    """The most memory that a process has held so far, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def listening(
    stack: SoundStack, home: str, talk: Path | None, seconds: float, *arguments: str
) -> tuple[float, float]:
    """The share of a core while the device waits, and its memory (MB); *talk* sounds meanwhile."""
    with device(stack, home, *arguments) as process:
        time.sleep(25.0)  # it has asked its first question by then
        speaker = stack.say(talk) if talk else None
        began, used = time.perf_counter(), processor_seconds(process.pid)
        time.sleep(seconds)
        share = (processor_seconds(process.pid) - used) / (time.perf_counter() - began)
        memory = highest_memory(process.pid)
        if speaker is not None:
            speaker.kill()
            speaker.wait()
    return share, memory


def rehearsal(home: str, *arguments: str) -> tuple[float, float, str]:
    """Seconds and megabytes of a whole simulated sitting, and how long it was by its own clock."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
    began = time.perf_counter()
    with tempfile.NamedTemporaryFile("r") as captions:
        process = subprocess.Popen(
            [str(COMMAND), "rehearse", *arguments],
            env={**own, "HOME": home, "COLUMNS": "160"},
            stdout=captions.fileno(),
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(process.pid, 0)
        lines = Path(captions.name).read_text().splitlines()
    whole = next(line for line in lines if "whole sitting" in line)
    length = next(word for word in whole.replace("│", " ").split() if ":" in word)
    return time.perf_counter() - began, usage.ru_maxrss / 1024, length


def sittings(home: str, options: argparse.Namespace) -> Table:
    """A long evening, without and with sound."""
    evening = ("--evening", str(options.evening), "--names", "Robin,Sam")
    rows = []
    ways = [("on paper", "sphinx"), *((f"kitchen, {ear}", ear) for ear in options.ear)]
    for title, ear in bar(ways, "whole sittings"):
        room = "paper" if title == "on paper" else "kitchen"
        seconds, memory, length = rehearsal(home, "--room", room, "--ear", ear, *evening)
        rows.append((title, length, f"{seconds:.1f} s", f"{memory:.0f} MB"))
    return Table("A whole sitting", ("", "it lasts", "it takes", "peak memory"), rows)


def at_the_table(home: str, options: argparse.Namespace) -> Table:
    """From start to first word, and what waiting costs."""
    rows = []
    arguments = ("start", "--evening", "1", "--length", "short", "--names", "Robin,Sam")
    voice = ("--voice", "pyttsx3")
    with sound_stack() as stack:
        until_first_word(stack, home, *arguments, *voice, "--ear", "sphinx")  # renders it
        for ear in bar(options.ear, "at the sound card"):
            way = (*arguments, *voice, "--ear", ear)
            first = [until_first_word(stack, home, *way) for _ in range(options.times)]
            quiet, _ = listening(stack, home, None, options.seconds, *way)
            talked, memory = listening(stack, home, options.talk, options.seconds, *way)
            talking = f"{100 * talked:.0f} %" if options.talk else "-"
            word = f"{min(first):.2f} to {max(first):.2f} s"
            rows.append((ear, word, f"{100 * quiet:.0f} %", talking, f"{memory:.0f} MB"))
    columns = ("ear", "start to first word", "core while quiet", "while talked to", "peak memory")
    return Table("At a sound card, rendered before", columns, rows)


def in_short(table: Table) -> Table:
    """The same in rows of one name and one figure."""
    rows = [
        (
            f"{ear} ear: start to first word; of a core while quiet; memory",
            f"{word}; {core}; {size}",
        )
        for ear, word, core, _, size in table.rows
    ]
    return Table(f"{SHORT}: at a sound card", ("", ""), rows)


def main() -> None:
    """Measure and print."""
    options = parser("speed", __doc__)
    options.add_argument("--ear", action="append", help="sphinx and whisper, unless named")
    options.add_argument("--talk", type=Path, help="a recording of people talking")
    options.add_argument("--evening", type=int, default=6)
    options.add_argument("--times", type=int, default=5, help="starts (5)")
    options.add_argument("--seconds", type=float, default=20.0, help="of listening (20)")
    chosen = options.parse_args()
    chosen.ear = chosen.ear or ["sphinx", "whisper"]
    with tempfile.TemporaryDirectory() as home:
        table = at_the_table(home, chosen)
        show([in_short(table), table, sittings(home, chosen)], chosen.json)


if __name__ == "__main__":
    main()
