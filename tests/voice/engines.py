"""Voices for tests: they say nothing intelligible, but at once, and count what they rendered."""

import threading

import numpy as np

from voicecheckin.errors import EngineMissing
from voicecheckin.voice.engine import Rendering


class Murmur:
    """An engine that murmurs for a tenth of a second a letter."""

    name = "murmur"

    def __init__(self, name: str = "murmur") -> None:
        self.name = name
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


class Faulty(Murmur):
    """Fails in one of many ways at the sentence it is told to."""

    def __init__(self, fault: str, at: str = "") -> None:
        super().__init__("faulty")
        self._fault = fault
        self._at = at
        self.asked: list[str] = []
        self.gate = threading.Event()
        """Open it to let an engine that hangs go."""

    def render(self, text: str, tempo: float) -> Rendering:
        """Fail, or murmur."""
        self.asked.append(text)
        if self._at not in text:
            return super().render(text, tempo)
        good = super().render(text, tempo).samples
        if self._fault == "hangs":
            self.gate.wait()
        return FAULTS[self._fault](good)

    def close(self) -> None:
        """Closing fails, too."""
        raise RuntimeError("not even that")


def _raises(problem: BaseException) -> Rendering:
    raise problem


FAULTS = {
    "hangs": lambda good: Rendering(good, 16_000),
    "is missing": lambda good: _raises(EngineMissing("It has gone.")),
    "dies": lambda good: _raises(BrokenPipeError("worker")),
    "runs out of memory": lambda good: _raises(MemoryError()),
    "leaves the program": lambda good: _raises(SystemExit(1)),
    "misses a key": lambda good: _raises(KeyError("rate")),
    "gives nothing": lambda good: Rendering(good[:0], 16_000),
    "gives silence": lambda good: Rendering(0 * good, 16_000),
    "gives a click": lambda good: Rendering(good[:80], 16_000),
    "never ends": lambda good: Rendering(np.tile(good, 100), 16_000),
    "gives broken sound": lambda good: Rendering(good / np.float32(0), 16_000),
    "gives no rate": lambda good: Rendering(good, 0),
    "gives whole numbers": lambda good: Rendering((good * 32767).astype(np.int16), 16_000),
    "gives stereo": lambda good: Rendering(np.stack((good, good), 1), 16_000),
    "gives None": lambda good: None,
}
"""What an engine gives instead of speech."""
