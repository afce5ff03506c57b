"""How well an ear hears: words, coffee orders and other people's reading, near and in a kitchen.

The head that ships learned from the recordings it was developed with. On those, the figures of
its card are the honest ones: there, every speaker was heard by a head that never heard them.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from ear_training.clips import Clip, kitchen, listed, others, read, words
from ear_training.feature_cache import WAYS, AugmentedClip, heard
from rich.console import Console
from rich.progress import track
from rich.table import Table

from voicecheckin.errors import VoiceCheckinError
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.endpointing import Ended, Endpointer, Mark, Paused
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.hearing.vad import VoiceActivity

FRAME = 480
"""Samples that the microphone delivers at a time: 30 ms."""
LONGEST = 5.0
"""Seconds; nothing longer is judged in a turn."""
QUESTION = ("yes", "no", "pass", "not sure")
DIGITS = ("one", "two", "three", "four", "five")
CONDITIONS = ("as recorded", "kitchen 10 dB", "kitchen 5 dB", "quiet", "loud")
PATIENCE = (0.6, 1.0, 1.6, 2.5, 6.0)


@dataclass(slots=True)
class Tally:
    """What an ear made of clips in one condition."""

    right: int = 0
    doubt: int = 0
    wrong: int = 0
    missed: int = 0
    others_accepted: int = 0
    others: int = 0
    orders_accepted: int = 0
    orders: int = 0
    digits_right: int = 0
    digits: int = 0

    @property
    def said(self) -> int:
        """Words of ours."""
        return self.right + self.doubt + self.wrong + self.missed


@dataclass(slots=True)
class Figures:
    """Everything measured with one ear."""

    ear: str
    conditions: dict[str, Tally] = field(default_factory=dict)
    commands_in_talk: dict[str, int] = field(default_factory=dict)
    talk_hours: float = 0.0
    cut_ins_per_hour: dict[str, float] = field(default_factory=dict)
    median_seconds: float = 0.0
    p95_seconds: float = 0.0
    memory_megabytes: float = 0.0


@dataclass(slots=True)
class Listener:
    """An ear with a stopwatch."""

    ear: Recogniser
    book: Phrasebook
    seconds: list[float] = field(default_factory=list)

    def hear(self, sound: np.ndarray, answers: Sequence[str]) -> tuple[str | None, bool]:
        """The phrase it hears and whether it doubts; the open commands are always allowed."""
        began = time.perf_counter()
        result = self.ear.decide(sound, list(dict.fromkeys((*answers, *self.book.commands))))
        self.seconds.append(time.perf_counter() - began)
        return result.phrase, result.doubt

    def meaning(self, clip: Clip, answers: Sequence[str]) -> str | None:
        """What the clip's words mean among what is allowed."""
        return self.book.match(clip.label, (*answers, *self.book.commands)).phrase


def judge_words(listener: Listener, folder: Path, way: str, clips: Sequence[Clip]) -> Tally:
    """Hear every clip of *clips* in one condition."""
    tally, surroundings = Tally(), kitchen(folder)
    for clip in track(clips, f"{listener.ear.name}, {way}"):
        sound = heard(AugmentedClip(clip, way, half=2, number=100), surroundings)
        phrase, doubt = listener.hear(sound, QUESTION)
        accepted = phrase is not None and not doubt
        meant = listener.meaning(clip, QUESTION) if clip.label else None
        if clip.kind == "others":
            tally.orders, tally.orders_accepted = tally.orders + 1, tally.orders_accepted + accepted
        elif meant is None:
            tally.others, tally.others_accepted = tally.others + 1, tally.others_accepted + accepted
        elif accepted:
            tally.right, tally.wrong = (
                tally.right + (phrase == meant),
                tally.wrong + (phrase != meant),
            )
        else:
            tally.doubt, tally.missed = tally.doubt + doubt, tally.missed + (not doubt)
        if clip.label in DIGITS:
            tally.digits += 1
            tally.digits_right += listener.hear(sound, DIGITS) == (clip.label, False)
    return tally


def marks(path: Path, patience: float) -> Iterator[Mark]:
    """Where speech pauses and ends in a file, heard frame by frame."""
    sound, activity, endpointer = read(path), VoiceActivity(), Endpointer(patience)
    for start in range(0, len(sound) - FRAME, FRAME):
        for judged in activity.hear(sound[start : start + FRAME]):
            yield from endpointer.hear(judged.samples, judged.probability)


def commands_in_talk(listener: Listener, folder: Path) -> dict[str, int]:
    """Commands heard in other people's reading; short utterances between silences are judged."""
    counts: dict[str, int] = {}
    for path in track(sorted((folder / "talk").glob("*.flac")), f"{listener.ear.name}, talk"):
        for mark in marks(path, patience=6.0):
            if isinstance(mark, Paused) and 0 < len(mark.since_pause.samples) < LONGEST * 16_000:
                phrase, doubt = listener.hear(mark.since_pause.samples, ())
                if phrase is not None and not doubt:
                    counts[phrase] = counts.get(phrase, 0) + 1
    return counts


def cut_ins(folder: Path, patience: float) -> int:
    """How often a turn is taken for ended while its speaker only paused."""
    count = 0
    for path in sorted((folder / "talk").glob("*.flac")):
        ends = sum(isinstance(mark, Ended) for mark in marks(path, patience))
        count += max(0, ends - 1)
    return count


def hours_of_talk(folder: Path) -> float:
    """Hours of reading in the folder."""
    return sum(len(read(path)) for path in (folder / "talk").glob("*.flac")) / 16_000 / 3600


def measure(
    ear: Recogniser, book: Phrasebook, folder: Path, options: argparse.Namespace
) -> Figures:
    """Everything about one ear."""
    listener, figures = Listener(ear, book), Figures(ear.name)
    labels = {row["says"] for row in listed(folder) if book.knows(row["says"])}
    clips = (words(folder, labels) + others(folder))[:: options.every]
    for way in CONDITIONS:
        figures.conditions[way] = judge_words(listener, folder, way, clips)
    figures.talk_hours = hours_of_talk(folder)
    if not options.no_talk:
        figures.commands_in_talk = commands_in_talk(listener, folder)
        for patience in track(PATIENCE, "cut-ins"):
            rate = cut_ins(folder, patience) / figures.talk_hours
            figures.cut_ins_per_hour[f"{patience} s"] = round(rate, 1)
    figures.median_seconds = float(np.median(listener.seconds))
    figures.p95_seconds = float(np.percentile(listener.seconds, 95))
    figures.memory_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def percent(part: int, whole: int) -> str:
    """*part* of *whole*, as a table shows it."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def show(figures: Figures, console: Console) -> None:
    """Print one ear's figures."""
    heads = ("", "understood", "doubted", "wrong", "other words", "orders", "one to five")
    table = Table(*heads, title=f"The {figures.ear} ear: yes, no, pass, not sure, and all commands")
    for way, tally in figures.conditions.items():
        table.add_row(
            way,
            percent(tally.right, tally.said),
            percent(tally.doubt, tally.said),
            percent(tally.wrong, tally.said),
            percent(tally.others_accepted, tally.others),
            percent(tally.orders_accepted, tally.orders),
            percent(tally.digits_right, tally.digits),
        )
    console.print(table)
    rest = Table(show_header=False)
    heard_in_talk = sum(figures.commands_in_talk.values())
    per_hour = f"{heard_in_talk / figures.talk_hours:.1f}" if figures.talk_hours else "-"
    rest.add_row("commands in an hour of reading", f"{per_hour} {figures.commands_in_talk or ''}")
    for patience, rate in figures.cut_ins_per_hour.items():
        rest.add_row(f"cut-ins in an hour, patience {patience}", str(rate))
    rest.add_row("decision, median", f"{figures.median_seconds * 1000:.0f} ms")
    rest.add_row("decision, 95 %", f"{figures.p95_seconds * 1000:.0f} ms")
    rest.add_row("memory", f"{figures.memory_megabytes:.0f} MB")
    console.print(rest)


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(prog="bench ear", description=__doc__)
    parser.add_argument("folder", type=Path, help="words/, talk/, others/, noise/, rooms/")
    parser.add_argument("--ear", action="append", help="whisper, small, wyoming[:uri], sr:NAME")
    parser.add_argument("--every", type=int, default=1, help="take every n-th clip only")
    parser.add_argument("--no-talk", action="store_true", help="leave the long recordings out")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    assert set(CONDITIONS) <= set(WAYS)
    console, book, all_figures = Console(), load_phrases("en"), []
    for name in options.ear or ["whisper"]:
        try:
            figures = measure(choose(name, book), book, options.folder, options)
        except VoiceCheckinError as error:
            raise SystemExit(str(error)) from error
        show(figures, console)
        all_figures.append(asdict(figures))
    if options.json:
        options.json.write_text(json.dumps(all_figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
