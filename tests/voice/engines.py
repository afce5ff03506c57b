"""A voice for tests: says nothing intelligible, but at once, and counts what it rendered."""

import numpy as np

from voicecheckin.errors import EngineMissing
from voicecheckin.voice.engine import Rendering


class Murmur:
    """An engine that murmurs for a tenth of a second a letter."""

    name = "murmur"

    def __init__(self) -> None:
        self.rendered: list[tuple[str, float]] = []
        self.broken = False

    def render(self, text: str, tempo: float) -> Rendering:
        """Return noise that depends on the text, in syllables."""
        if self.broken:
            raise EngineMissing("The murmur has gone.")
        self.rendered.append((text, tempo))
        time = np.arange(round(0.1 * len(text) / tempo * 16_000)) / 16_000
        noise = np.random.default_rng(sum(text.encode())).normal(size=len(time))
        syllables = 0.55 + 0.45 * np.cos(2 * np.pi * 4.0 * time)
        return Rendering((0.05 * noise * syllables).astype(np.float32), 16_000)

    def close(self) -> None:
        """Nothing to let go of."""
