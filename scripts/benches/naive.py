"""Against what a maker would build from the same parts: listen, recognise, say.

That program is in `_naive.py`: SpeechRecognition's `listen` as it comes, `recognize_sphinx` for
each call, and pyttsx3, which hears nothing while it speaks. Both sit in the same simulated kitchen
and hear the same people, from the recordings in FOLDER.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benches._kitchen import Reader, recogniser
from benches._naive import WORDS, Loudspeaker, Naive
from benches._side_by_side import Manners, tables
from benches._tables import Table, bar, parser, show
from benches._work import TimedWork
from benches.bargein import trimmed

from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Hush,
    Listen,
    NotUnderstood,
    OutOfPlace,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceEnded,
)
from voicecheckin.conversation.pace import CLASSES
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.files import read_sound
from voicecheckin.ear.phrases import load as load_phrases
from voicecheckin.ear.recogniser import Recogniser
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.echo import canceller
from voicecheckin.sound.frames import Samples
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

PAUSES = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
"""Seconds inside a turn."""
OTHERS = ("bird", "happy", "house", "tree", "wow", "cat", "marvin", "left")
"""Words that answer nothing."""
QUESTION = "Are you ready to go on?"
LONG = (
    "What you hear from each other stays here, unless the one who said it agrees to something else."
)
Span = tuple[float, float]
PATIENCE = 8.0
"""Seconds after a word in which the device may still react."""


class Ours:
    """The room and the ear of a sitting."""

    def __init__(self, kitchen: Loudspeaker, voice: Voice, ear: Recogniser) -> None:
        self.kitchen = kitchen
        self.work = TimedWork()
        listening = Ear(ear, load_phrases("en"), self.work)
        self.room = AudioRoom(kitchen, ImmediateTts(voice), listening, canceller())

    def say(self, text: str) -> None:
        """Say it, with nobody there."""
        self.room.perform(Speak(text))
        while not isinstance(self.room.wait(None), SpeechEnded):
            pass

    def first(self, until: float, *kinds: type[Event]) -> Event | None:
        """The first event of these kinds; None if there was none by then (seconds)."""
        while not isinstance(event := self.room.wait(until), TimedOut):
            if isinstance(event, kinds):
                return event
        return None


@dataclass(frozen=True, slots=True)
class Scene:
    """What both are put into."""

    ear: Recogniser
    voice: Voice
    reader: Reader
    folder: Path

    def kitchens(self, seed: int) -> tuple[Naive, Ours]:
        """Two kitchens that are alike to the sample."""
        return (
            Naive(Loudspeaker(Kitchen(seed=seed)), self.voice),
            Ours(Loudspeaker(Kitchen(seed=seed)), self.voice, self.ear),
        )

    def clips(self, word: str, count: int) -> Iterator[Samples]:
        """Up to so many people who say *word*."""
        paths = sorted((self.folder / "words" / word).glob("*.flac"))
        for path in paths[:: max(1, len(paths) // count)][:count]:
            yield trimmed(read_sound(path))


def take_a_turn(scene: Scene, pause: float, seed: int, naive: Manners, ours: Manners) -> None:
    """Somebody talks, pauses, and talks on; who cuts in, and how long does the other one wait?"""
    stretches = [trimmed(scene.reader(length, 0)) for length in (5.0, 4.0, 6.0)]
    theirs, mine = scene.kitchens(seed)
    for one in (theirs, mine):
        one.say(QUESTION)
    start, end = _placed(theirs.kitchen, stretches, pause)
    audio, cut_in = theirs.listen(end + 30.0), False
    while audio and theirs.kitchen.seconds < end:  # what it makes of a part is not the end
        cut_in = cut_in or theirs.kitchen.seconds > start
        audio = theirs.listen(end + 30.0)
    late = theirs.kitchen.seconds - end + theirs.understand(audio)[1] if audio else None
    _note(naive, pause, cut_in, late)
    mine.room.perform(Listen(turn=True, floor=0, patience=CLASSES["R"].silence))
    _, end = _placed(mine.kitchen, stretches, pause)
    over = mine.first(end + 30.0, VoiceEnded)
    late = mine.kitchen.seconds - end
    _note(ours, pause, late < 0, late if over and late >= 0 else None)
    mine.room.close()


def _placed(kitchen: KitchenSound, stretches: Sequence[Samples], pause: float) -> Span:
    """Let somebody say *stretches* soon; from when to when (seconds)."""
    start = at = kitchen.seconds + 2.0
    for stretch in stretches:
        at = kitchen.place(at, stretch) + pause
    return start, at - pause


def _note(manners: Manners, pause: float, cut_in: bool, late: float | None) -> None:
    manners.turns[pause] = manners.turns.get(pause, 0) + 1
    manners.cut_ins[pause] = manners.cut_ins.get(pause, 0) + cut_in
    if late is not None:
        manners.waits.append(late)


def answer(scene: Scene, clip: Samples, meant: str, naive: Manners, ours: Manners) -> None:
    """Somebody answers a question with one word."""
    theirs, mine = scene.kitchens(len(clip) % 7)
    theirs.say(QUESTION)
    end = theirs.kitchen.place(theirs.kitchen.seconds + 1.5, clip)
    audio = theirs.listen(end + PATIENCE)
    found, thinking = theirs.understand(audio) if audio else (None, 0.0)
    _judge(naive, meant, found, theirs.kitchen.seconds + thinking - end)
    mine.say(QUESTION)
    mine.room.perform(Listen(("yes", "no")))
    end = mine.kitchen.place(mine.kitchen.seconds + 1.5, clip)
    match mine.first(end + PATIENCE, Answered, Heard, NotUnderstood, OutOfPlace):
        case Answered(meaning):
            heard: str | None = meaning
        case Heard(command):
            heard = command.value
        case _:
            heard = None
    _judge(ours, meant, heard, mine.kitchen.seconds + mine.work.seconds - end)
    mine.room.close()


def _judge(manners: Manners, meant: str, found: str | None, seconds: float) -> None:
    if meant not in WORDS:
        manners.others += 1
        manners.taken += found is not None
        return
    manners.said += 1
    manners.understood += found == meant
    manners.wrong += found not in (None, meant)
    if found == meant:
        manners.answering.append(seconds)


def stop(scene: Scene, clip: Samples, seed: int, naive: Manners, ours: Manners) -> None:
    """Somebody says "stop" over the device's voice."""
    theirs, mine = scene.kitchens(seed)
    later = random.Random(seed).uniform(1.0, 3.0)
    for one in (theirs, mine):
        one.say(LONG)  # until then an echo canceller knows nothing of the room
    end = theirs.kitchen.place(theirs.kitchen.seconds + later, clip)
    theirs.say(LONG)
    _note_stop(naive, theirs.kitchen.sounded - end, False)
    mine.room.perform(Listen(("yes", "no")))
    mine.room.perform(Speak(LONG))
    end = mine.kitchen.place(mine.kitchen.seconds + later, clip)
    stopped = mine.first(end + PATIENCE, Heard, SpeechEnded) == Heard(Command.STOP)
    mine.room.perform(Hush())
    mine.room.wait(mine.room.now() + 1.0)
    thinking = mine.work.seconds if stopped else 0.0
    _note_stop(ours, mine.kitchen.sounded + thinking - end, stopped)
    mine.room.close()


def _note_stop(manners: Manners, silent: float, stopped: bool) -> None:
    manners.stops += 1
    manners.stopped += stopped
    manners.silent.append(max(0.0, silent))


def main() -> None:
    """Measure and print."""
    options = parser("naive", __doc__)
    options.add_argument("folder", type=Path, help="recordings, with talk/ and words/ in it")
    options.add_argument("--ear", default="auto", help="ours: sphinx or whisper")
    options.add_argument("--turns", type=int, default=20, help="for each length of pause (20)")
    options.add_argument("--people", type=int, default=30, help="who say each word (30)")
    chosen = options.parse_args()
    show(compared(chosen), chosen.json)


def compared(options: argparse.Namespace) -> list[Table]:
    """Put both through everything."""
    voice = Voice(choose_voice("pyttsx3"), RenderCache())
    scene = Scene(recogniser(options.ear), voice, Reader(options.folder), options.folder)
    naive, ours = Manners(), Manners()
    turns = [(pause, seed) for pause in PAUSES for seed in range(options.turns)]
    for pause, seed in bar(turns, "turns"):
        take_a_turn(scene, pause, seed, naive, ours)
    clips = [(word, clip) for word in WORDS for clip in scene.clips(word, options.people)]
    few = max(1, options.people * len(WORDS) // len(OTHERS))
    clips += [(word, clip) for word in OTHERS for clip in scene.clips(word, few)]
    for word, clip in bar(clips, "answers"):
        answer(scene, clip, word, naive, ours)
    for seed, clip in enumerate(bar(list(scene.clips("stop", options.people)), "stop")):
        stop(scene, clip, seed, naive, ours)
    return tables(ours, naive)


if __name__ == "__main__":
    main()
