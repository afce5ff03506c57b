"""Whole sittings in the simulated kitchen, with recorded people in the turns, to be watched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import numpy as np

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Answered, Effect, Event, Heard, Listen, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.hearing.choose import choose as choose_ear
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.hearing.files import read_sound
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.loop import run
from voicecheckin.rooms.actors import Actors
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.observed import ObservedRoom, Observer
from voicecheckin.rooms.people import Act, Couple, Talk
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.sound.kitchen import KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

NAMES = ("Robin", "Sam")
STILL = 0.02
"""Of a recording's loudest sample; what is softer counts as its silence."""
AUDIBLE = 0.001
"""Of full scale; what is softer, 30 dB below the device when it steps back, counts as silence."""
LONGEST_SILENCE = 0.4
"""Seconds; longer silences inside a recording are shortened, so that pauses are those we make."""


def recorded_talk(folder: Path) -> Iterator[Samples]:
    """Recordings of *folder*/talk without their long silences, one after the other, for ever."""
    paths = sorted((folder / "talk").glob("*.flac"))
    if not paths:
        raise SystemExit(f"{folder}: there is no talk/*.flac in it; name a folder of recordings.")
    for path in cycle(paths):
        yield without_silences(read_sound(path))


def without_silences(sound: Samples) -> Samples:
    """*sound* with no silence over LONGEST_SILENCE seconds."""
    size = RATE // 50
    blocks = sound[: len(sound) // size * size].reshape(-1, size)
    loud = np.abs(blocks).max(axis=1) > STILL * np.abs(sound).max()
    longest = round(LONGEST_SILENCE * RATE / size)
    kept, quiet = [], longest
    for block, speaks in zip(blocks, loud, strict=True):
        quiet = 0 if speaks else quiet + 1
        if quiet < longest:
            kept.append(block)
    return np.concatenate(kept)


class Loudspeaker(KitchenSound):
    """A kitchen that remembers when something was last played."""

    sounded = 0.0
    """Seconds."""

    def exchange(self, frame: Samples) -> Samples:
        """Play and hear a frame."""
        if np.abs(frame).max() > AUDIBLE:
            self.sounded = self.seconds
        return super().exchange(frame)


class Reader:
    """Gives stretches of talk by recorded people."""

    def __init__(self, folder: Path) -> None:
        self._recordings = recorded_talk(folder)
        self._rest = np.zeros(0, np.float32)

    def __call__(self, seconds: float, who: int) -> Samples:
        """So many seconds of somebody reading."""
        count = round(seconds * RATE)
        while len(self._rest) < count:
            self._rest = np.concatenate((self._rest, next(self._recordings)))
        talk, self._rest = self._rest[:count].copy(), self._rest[count:]
        return talk


@dataclass
class Turn:
    """A free turn as it was meant, and what the device did in it."""

    start: float
    end: float
    floor: int
    reply: bool
    """Whether it says back what was heard."""
    cut_ins: int = 0
    """Prompts that began while it was not over."""
    made_up: int = 0
    """Commands and answers that nobody said."""
    wait: float | None = None
    """Seconds from its end to the device's next word."""


@dataclass
class Turns:
    """Looks on: every turn, and how the device treated it."""

    turns: list[Turn] = field(default_factory=list)
    _talking: bool = False
    """Whether a turn was the last that they said, and not a word for the device."""
    _floor: int | None = None
    _replies: bool = False
    _step: str = ""

    def begins(self, talk: Talk) -> None:
        """Somebody has begun *talk*."""
        self._talking = True
        end = talk.at + sum(speech + pause for speech, pause in talk.stretches)
        end -= talk.stretches[-1][1]
        self.turns.append(Turn(talk.at, end, talk.who, self._replies))

    def asks(self) -> None:
        """Somebody says a word that is meant for the device."""
        self._talking = False

    def saw(self, event: Event, now: float) -> None:
        """Note a command or an answer that nobody said."""
        if isinstance(event, Heard | Answered) and self._talking:
            self.turns[-1].made_up += 1

    def did(self, effect: Effect, now: float) -> None:
        """Note who has the floor, and when the device speaks."""
        if isinstance(effect, Listen) and effect.turn and not effect.answers:
            other = effect.floor != self._floor
            self._replies = effect.step == self._step and other and not self._replies
            self._floor, self._step = effect.floor, effect.step
        if isinstance(effect, Speak) and self.turns:
            turn = self.turns[-1]
            if turn.start < now < turn.end:
                turn.cut_ins += 1
            elif now >= turn.end and turn.wait is None:
                turn.wait = now - turn.end


class LookedAt(Couple):
    """A simulated couple whose turns are told to an observer."""

    turns: Turns

    def consider(self, now: float) -> list[Act]:
        """What they do; turns are noted."""
        acts = super().consider(now)
        for act in acts:
            if isinstance(act, Talk):
                self.turns.begins(act)
            else:
                self.turns.asks()
        return acts


def recogniser(name: str) -> Recogniser:
    """The ear called *name*, for several sittings."""
    return choose_ear(name, load_phrases("en"))


def live(
    couple: Couple,
    ear: Recogniser,
    folder: Path | None,
    observers: Sequence[Observer],
    sound: KitchenSound,
    *,
    evening: int = 1,
    length: str = "short",
) -> None:
    """Let *couple*, with the voices of *folder* if there is one, live through an evening."""
    room = AudioRoom(
        sound,
        ImmediateTts(Voice(choose_voice("pyttsx3"), RenderCache())),
        Ear(ear, load_phrases("en")),
        canceller(),
        Actors(couple, sound, Reader(folder) if folder else None),
    )
    checkin = CheckIn(load("en"), SittingOptions(evening=evening, length=length, names=NAMES))
    try:
        run(checkin, ObservedRoom(room, observers))
    finally:
        room.close()
