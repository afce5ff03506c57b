"""Gives simulated people voices: what they do becomes sound in a simulated kitchen."""

import subprocess
import tempfile
import tomllib
from collections.abc import Callable
from functools import lru_cache, partial
from importlib.resources import files
from itertools import cycle
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voicecheckin.conversation.messages import Effect, Event, Listen, Speak
from voicecheckin.errors import EngineMissing
from voicecheckin.rooms.people import Couple, Talk, Utterance
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.sound.kitchen import KitchenSound

VOICES = (("en-us+f3", 165), ("en-gb+m3", 150))
"""espeak-ng's voice, and its words a minute, of each partner; neither is the device's."""

UNDERSTANDING = 2.5
"""Seconds people wait, after they said something, for the device to make up its mind."""

FADE = 0.05
"""Seconds in which a stretch of talk fades where it was cut to length."""

Saying = Callable[[str], Samples]
"""Gives words as sound, at 16 kHz."""

Talking = Callable[[float, int], Samples]
"""Gives so many seconds of talk of partner 0 or 1, at 16 kHz."""


class Actors:
    """A simulated couple at the table of a simulated kitchen."""

    def __init__(
        self,
        couple: Couple,
        kitchen: KitchenSound,
        talking: Talking | None = None,
        voices: tuple[Saying, Saying] | None = None,
    ) -> None:
        """Seat *couple* in *kitchen*; *talking* replaces the synthetic talk of their turns.

        They speak with *voices*, or with espeak-ng's.
        """
        self._voices = voices or (partial(spoken, who=0), partial(spoken, who=1))
        self._couple = couple
        self._kitchen = kitchen
        self._talking = talking or self._talk
        self._sentences = cycle(_sentences())
        self._busy = 0.0
        self._considered = False

    def on_effect(self, effect: Effect, now: float) -> None:
        """Notice what the device does."""
        self._considered = False
        if isinstance(effect, Listen):
            self._couple.note(effect)
        if isinstance(effect, Speak):
            self._couple.note_speech()

    def on_event(self, event: Event, now: float) -> None:
        """Think again: something happened."""
        self._considered = False

    def on_frame(self, now: float, silent: bool) -> None:
        """Speak, if the device is silent and neither of the two has anything under way."""
        if not silent or self._considered or now < self._busy:
            return
        acts = self._couple.consider(now)
        for act in acts:
            self._busy = max(self._busy, self._perform(act) + UNDERSTANDING)
        self._considered = not acts

    def _perform(self, act: Utterance | Talk) -> float:
        """Let *act* be heard; return when it ends (seconds)."""
        if isinstance(act, Utterance):
            return self._kitchen.place(act.at, self._voices[act.who](act.words), act.who)
        at = act.at
        for speech, pause in act.stretches:
            end = self._kitchen.place(at, self._talking(speech, act.who), act.who)
            at = end + pause
        return end

    def _talk(self, seconds: float, who: int) -> Samples:
        """Return *seconds* of somebody talking about nothing in particular."""
        count = round(seconds * RATE)
        talk = np.zeros(0, np.float32)
        while len(talk) < count:
            talk = np.concatenate((talk, self._voices[who](next(self._sentences))))
        fade = min(count, round(FADE * RATE))
        talk[count - fade : count] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
        return talk[:count]


@lru_cache(maxsize=256)
def spoken(words: str, who: int) -> Samples:
    """Return *words* in the voice of partner *who*, at 16 kHz; EngineMissing without espeak-ng."""
    voice, rate = VOICES[who % len(VOICES)]
    with tempfile.TemporaryDirectory(prefix="voicecheckin-") as folder:
        path = Path(folder) / "words.wav"
        try:
            subprocess.run(
                ["espeak-ng", "-v", voice, "-s", str(rate), "-w", str(path), "--", words],
                check=True,
                capture_output=True,
                timeout=20.0,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineMissing(
                "Simulated people speak with espeak-ng: sudo apt install espeak-ng"
            ) from error
        samples, found = soundfile.read(path, dtype="float32")
    return _without_silence(soxr.resample(samples, found, RATE))


def _without_silence(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples


def _sentences() -> tuple[str, ...]:
    text = files("voicecheckin.rooms").joinpath("talk.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["sentences"])
