"""Voices of simulated people: better ones than espeak-ng's where they were fetched."""

from functools import lru_cache, partial

import numpy as np
import soxr

from voicecheckin.errors import EngineMissing
from voicecheckin.rooms.actors import Saying, spoken
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.voice.engine import Engine
from voicecheckin.voice.hibari_engine import OWN, HibariEngine, hibari_voices
from voicecheckin.voice.piper_engine import PiperEngine, fetched_voices
from voicecheckin.voice.postprocess import post_processed

HIGHER = 1.18
"""How much higher one of the two speaks, where one voice has to do for both."""

TEMPO = 1.15
"""People speak faster than the device."""

LEVEL = 0.1
"""Root mean square of a person's loud syllables, as espeak-ng has it."""


def voices_of_people(device: str) -> tuple[Saying, Saying]:
    """Return a voice for each of the two; neither is the one called *device*.

    Nor is hibari's own: the ear has learned that it is a device's.
    """
    engines = [HibariEngine(name) for name in hibari_voices() if name != OWN]
    engines = [engine for engine in engines if engine.name != device]
    others: list[Engine] = [*engines, *_pipers(device)]
    if not others:
        return partial(spoken, who=0), partial(spoken, who=1)
    shift = HIGHER if len(others) == 1 else 1.0
    return said_by(others[0], shift), said_by(others[-1], 1.0)


def _pipers(device: str) -> list[Engine]:
    try:
        pipers: list[Engine] = [PiperEngine(model) for model in fetched_voices().values()]
    except EngineMissing:
        return []
    return [piper for piper in pipers if piper.name != device]


def said_by(engine: Engine, higher: float) -> Saying:
    """Let *engine* speak, *higher* than it does by itself."""

    @lru_cache(maxsize=256)
    def say(words: str) -> Samples:
        sound = post_processed(engine.render(words, TEMPO / higher))
        sound = soxr.resample(sound, RATE * higher, RATE)
        scaled: Samples = (sound * np.float32(LEVEL / np.sqrt(np.mean(np.square(sound))))).astype(
            np.float32
        )
        return np.clip(scaled, -1.0, 1.0)

    return say
