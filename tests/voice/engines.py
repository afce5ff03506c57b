"""A voice for tests: says nothing intelligible, but at once, and counts what it rendered."""

import numpy as np

from voicecheckin.errors import EngineMissing
from voicecheckin.voice.engine import Rendering


class Hum:
    """An engine that hums for a tenth of a second a letter."""

    name = "hum"

    def __init__(self) -> None:
        self.rendered: list[tuple[str, float]] = []
        self.broken = False

    def render(self, text: str, tempo: float) -> Rendering:
        """Return a hum whose pitch depends on the text."""
        if self.broken:
            raise EngineMissing("The hum has gone.")
        self.rendered.append((text, tempo))
        time = np.arange(round(0.1 * len(text) / tempo * 16_000)) / 16_000
        pitch = 200 + sum(text.encode()) % 200
        return Rendering((0.1 * np.sin(2 * np.pi * pitch * time)).astype(np.float32), 16_000)

    def close(self) -> None:
        """Nothing to let go of."""
