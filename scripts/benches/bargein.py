"""Speaks over the device in the simulated kitchen: is it heard, how fast, and does it trip itself?

Run it with scripts/bench bargein --clips FOLDER, where FOLDER/stop/*.flac are people who say stop.
"""

import argparse
import math
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import numpy as np
from benches._kitchen import Loudspeaker
from benches._tables import SHORT, Table, bar, middle_and_late, parser, per_hour, percent, show
from benches._work import TimedWork
from benches.voice import sentences

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
from voicecheckin.hearing.choose import open_ear
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.hearing.files import read_sound
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.frames import FRAME_SECONDS, RATE, Samples
from voicecheckin.sound.kitchen import Kitchen
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.piper_engine import PiperEngine, piper_voices
from voicecheckin.voice.postprocess import post_processed
from voicecheckin.voice.tts_queue import ImmediateTts
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
    """Seconds from the word's end until it was acted on, the time to decide included."""
    until_silence: list[float] = field(default_factory=list)
    """Seconds from the word's end until the device is heard no more, where it was heard at all."""


@dataclass(slots=True)
class Alone:
    """What the device made of its own speech, with nobody there."""

    echo: float
    delay: float
    hours: float = 0.0
    commands: int = 0
    voices: int = 0


class Talker:
    """A device in a kitchen that never stops talking."""

    def __init__(self, kitchen: Loudspeaker, ear: Ear, voice: str, texts: Sequence[str]) -> None:
        self.kitchen = kitchen
        speech = ImmediateTts(Voice(choose_voice(voice), RenderCache()))
        self.room = AudioRoom(kitchen, speech, ear, canceller())
        self.room.perform(Listen())
        self._texts = cycle(texts)
        self.speak()

    def speak(self) -> None:
        """Begin the next sentence."""
        self._rests_until = math.inf
        self.room.perform(Speak(next(self._texts)))

    def events(self, until: float) -> list[tuple[Event, float]]:
        """Go on talking until then (seconds), or until a command; return what was noticed."""
        noticed: list[tuple[Event, float]] = []
        while True:
            event = self.room.wait(min(until, self._rests_until))
            if isinstance(event, TimedOut):
                if self.room.now() < self._rests_until:
                    return noticed
                self.speak()
                continue
            noticed.append((event, self.room.now()))
            if isinstance(event, SpeechEnded):
                self._rests_until = self.room.now() + REST
            if isinstance(event, Heard):
                return noticed


def talking(options: argparse.Namespace, kitchen: Kitchen) -> Talker:
    """A device with the ear and the voice that are asked for."""
    sound = Loudspeaker(kitchen)
    ear = open_ear(options.ear, work=TimedWork(lambda: sound.seconds))
    return Talker(sound, ear, options.voice, options.texts)


def interrupt(options: argparse.Namespace, tally: Tally, clips: Sequence[Samples]) -> None:
    """Let each of *clips* be said over the device, at a random place in its speech."""
    chance = random.Random(1)
    kitchen = Kitchen(seed=2, echo=tally.echo, delay=DELAYS[ECHOES.index(tally.echo)])
    talker = talking(options, kitchen)
    talker.events(12.0)
    for number, clip in enumerate(clips):
        start = talker.room.now() + chance.uniform(2.0, 4.0)
        end = talker.kitchen.place(start, clip, seat=1 + number % 3)
        talker.events(start)
        heard = [one for one in talker.events(end + PATIENCE) if isinstance(one[0], Heard)]
        talker.room.perform(Hush())
        talker.room.wait(talker.room.now() + 1.0)
        tally.said += 1
        if heard and heard[0][0] == Heard(Command(tally.command)):
            tally.understood += 1
            tally.until_decision.append(heard[0][1] - end)
            silent = talker.kitchen.sounded + FRAME_SECONDS + kitchen.delay
            tally.until_silence += [silent - end] if silent > end else []
        tally.mistaken += bool(heard) and heard[0][0] != Heard(Command(tally.command))
        talker.speak()


def alone(options: argparse.Namespace, echo: float, delay: float) -> Alone:
    """Say every sentence to nobody."""
    result = Alone(echo, delay)
    kitchen = Kitchen(seed=3, echo=echo, delay=delay, reverberation=0.5)
    talker = talking(options, kitchen)
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
        asked: list[list[str | Path]]
        asked = [["espeak-ng", "-v", voice, "-s", "150", "-w", path, words] for voice in ESPEAK]
        if shutil.which("flite"):
            asked += [["flite", "-voice", voice, "-t", words, "-o", path] for voice in FLITE]
        clips = []
        for command in asked:
            subprocess.run(command, check=True, capture_output=True)
            clips.append(trimmed(read_sound(path)))
    pipers = [PiperEngine(model) for model in piper_voices().values()]
    said = [post_processed(piper.render(f"{words}.", 1.2)) for piper in pipers]
    return clips + [trimmed(one) for one in said]


def tables(tallies: Sequence[Tally], selves: Sequence[Alone]) -> Iterator[Table]:
    """Everything, in short and in rows."""
    yield Table(f"{SHORT}: spoken over", ("", ""), list(_in_short(tallies, selves)))
    times = "acted on after: median", "95 %", "silence after: median", "95 %"
    rows = [
        (
            one.command,
            _echo(one.echo),
            *(percent(part, one.said) for part in (one.understood, one.mistaken)),
            *middle_and_late(one.until_decision, 2),
            *middle_and_late(one.until_silence, 2),
        )
        for one in tallies
    ]
    yield Table("Spoken over", ("command", "echo", "understood", "mistaken", *times), rows)
    alone = [
        (
            f"{_echo(one.echo)}, {one.delay:g} s",
            *(str(one.commands), str(one.voices), f"{60 * one.hours:.0f} min"),
        )
        for one in selves
    ]
    yield Table("Alone with its own voice", ("echo", "commands", "voices", "in"), alone)


def _echo(level: float | None) -> str:
    return "none" if level is None else f"{level:+.0f} dB"


def _in_short(tallies: Sequence[Tally], selves: Sequence[Alone]) -> Iterator[tuple[str, str]]:
    stops = [one for one in tallies if one.command == Command.STOP.value]
    if stops:
        heard, said = sum(one.understood for one in stops), sum(one.said for one in stops)
        silence = middle_and_late([time for one in stops for time in one.until_silence], 2)
        yield f"stop over the device's voice, understood (n = {said})", percent(heard, said)
        yield "from the end of that stop to silence: median, 95 %", ", ".join(silence)
    hours = sum(one.hours for one in selves)
    if hours:
        commands = sum(one.commands for one in selves)
        yield "commands an hour that its own voice makes up", per_hour(commands, hours)


def main() -> None:
    """Measure and print."""
    options = parser("bargein", __doc__)
    options.add_argument("--clips", type=Path, help="a folder with stop/*.flac")
    options.add_argument(
        "--count", type=int, default=40, help="people who say stop (default 40), 0 for none"
    )
    options.add_argument("--words", default="stop,pause,repeat,go on", help="commands to say")
    options.add_argument(
        "--sentences", type=int, default=60, help="of the script (default 60), 0 for all"
    )
    options.add_argument(
        "--delays",
        type=lambda text: [float(delay) for delay in text.split(",") if delay],
        default=[DELAYS[2]],
        help="seconds from playing to hearing while it is alone, with commas between; may be empty",
    )
    options.add_argument("--voice", default="pyttsx3")
    options.add_argument("--ear", default="auto")
    chosen = options.parse_args()
    texts = sentences(load("en"))
    chosen.texts = texts[:: max(1, len(texts) // (chosen.sentences or len(texts)))]
    commands = [Command(word) for word in chosen.words.split(",")] if chosen.count else []
    tallies = [Tally(command.value, echo) for command in commands for echo in ECHOES]
    for tally in bar(tallies, "speaking over it"):
        interrupt(chosen, tally, clips_of(chosen, Command(tally.command)))
    ways = [(echo, delay) for echo in ECHOES if echo is not None for delay in chosen.delays]
    selves = [alone(chosen, *way) for way in bar(ways, "alone with its own voice")]
    show(list(tables(tallies, selves)), chosen.json)


if __name__ == "__main__":
    main()
