"""A soft tone that says what the light says: now the device listens."""

import numpy as np

from voicecheckin.conversation.messages import Effect, Event, Listen
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.sound.sound import Sound

SECONDS, PITCH, LOUDNESS = 0.15, 660.0, 0.03
"""How long, how high (Hz) and how loud it is; it fades in and out."""


class WithTone:
    """Any sound, into which the tone is put while it goes by; and who looks on when it is due."""

    def __init__(self, sound: Sound) -> None:
        """Play the tone into *sound*."""
        self._sound = sound
        self._left: Samples = np.zeros(0, np.float32)

    @property
    def seconds(self) -> float:
        """Seconds since it was opened."""
        return self._sound.seconds

    @property
    def latency(self) -> int:
        """Frames still to be heard until the frame played last has sounded."""
        return self._sound.latency

    def exchange(self, frame: Samples) -> Samples:
        """Play one frame, with the tone in it, and return the one heard meanwhile."""
        tone, self._left = self._left[: len(frame)], self._left[len(frame) :]
        if len(tone):
            frame = frame.copy()
            frame[: len(tone)] += tone
        return self._sound.exchange(frame)

    def reopen(self, timeout: float) -> bool:
        """Look for lost devices for about *timeout* seconds."""
        return self._sound.reopen(timeout)

    def close(self) -> None:
        """Let the devices go."""
        self._sound.close()

    def saw(self, event: Event, now: float) -> None:
        """What happens does not matter here."""

    def did(self, effect: Effect, now: float) -> None:
        """Sound each time that people are listened to from now on."""
        if isinstance(effect, Listen) and (effect.answers or effect.turn):
            self._left = _tone()


def _tone() -> Samples:
    time = np.arange(round(SECONDS * RATE)) / RATE
    swell = np.sin(np.pi * time / SECONDS) ** 2
    return (LOUDNESS * swell * np.sin(2 * np.pi * PITCH * time)).astype(np.float32)
