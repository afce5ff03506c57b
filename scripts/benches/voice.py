"""Every installed voice: speed, pace, loudness, first word, memory; how well it is understood."""

import multiprocessing
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from benches._tables import Table, bar, parser, show

from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.conversation.pace import SENTENCE_REST
from voicecheckin.conversation.script import Script
from voicecheckin.errors import VoiceCheckinError
from voicecheckin.hearing.recognisers.whisper import model_folder
from voicecheckin.sound.frames import FRAME, RATE, Samples, silence
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose
from voicecheckin.voice.hibari_engine import hibari_voices
from voicecheckin.voice.loudness import loudness
from voicecheckin.voice.piper_engine import piper_voices
from voicecheckin.voice.voice import Voice

FAR = Kitchen(seed=5, echo=6.0, delay=0.02, reverberation=0.5, noise=-20.0)
"""What somebody three metres away hears: much of the room, and a fan."""

LONGEST = 27.0
"""Seconds that Whisper hears at once, nearly."""

SAME = (("&", " and "), ("'s", ""), ("-", " "))
"""What is written in two ways, and said in one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one voice is like on this machine."""

    voice: str
    speed: float
    """Seconds of speech rendered in a second."""
    words_a_minute: float
    """Of the words themselves, rests not counted."""
    with_rests: float
    """The same with the rest that follows every sentence."""
    spread: float
    """Standard deviation of the sentences' loudness, LU."""
    quietest: float
    """LUFS."""
    loudest: float
    """LUFS."""
    cold: float
    """Seconds to the first sentence's sound, nothing loaded and nothing cached."""
    warm: float
    """The same from the cache on disk."""
    memory: float
    """Megabytes that the voice adds, its processes included."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How many words of a voice were written down wrong."""

    voice: str
    model: str
    place: str
    words: int
    wrong: Sequence[int]
    """In each half minute of sentences."""

    @property
    def rate(self) -> str:
        """Of 100 words, with the interval in which it lies 95 times of 100 (by half minutes)."""
        mean = 100 * sum(self.wrong) / self.words
        spread = statistics.stdev(self.wrong) * sqrt(len(self.wrong))
        margin = 196 * spread / self.words
        return f"{mean:.1f} % ({max(0.0, mean - margin):.1f} to {mean + margin:.1f})"


def sentences(script: Script) -> list[str]:
    """Return everything that may ever be said, in order."""
    return all_sentences(script, script.names)


def measure(name: str, texts: list[str]) -> Measured:
    """Render *texts* with the voice called *name*."""
    before = memory()
    with tempfile.TemporaryDirectory() as folder:
        cache = RenderCache(Path(folder))
        began = time.perf_counter()
        voice = Voice(choose(name), cache)
        voice.prepare(texts[0])
        cold = time.perf_counter() - began
        began = time.perf_counter()
        sounds = [voice.sentence(text, 1.0) for text in texts[1:]]
        rendering = time.perf_counter() - began
        held = memory() - before
        voice.close()
        voice = Voice(choose(name), cache)
        began = time.perf_counter()
        voice.sentence(texts[0])
        warm = time.perf_counter() - began
        voice.close()
    seconds = sum(map(len, sounds)) / RATE
    levels = [loudness(sound, RATE) for sound in sounds]
    words = sum(len(text.split()) for text in texts[1:])
    spread = statistics.pstdev(levels)
    pace = words * 60 / seconds
    with_rests = words * 60 / (seconds + SENTENCE_REST * len(sounds))
    low, high = min(levels), max(levels)
    return Measured(
        name, seconds / rendering, pace, with_rests, spread, low, high, cold, warm, held
    )


def memory() -> float:
    """Return the peak memory of this process and of the largest one it started, in megabytes."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def understand(name: str, model: str, texts: list[str]) -> list[Understood]:
    """Let Whisper's *model* write down what the voice called *name* says, near and far."""
    from faster_whisper import WhisperModel

    path = model if Path(model).is_dir() else str(model_folder(model))
    recogniser = WhisperModel(path, compute_type="int8", cpu_threads=1)
    voice = Voice(choose(name))
    wrong: dict[str, list[int]] = {"clean": [], "3 m": []}
    for said, sound in breaths(voice, texts):
        for place, heard in (("clean", sound), ("3 m", across_the_kitchen(sound))):
            segments, _ = recogniser.transcribe(heard, language="en", beam_size=1)
            written = " ".join(segment.text for segment in segments)
            wrong[place].append(differences(words(said), words(written)))
    voice.close()
    count = sum(len(words(text)) for text in texts)
    short = Path(model).name.removeprefix("faster-whisper-")
    return [Understood(name, short, place, count, found) for place, found in wrong.items()]


def breaths(voice: Voice, texts: Sequence[str]) -> Iterator[tuple[str, Samples]]:
    """Yield *texts*, as many at once as Whisper hears at once, each with a rest after it."""
    said: list[str] = []
    sounds: list[Samples] = []
    for text in texts:
        sound = np.concatenate((voice.sentence(text), silence(SENTENCE_REST)))
        if sum(map(len, sounds)) + len(sound) > LONGEST * RATE:
            yield " ".join(said), np.concatenate(sounds)
            said, sounds = [], []
        said.append(text)
        sounds.append(sound)
    yield " ".join(said), np.concatenate(sounds)


def across_the_kitchen(sound: Samples) -> Samples:
    """Return *sound* as it arrives at the other end of the kitchen."""
    kitchen = KitchenSound(FAR)
    whole = np.concatenate((sound, silence(0.5)))
    frames = whole[: len(whole) // FRAME * FRAME].reshape(-1, FRAME)
    return np.concatenate([kitchen.exchange(frame) for frame in frames])


def words(text: str) -> list[str]:
    """Return the words of *text*, digits one by one, as they are compared."""
    text = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for written, said in SAME:
        text = text.replace(written, said)
    return re.findall(r"[a-z']+|\d", text)


def differences(wanted: Sequence[str], written: Sequence[str]) -> int:
    """Return how many words must be put in, left out or changed."""
    row = list(range(len(written) + 1))
    for number, one in enumerate(wanted, 1):
        before, row[0] = row[0], number
        for column, other in enumerate(written, 1):
            cost = min(row[column] + 1, row[column - 1] + 1, before + (one != other))
            before, row[column] = row[column], cost
    return row[-1]


def main() -> None:
    """Measure and print."""
    options = parser("voice", __doc__)
    options.add_argument("--voices", help="names, with commas between; all installed by default")
    options.add_argument("--sentences", type=int, default=60, help="how many (default 60)")
    options.add_argument(
        "--understood", type=int, default=0, help="sentences that Whisper writes down (default 0)"
    )
    options.add_argument(
        "--models", default="tiny.en", help="Whisper models or their folders, with commas between"
    )
    chosen = options.parse_args()
    every = sentences(load("en"))
    texts = every[:: max(1, len(every) // chosen.sentences)]
    names = chosen.voices.split(",") if chosen.voices else ["pyttsx3", *_hibaris(), *_pipers()]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as fresh:
        found = [fresh.apply(measure, (name, texts)) for name in bar(names, "voices")]
    columns = (
        "voice",
        "x real time",
        "words/min",
        "and rests",
        "loudness ±",
        "first word cold",
        "warm",
        "MB",
    )
    tables = [Table("Voices", columns, [_row(one) for one in found])]
    if chosen.understood:
        step = len(every) / chosen.understood
        some = [every[int(number * step)] for number in range(min(chosen.understood, len(every)))]
        both = [(name, model) for name in names for model in chosen.models.split(",")]
        rows = [
            (one.voice, one.model, one.place, one.rate)
            for name, model in bar(both, "writing down")
            for one in understand(name, model, some)
        ]
        title = f"Words written down wrong, of {len(some)} sentences"
        tables.append(Table(title, ("voice", "model", "where", "wrong"), rows))
    show(tables, chosen.json)


def _row(one: Measured) -> tuple[str, ...]:
    loud = f"{one.spread:.2f} LU ({one.quietest:.1f} to {one.loudest:.1f} LUFS)"
    times = (f"{one.cold:.2f} s", f"{one.warm:.3f} s", f"{one.memory:.0f}")
    paces = (f"{one.words_a_minute:.0f}", f"{one.with_rests:.0f}")
    return (one.voice, f"{one.speed:.1f}", *paces, loud, *times)


def _hibaris() -> list[str]:
    return [f"hibari:{name}" for name in hibari_voices()]


def _pipers() -> list[str]:
    try:
        choose("piper").close()
    except VoiceCheckinError:
        return []
    return [f"piper:{name}" for name in piper_voices()]


if __name__ == "__main__":
    main()
