"""What every voice offers: text in, samples and their rate out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono sound in [-1, 1]."""

WORDS_A_MINUTE = 145
"""How fast a sentence is spoken at tempo 1, rests not counted."""


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
        """Return *text* spoken at *tempo* times `WORDS_A_MINUTE`; EngineMissing if it cannot."""
        ...

    def close(self) -> None:
        """Let go of programs and models; `render` may still be called and loads them again."""
        ...
