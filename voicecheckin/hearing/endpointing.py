"""Where speech begins, pauses and ends."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from voicecheckin.hearing.vad import CHUNK_SECONDS
from voicecheckin.sound.frames import Samples

BEGINS, LASTS, SURE = 0.3, 0.2, 0.5
"""Probability at which speech begins, down to which it goes on, and from which it is sure."""
RESUMES = 1.5
"""Sum of probabilities that takes speech up again after a pause; a clanking dish stays below."""
CONFIDENT = 0.32
"""Seconds of sure speech that are a voice: a cough, a cup or one "mm" stays below."""
GAP = 0.5
"""Seconds of silence that bound a short utterance."""
FALTERING = 0.07
"""Seconds of silence after which a word may well have ended: worth a first look."""
PRE_ROLL = 0.6
"""Seconds kept from before speech was noticed, so that no first sound is lost."""
KEPT = 6.0
"""Seconds of sound that exist at all; whatever is longer is only voice."""


def _chunks(seconds: float) -> int:
    return max(1, round(seconds / CHUNK_SECONDS))


@dataclass(frozen=True, slots=True)
class Speech:
    """One stretch of speech between two silences."""

    samples: Samples
    """Its sound with what came right before and after; empty when it was too long to keep."""
    seconds: float
    """From its first to its last spoken chunk."""
    voiced: float
    """Seconds in it that were surely speech."""


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody has spoken long enough to be sure of it."""

    lag: float
    """Seconds since the first of it."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """Speech goes on after a pause that was shorter than the patience."""


@dataclass(frozen=True, slots=True)
class Faltered:
    """Nobody has spoken for a moment; `Paused` follows, unless somebody goes on speaking."""

    since_pause: Speech
    """What was said since the last pause."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Nobody has spoken for as long as the gap."""

    since_pause: Speech
    """What was said since the last pause of that kind."""
    whole: Speech
    """What was said since the last silence as long as the patience."""
    fresh: Speech | None = None
    """What was said since the device fell silent, if somebody was speaking over it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Nobody has spoken for as long as the patience."""

    silence: float
    sure: bool
    """Whether it had been a voice for sure."""


Mark = Began | Resumed | Faltered | Paused | Ended


@dataclass(slots=True)
class _Stretch:
    """How long ago speech began, and how much of it was speech (chunks)."""

    age: int = 1
    voiced: int = 0
    evidence: float = 0.0
    """Sum of its chunks' probabilities."""

    def goes_on(self, probability: float) -> None:
        """Count one more chunk."""
        self.age += 1
        if probability >= LASTS:
            self.voiced += probability >= SURE
            self.evidence += probability


class Endpointer:
    """Cuts a stream of chunks into speech; keeps a few seconds of it and nothing more."""

    def __init__(self, patience: float = 1.0) -> None:
        self.patience = patience
        """Seconds of silence that end speech; may change at any time."""
        self.gap = GAP
        """Seconds of silence that bound a short utterance; may change at any time."""
        self._heard: deque[Samples] = deque(maxlen=_chunks(KEPT))
        self._whole: _Stretch | None = None
        self._part = _Stretch()
        self._again: _Stretch | None = None
        self._fresh: _Stretch | None = None
        self._silence = 0
        self._paused = False
        self._sure = False

    @property
    def active(self) -> bool:
        """Whether speech has begun and not yet ended."""
        return self._whole is not None

    @property
    def voice(self) -> bool:
        """Whether it is surely a voice, which has not paused."""
        return self._sure and not self._paused

    @property
    def still(self) -> bool:
        """Whether speech that has begun has faltered or paused, and nobody spoke since."""
        return self._whole is not None and self._silence >= _chunks(FALTERING)

    def forget(self) -> None:
        """Drop speech that has begun; its last half second stays as the next one's pre-roll."""
        self._whole = self._again = self._fresh = None
        self._sure = False

    def cut(self) -> None:
        """The device fell silent in the middle of speech: what follows also counts by itself."""
        self._fresh = _Stretch(age=0)
        self._sure = False

    def hear(self, chunk: Samples, probability: float) -> list[Mark]:
        """Take in one chunk and how likely it is speech; return what that means."""
        self._heard.append(chunk)
        if self._whole is None:
            if probability >= BEGINS:
                self._whole, self._part, self._silence = _Stretch(), _Stretch(), 0
                self._paused = False
                self._part.evidence = probability
            return []
        self._whole.goes_on(probability)
        if self._fresh is not None:
            self._fresh.goes_on(probability)
        if self._paused:
            return self._after_pause(self._whole, probability)
        self._part.goes_on(probability)
        if probability >= LASTS:
            self._silence = 0
            return self._surely()
        return self._silent(self._whole)

    def _surely(self) -> list[Mark]:
        since = self._fresh or self._part
        if self._sure or since.voiced < _chunks(CONFIDENT):
            return []
        self._sure = True
        return [Began(since.age * CHUNK_SECONDS)]

    def _after_pause(self, whole: _Stretch, probability: float) -> list[Mark]:
        """Speech is taken up again, or it was only a noise."""
        if self._again is None and probability >= BEGINS:
            self._again = _Stretch(evidence=probability)
        elif self._again is not None:
            self._again.goes_on(probability)
            if self._again.evidence >= RESUMES:
                self._part, self._again, self._silence = self._again, None, 0
                self._paused = False
                return [Resumed(), *self._surely()]
            if self._again.age > _chunks(GAP):
                self._again = None
        return self._silent(whole)

    def _silent(self, whole: _Stretch) -> list[Mark]:
        marks: list[Mark] = []
        self._silence += 1
        if self._silence == _chunks(FALTERING) < self._gap:
            marks.append(Faltered(self._speech(self._part)))
        if self._silence >= self._gap and not self._paused:
            self._paused = True
            fresh = self._speech(self._fresh) if self._fresh is not None else None
            marks.append(Paused(self._speech(self._part), self._speech(whole), fresh))
        if self._silence >= _chunks(self.patience):
            marks.append(Ended(self._silence * CHUNK_SECONDS, self._sure))
            self.forget()
        return marks

    @property
    def _gap(self) -> int:
        return _chunks(min(self.gap, self.patience))

    def _speech(self, stretch: _Stretch) -> Speech:
        wanted = stretch.age + _chunks(PRE_ROLL)
        fits = stretch.age <= _chunks(KEPT - PRE_ROLL)
        kept = list(self._heard)[-wanted:] if fits else []
        return Speech(
            np.concatenate(kept) if kept else np.zeros(0, np.float32),
            (stretch.age - self._silence) * CHUNK_SECONDS,
            stretch.voiced * CHUNK_SECONDS,
        )
