"""A microphone that gives nothing at all, told once."""

from voicecheckin.conversation.messages import Event, Noticed
from voicecheckin.sound.frames import FRAME_SECONDS, Samples

MUTED = 120.0
"""Seconds of exact zeros, which no open microphone gives, before that is told: somebody may mute
it for a moment."""


class MutedMicrophone:
    """Watches for a microphone that is switched off."""

    def __init__(self) -> None:
        self._nothing = 0.0
        self._told = False

    def hear(self, frame: Samples) -> list[Event]:
        """Take the next frame, as it came from the microphone."""
        self._nothing = 0.0 if frame.any() else self._nothing + FRAME_SECONDS
        if self._told or self._nothing < MUTED:
            return []
        self._told = True
        return [Noticed("no_sound_heard")]
