"""Speaks over the device in the simulated kitchen: is it heard, how fast, and does it trip itself?

Run it with scripts/bench bargein --clips FOLDER, where FOLDER/stop/*.flac are people who say stop.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path

import numpy as np
from benches.voice import sentences
from rich.console import Console
from rich.progress import track
from rich.table import Table

from voicecheckin.content import load
from voicecheckin.conversation.messages import (
    Command,
    Event,
    Heard,
    Hush,
    Listen,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
)
from voicecheckin.ear.choose import open_ear
from voicecheckin.ear.files import read_sound
from voicecheckin.ear.recogniser import Verdict
from voicecheckin.ear.work import AtOnce as DecideAtOnce
from voicecheckin.ear.work import Decision
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.echo import canceller
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.piper_engine import PiperEngine, piper_voices
from voicecheckin.voice.playback import FADE
from voicecheckin.voice.polish import polished
from voicecheckin.voice.telling import AtOnce
from voicecheckin.voice.voice import Voice

ECHOES = (None, -10.0, 0.0, 6.0)
"""dB relative to a person; None where the microphone does not hear the device at all."""

DELAYS = (0.02, 0.02, 0.12, 0.25)
"""Seconds from playing to hearing; one for each echo level."""

SYNTHETIC = (Command.PAUSE, Command.REPEAT, Command.GO_ON)
"""Commands said by synthetic voices, for want of recordings."""

ESPEAK = ("en-us+f3", "en-gb+m3", "en-us+m1", "en-gb-scotland+f2")
FLITE = ("slt", "awb", "rms", "kal16")
"""Their voices; and Piper's, where it is installed."""

REST = 0.9
"""Seconds between two sentences."""

PATIENCE = 4.0
"""Seconds after the word in which it still counts as heard."""


@dataclass(slots=True)
class Tally:
    """What became of one command at one echo level."""

    command: str
    echo: float | None
    said: int = 0
    understood: int = 0
    mistaken: int = 0
    """Another command was heard instead."""
    until_decision: list[float] = field(default_factory=list)
    """Seconds from the word's end until it was decided about: the same on every machine."""
    until_silence: list[float] = field(default_factory=list)
    """Seconds from the word's end to the device's silence, the time to decide included."""


@dataclass(slots=True)
class Alone:
    """What the device made of its own speech, with nobody there."""

    echo: float
    delay: float
    hours: float = 0.0
    commands: int = 0
    voices: int = 0


class TimedWork(DecideAtOnce):
    """Decides at once, and remembers how long that took.

    Waiting for a processor that others use does not count.
    """

    seconds = 0.0

    def begin(self, decision: Decision) -> "Future[Verdict]":
        """Take *decision* now."""
        began, worked = time.perf_counter(), time.process_time()
        future = super().begin(decision)
        self.seconds = min(time.perf_counter() - began, time.process_time() - worked)
        return future


class Talker:
    """A device in a kitchen that never stops talking."""

    def __init__(self, options: argparse.Namespace, kitchen: Kitchen, texts: Sequence[str]) -> None:
        self.kitchen = KitchenSound(kitchen)
        self.work = TimedWork()
        teller = AtOnce(Voice(choose_voice(options.voice), RenderCache()))
        ear = open_ear(options.ear, work=self.work)
        self.room = AudioRoom(self.kitchen, teller, ear, canceller())
        self.room.perform(Listen(("yes", "no")))
        self._texts = cycle(texts)
        self.speak()

    def speak(self) -> None:
        """Begin the next sentence."""
        self.room.perform(Speak(next(self._texts)))

    def events(self, until: float) -> list[tuple[Event, float]]:
        """Go on talking until then (seconds), or until a command; return what was noticed."""
        noticed: list[tuple[Event, float]] = []
        while True:
            event = self.room.wait(until)
            if isinstance(event, TimedOut):
                return noticed
            noticed.append((event, self.room.now()))
            if isinstance(event, Heard):
                return noticed
            if isinstance(event, SpeechEnded):
                resting = self.room.wait(self.room.now() + REST)
                if not isinstance(resting, TimedOut):
                    noticed.append((resting, self.room.now()))
                self.speak()


def interrupt(options: argparse.Namespace, tally: Tally, clips: Sequence[Samples]) -> None:
    """Let each of *clips* be said over the device, at a random place in its speech."""
    chance = random.Random(1)
    kitchen = Kitchen(seed=2, echo=tally.echo, delay=DELAYS[ECHOES.index(tally.echo)])
    talker = Talker(options, kitchen, texts=options.texts)
    talker.events(12.0)
    for number, clip in enumerate(clips):
        start = talker.room.now() + chance.uniform(2.0, 4.0)
        end = talker.kitchen.place(start, clip, seat=1 + number % 3)
        talker.events(start)
        heard = [one for one in talker.events(end + PATIENCE) if isinstance(one[0], Heard)]
        tally.said += 1
        if heard and heard[0][0] == Heard(Command(tally.command)):
            tally.understood += 1
            silent = heard[0][1] + talker.work.seconds + FADE + kitchen.delay
            tally.until_decision.append(heard[0][1] - end)
            tally.until_silence.append(silent - end)
        tally.mistaken += bool(heard) and heard[0][0] != Heard(Command(tally.command))
        talker.room.perform(Hush())
        talker.room.wait(talker.room.now() + 1.0)
        talker.speak()


def alone(options: argparse.Namespace, echo: float, delay: float) -> Alone:
    """Say every sentence to nobody."""
    result = Alone(echo, delay)
    kitchen = Kitchen(seed=3, echo=echo, delay=delay, reverberation=0.5)
    talker = Talker(options, kitchen, options.texts)
    ended = 0
    while ended < len(options.texts):
        for event, _ in talker.events(talker.room.now() + 30.0):
            ended += isinstance(event, SpeechEnded)
            result.commands += isinstance(event, Heard)
            result.voices += isinstance(event, VoiceBegan)
    result.hours = talker.room.now() / 3600
    return result


def trimmed(clip: Samples) -> Samples:
    """Return *clip* from its first to its last loud moment, so that its end is the word's end."""
    loud = np.flatnonzero(np.abs(clip) > 0.04 * np.abs(clip).max())
    margin = RATE // 50
    return clip[max(0, loud[0] - margin) : loud[-1] + margin]


def clips_of(options: argparse.Namespace, command: Command) -> list[Samples]:
    """Return up to so many people who say *command*; synthetic ones where there are no others."""
    if command in SYNTHETIC:
        return synthetic(command.value)[: int(options.count)]
    folder: Path = options.clips / command.value
    paths = sorted(folder.iterdir())
    every = max(1, len(paths) // options.count)
    return [trimmed(read_sound(path)) for path in paths[::every]][: int(options.count)]


def synthetic(words: str) -> list[Samples]:
    """Return *words* in every synthetic voice at hand; each engine is asked for its own file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.wav"
        asked = [["espeak-ng", "-v", voice, "-s", "150", "-w", path, words] for voice in ESPEAK]
        if shutil.which("flite"):
            asked += [["flite", "-voice", voice, "-t", words, "-o", path] for voice in FLITE]
        clips = []
        for command in asked:
            subprocess.run(command, check=True, capture_output=True)
            clips.append(trimmed(read_sound(path)))
    pipers = [PiperEngine(model) for model in piper_voices().values()]
    said = [polished(piper.render(f"{words}.", 1.2)) for piper in pipers]
    return clips + [trimmed(one) for one in said]


def late(seconds: Sequence[float]) -> tuple[str, str]:
    """Return median and 95th percentile, to be read."""
    if not seconds:
        return "", ""
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{statistics.median(ordered):.2f} s", f"{last:.2f} s"


def table(tallies: Sequence[Tally], selves: Sequence[Alone]) -> Table:
    """Return everything in one table."""
    times = "decided after: median", "p95", "silence after: median", "p95"
    result = Table("", "echo", "understood", "mistaken", *times)
    for one in tallies:
        shares = (f"{100 * part / one.said:.0f} %" for part in (one.understood, one.mistaken))
        echo = "none" if one.echo is None else f"{one.echo:+.0f} dB"
        result.add_row(
            one.command, echo, *shares, *late(one.until_decision), *late(one.until_silence)
        )
    for self in selves:
        triggers = f"{self.commands} commands", f"{self.voices} voices"
        where = f"{self.echo:+.0f} dB, {self.delay:g} s"
        result.add_row("alone", where, *triggers, f"{60 * self.hours:.0f} min", "")
    return result


def main() -> None:
    """Print a table, or JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, help="a folder with stop/*.flac")
    parser.add_argument(
        "--count", type=int, default=40, help="people who say stop (default 40), 0 for none"
    )
    parser.add_argument("--words", default="stop,pause,repeat,go on", help="commands to say")
    parser.add_argument(
        "--sentences", type=int, default=60, help="of the script (default 60), 0 for all"
    )
    parser.add_argument(
        "--delays",
        type=lambda text: [float(delay) for delay in text.split(",") if delay],
        default=[DELAYS[2]],
        help="seconds from playing to hearing while it is alone, with commas between; may be empty",
    )
    parser.add_argument("--voice", default="pyttsx3")
    parser.add_argument("--ear", default="auto")
    parser.add_argument("--json", action="store_true", help="one JSON line per row")
    options = parser.parse_args()
    texts = sentences(load("en"))
    options.texts = texts[:: max(1, len(texts) // (options.sentences or len(texts)))]
    commands = [Command(word) for word in options.words.split(",")] if options.count else []
    tallies = [Tally(command.value, echo) for command in commands for echo in ECHOES]
    for tally in track(tallies, "speaking over it", disable=options.json):
        interrupt(options, tally, clips_of(options, Command(tally.command)))
    ways = [(echo, delay) for echo in ECHOES if echo is not None for delay in options.delays]
    selves = [alone(options, *way) for way in track(ways, "alone", disable=options.json)]
    if options.json:
        rows: list[Tally | Alone] = [*tallies, *selves]
        print(*(json.dumps(asdict(row)) for row in rows), sep="\n")
    else:
        Console().print(table(tallies, selves))


if __name__ == "__main__":
    main()
