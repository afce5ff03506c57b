"""Sittings of an hour, one after the other, in one process: does memory grow, does time drift?

A slow couple sits in the simulated kitchen; how much memory the process holds is noted as the
minutes go by, and how many files it has open. The service sets two limits of glibc, without which
memory grows: MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144 scripts/bench soak.
"""

import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benches._kitchen import recogniser
from benches._tables import SHORT, Table, parser, show
from rich.console import Console
from rich.progress import Progress

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Event, Started
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.rooms.actors import Actors
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.people import Couple, Temper
from voicecheckin.sound.frames import FRAME_SECONDS, Samples
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

UNHURRIED = Temper(
    about="turns of several minutes, with long pauses",
    think=(8.0, 25.0),
    stretch=(10.0, 25.0),
    stretches=(6, 12),
    pause=(1.0, 5.0),
    answer=(2.0, 6.0),
)
SETTLED = 10.0
"""Minutes after which memory should not grow any more."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the process."""

    minutes: float
    """Of simulated time, over all sittings."""
    megabytes: float
    files: int


class Counted:
    """A kitchen that counts its frames by itself, to be compared with its clock."""

    def __init__(self, kitchen: KitchenSound) -> None:
        self._kitchen = kitchen
        self.frames = 0
        self.samples = 0

    @property
    def seconds(self) -> float:
        """Simulated seconds, by the kitchen's own clock."""
        return self._kitchen.seconds

    @property
    def latency(self) -> int:
        """Frames until a played frame has reached the microphone."""
        return self._kitchen.latency

    def exchange(self, frame: Samples) -> Samples:
        """Play and hear one frame, and count what was heard."""
        heard = self._kitchen.exchange(frame)
        self.frames += 1
        self.samples += len(heard)
        return heard

    def reopen(self, timeout: float) -> bool:
        """Get the devices back."""
        return self._kitchen.reopen(timeout)

    def close(self) -> None:
        """Close the kitchen."""
        self._kitchen.close()


@dataclass
class Soak:
    """Sittings in a row, and what they leave behind."""

    minutes: float
    """Of each sitting."""
    samples: list[Sample] = field(default_factory=list)
    drift: float = 0.0
    """Seconds between frames and clock, at the most."""
    before: float = 0.0
    """Minutes of the sittings before this one."""
    endings: list[str] = field(default_factory=list)

    def sit(self, ear: Recogniser, voice: Voice, seed: int, told: Callable[[float], None]) -> None:
        """One sitting, to its end; at its time it is ended as people would end it, by leaving.

        *told* is told how many minutes of all sittings are over.
        """
        kitchen = KitchenSound(Kitchen(seed=seed))
        sound = Counted(kitchen)
        company = Actors(Couple(UNHURRIED, seed), kitchen)
        listening = Ear(ear, load_phrases("en"))
        room = AudioRoom(sound, ImmediateTts(voice), listening, canceller(), company)
        checkin = CheckIn(
            load("en"), SittingOptions(evening=1 + seed % 9, length="usual", names=("Robin", "Sam"))
        )
        event: Event = Started()
        while room.now() < self.minutes * 60:
            for effect in checkin.handle(event, room.now()):
                room.perform(effect)
            if checkin.finished:
                break
            event = room.wait(checkin.deadline)
            self._look(room.now() / 60, sound)
            told(self.before + room.now() / 60)
        how = "over" if checkin.finished else "left"
        self.endings.append(f"{room.now() / 60:.1f} min ({how})")
        self.before += room.now() / 60
        sound.close()
        listening.close()

    def _look(self, minutes: float, sound: Counted) -> None:
        self.drift = max(self.drift, abs(sound.samples / 16_000 - sound.seconds))
        self.drift = max(self.drift, abs(sound.frames * FRAME_SECONDS - sound.seconds))
        now = self.before + minutes
        if not self.samples or now - self.samples[-1].minutes >= self.minutes / 12:
            gc.collect()
            held = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20
            self.samples.append(Sample(now, held, len(list(Path("/proc/self/fd").iterdir()))))


def growth(samples: list[Sample], settled: float) -> float:
    """Megabytes an hour by which memory grows after *settled* minutes, by least squares."""
    late = [one for one in samples if one.minutes >= settled] or samples
    middle = sum(one.minutes for one in late) / len(late)
    level = sum(one.megabytes for one in late) / len(late)
    spread = sum((one.minutes - middle) ** 2 for one in late)
    if not spread:
        return float("nan")
    return 60 * sum((one.minutes - middle) * (one.megabytes - level) for one in late) / spread


def main() -> None:
    """Measure and print."""
    options = parser("soak", __doc__)
    options.add_argument(
        "--sittings", type=int, default=3, help="how many (3); more, where some are over sooner"
    )
    options.add_argument("--minutes", type=float, default=60.0, help="of each, simulated (60)")
    options.add_argument("--ear", default="auto", help="whisper or small")
    chosen = options.parse_args()
    ear, voice = recogniser(chosen.ear), Voice(choose_voice("pyttsx3"), RenderCache())
    soak, began = Soak(chosen.minutes), time.perf_counter()
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("minutes of sittings", total=chosen.sittings * chosen.minutes)
        for seed in count():
            soak.sit(ear, voice, seed, lambda minutes: progress.update(task, completed=minutes))
            if soak.before >= chosen.sittings * chosen.minutes:
                break
    took = time.perf_counter() - began
    settled = min(SETTLED, chosen.minutes / 3)
    files = [one.files for one in soak.samples if one.minutes >= settled] or [0]
    rows = [
        ("sittings in a row", ", ".join(soak.endings)),
        (
            f"memory grows after {settled:.0f} minutes by",
            f"{growth(soak.samples, settled):+.2f} MB/h",
        ),
        (f"files open after {settled:.0f} minutes, and in the end", f"{files[0]} and {files[-1]}"),
        ("drift between frames and sound", f"{soak.drift:.6f} s"),
    ]
    held = [(f"{one.minutes:.1f}", f"{one.megabytes:.1f}", str(one.files)) for one in soak.samples]
    note = f"Growth is the slope of the least squares. It took {took / 60:.1f} minutes."
    tables = [
        Table(f"{SHORT}: sittings one after the other, {ear.name} ear", ("", ""), rows, note),
        Table("Memory over the sittings", ("minutes", "MB", "files"), held),
    ]
    show(tables, chosen.json)


if __name__ == "__main__":
    main()
