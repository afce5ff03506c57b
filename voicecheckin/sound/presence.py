"""Tells a person from what is left of the device's own voice."""

from collections import deque

from voicecheckin.sound.frames import FRAME_SECONDS, Samples, loudness

CREDIBLE = -18.0
"""dB: how far what AEC3 leaves may be below what was heard, if it is a person.

Measured in the simulated kitchen with echo from -10 to +6 dB: the device alone leaves at most -20
(its first words included), nine of ten people who say "stop" over it at least -17.
"""

AUDIBLE = -55.0
"""dB relative to full scale: somebody across the table is 20 dB above this."""

JUST_NOW, LATELY = 0.5, 2.0
"""Seconds over which the loudest frame counts: of what is left, and of what was heard."""


class Presence:
    """Compares each frame as it was heard with what strict echo cancellation leaves of it."""

    def __init__(self) -> None:
        self._left: deque[float] = deque(maxlen=round(JUST_NOW / FRAME_SECONDS))
        self._heard: deque[float] = deque(maxlen=round(LATELY / FRAME_SECONDS))

    def noted(self, heard: Samples, left: Samples) -> bool:
        """Take the next frame; return whether somebody other than the device may be speaking."""
        self._heard.append(loudness(heard))
        self._left.append(loudness(left))
        return max(self._left) >= max(AUDIBLE, max(self._heard) + CREDIBLE)
