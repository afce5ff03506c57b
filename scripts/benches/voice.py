"""Every installed voice: speed, pace, loudness, first word, memory."""

import multiprocessing
import resource
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benches._tables import Table, bar, parser, show

from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.conversation.pace import SENTENCE_REST
from voicecheckin.conversation.script import Script
from voicecheckin.errors import VoiceCheckinError
from voicecheckin.sound.frames import RATE
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose
from voicecheckin.voice.loudness import loudness
from voicecheckin.voice.piper_engine import piper_voices
from voicecheckin.voice.voice import Voice


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
        voice.sentence(texts[0])
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


def main() -> None:
    """Measure and print."""
    options = parser("voice", __doc__)
    options.add_argument("--voices", help="names, with commas between; all installed by default")
    options.add_argument("--sentences", type=int, default=60, help="how many (default 60)")
    chosen = options.parse_args()
    texts = sentences(load("en"))
    texts = texts[:: max(1, len(texts) // chosen.sentences)]
    names = chosen.voices.split(",") if chosen.voices else ["pyttsx3", *_pipers()]
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
    show([Table("Voices", columns, [_row(one) for one in found])], chosen.json)


def _row(one: Measured) -> tuple[str, ...]:
    loud = f"{one.spread:.2f} LU ({one.quietest:.1f} to {one.loudest:.1f} LUFS)"
    times = (f"{one.cold:.2f} s", f"{one.warm:.3f} s", f"{one.memory:.0f}")
    paces = (f"{one.words_a_minute:.0f}", f"{one.with_rests:.0f}")
    return (one.voice, f"{one.speed:.1f}", *paces, loud, *times)


def _pipers() -> list[str]:
    try:
        choose("piper").close()
    except VoiceCheckinError:
        return []
    return [f"piper:{name}" for name in piper_voices()]


if __name__ == "__main__":
    main()
