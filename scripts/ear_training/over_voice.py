"""Words said while the device speaks in a simulated kitchen, as the ear gets to judge them."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benches._kitchen import Loudspeaker
from benches.bargein import Talker, trimmed
from benches.voice import sentences

from voicecheckin.content import load
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import Samples
from voicecheckin.sound.kitchen import Kitchen

from .clips import Clip

DELAYS = (0.02, 0.06, 0.12, 0.25)
"""Seconds from playing to hearing."""
TOGETHER = 30
"""Words said in one kitchen, before the next."""


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance as the ear gets it."""

    sound: Samples
    clip: Clip
    """What was said, or was about to be."""
    alone: bool
    """Whether only the device had spoken yet."""


class _NotingEar(Recogniser):
    """A recogniser that understands nothing and keeps everything."""

    name = "noting"

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._heard: list[tuple[float, Samples]] = []

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Keep *utterance*."""
        self._heard.append((self._now(), utterance))
        return Recognition(None, 1.0)

    def drained(self, since: float = 0.0) -> list[Samples]:
        """What was heard since the last time, and *since* then (seconds)."""
        heard, self._heard = self._heard, []
        return [sound for moment, sound in heard if moment >= since]


def said_over(
    clips: Sequence[Clip], book: Phrasebook, echo: float | None, voice: str
) -> Iterator[Said]:
    """Let each of *clips* be said over the device, which speaks with *voice*."""
    chance = random.Random(f"{echo} {voice}")
    texts = sentences(load(book.language))
    for start in range(0, len(clips), TOGETHER):
        kitchen = Kitchen(
            seed=chance.randrange(1000),
            echo=echo,
            delay=chance.choice(DELAYS),
            reverberation=chance.uniform(0.3, 0.6),
        )
        sound = Loudspeaker(kitchen)
        noting = _NotingEar(lambda sound=sound: sound.seconds)
        shuffled = chance.sample(texts, len(texts))
        device = Talker(sound, Ear(noting, book), voice, shuffled)
        device.events(8.0)
        for number, clip in enumerate(clips[start : start + TOGETHER]):
            begins = device.room.now() + chance.uniform(1.5, 3.0)
            device.events(begins)
            for heard in noting.drained():
                yield Said(heard, clip, alone=True)
            ends = sound.place(begins, trimmed(clip.sound()), seat=1 + number % 3)
            device.events(ends + 1.2)
            # A part of the word is neither the word nor something else.
            for heard in noting.drained(since=ends + 0.1):
                yield Said(heard, clip, alone=False)
