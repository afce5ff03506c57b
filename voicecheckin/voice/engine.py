"""What every voice offers: text in, samples and their rate out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from voicecheckin.sound.frames import Samples

WORDS_A_MINUTE = 145
"""How fast a sentence is spoken at tempo 1, rests not counted."""


RATES = (8_000, 96_000)
"""Hz: what else an engine may say of its sound is no rate of speech."""

QUICKEST, DRAWLED = 0.02, 1.0
"""Seconds a letter between which speech lasts; the quickest voice here takes 0.05."""

ENDS = 5.0
"""Seconds that may be added for silence around the words."""

FAINT = 1e-4
"""Of full scale; what is softer all through is no speech."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One sentence as an engine speaks it."""

    samples: Samples
    rate: int
    """Hz."""


class Engine(Protocol):
    """Renders sentences, one at a time."""

    @property
    def name(self) -> str:
        """Engine and voice; what it renders changes only if its name does."""
        ...

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken at *tempo* times `WORDS_A_MINUTE`; EngineFailed if it cannot."""
        ...

    def close(self) -> None:
        """Let go of programs and models; `render` may still be called and loads them again."""
        ...


def check(rendering: Rendering, text: str) -> None:
    """Refuse what cannot be *text* spoken: ValueError says why."""
    samples, rate = rendering.samples, rendering.rate
    if not RATES[0] <= rate <= RATES[1]:
        raise ValueError(f"it gave sound at {rate} Hz")
    if samples.ndim != 1 or not np.issubdtype(samples.dtype, np.floating):
        raise ValueError("it gave something that is no sound")
    if not np.isfinite(samples).all():
        raise ValueError("it gave broken sound")
    if not np.max(np.abs(samples), initial=0.0) > FAINT:
        raise ValueError("it gave silence")
    letters = sum(sign.isalnum() for sign in text)
    seconds = len(samples) / rate
    if not QUICKEST * letters <= seconds <= DRAWLED * letters + ENDS:
        raise ValueError(f"it gave {seconds:.1f} seconds of sound for {letters} letters")
