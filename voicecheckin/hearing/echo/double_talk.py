"""Tells a person from what is left of the device's own voice."""

from collections import deque
from heapq import nlargest

from voicecheckin.sound.frames import FRAME_SECONDS, Samples, loudness

CREDIBLE = -18.0
"""dB: how far what strict cancellation leaves may be below what was heard, if it is a person.

Measured in the simulated kitchen with echo from -10 to +6 dB: the device alone leaves at most -18
(its first words included); of 24 people who say "stop" over it, at +6 dB every fourth leaves less.
"""

PLAIN = -14.0
"""dB: the same for what gentle cancellation leaves, once it has learned the room: at 0 and +6 dB
the device alone leaves at most -15.7, each of the 24 people at least -12."""

LEARNED = -15.0
"""dB: what gentle cancellation leaves of the device's voice on average, once it knows the room."""

MEMORY = 0.985
"""How much of that average stays from frame to frame: it forgets in about two seconds."""

AUDIBLE = -55.0
"""dB relative to full scale: somebody across the table is 20 dB above this."""

JUST_NOW, LATELY = 0.5, 2.0
"""Seconds over which the loudest frames count: of what is left, and of what was heard."""

LASTING = 3
"""Frames that have to be that loud. A "t" or "k" of the device's own voice leaves two, and of some
4,000 such sentences three were taken for "stop"; a vowel has more."""


class DoubleTalkDetector:
    """Compares each frame as it was heard with what two echo cancellers leave of it."""

    def __init__(self) -> None:
        self._strict = _loudest(JUST_NOW)
        self._gentle = _loudest(JUST_NOW)
        self._heard = _loudest(LATELY)
        self._usual = 0.0

    def noted(self, heard: Samples, played: Samples, strict: Samples, gentle: Samples) -> bool:
        """Take the next frame; return whether somebody other than the device may be speaking.

        *strict* and *gentle* are what is left of *heard* without *played*.
        """
        self._heard.append(loudness(heard))
        self._strict.append(loudness(strict))
        self._gentle.append(loudness(gentle))
        if loudness(played) > AUDIBLE:
            leaves = self._gentle[-1] - self._heard[-1]
            self._usual = MEMORY * self._usual + (1.0 - MEMORY) * leaves
        left, credible = self._strict, CREDIBLE
        if self._usual < LEARNED:
            left, credible = self._gentle, PLAIN
        return _lasting(left) >= max(AUDIBLE, _lasting(self._heard) + credible)


def _lasting(levels: deque[float]) -> float:
    """The level that is reached in `LASTING` frames."""
    return nlargest(LASTING, levels)[-1]


def _loudest(seconds: float) -> deque[float]:
    return deque(maxlen=round(seconds / FRAME_SECONDS))
