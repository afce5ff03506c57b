"""Hears that somebody speaks, and nothing else: for when the ear itself has failed."""

from voicecheckin.conversation.messages import Event, Listen, VoiceBegan, VoiceEnded
from voicecheckin.hearing.bargein import FrameContext, Signs
from voicecheckin.sound.frames import FRAME_SECONDS, Samples, loudness

ABOVE = 12.0
"""dB above the room's own noise from which sound counts as a voice."""

RISING = 1.0
"""dB a second by which the noise is believed to grow, until a quieter moment shows it."""

SURE = 0.3
"""Seconds of it that make a voice."""

GAP = 0.6
"""Seconds of quiet between two words of one voice."""


class LevelEar:
    """An ear of last resort: a loud dish is a voice to it, too."""

    signs = Signs()
    """It cannot tell."""

    def __init__(self) -> None:
        self._noise = 0.0
        self._loud = 0.0
        self._quiet = 0.0
        self._voice = False
        self._patience = 1.0

    def listen(self, effect: Listen) -> None:
        """Wait as long as *effect* says before a voice has ended."""
        self._patience = effect.patience

    def hear(self, frame: Samples, context: FrameContext) -> list[Event]:
        """Take the next frame; what sounds while the device speaks tells nothing."""
        level = max(loudness(frame), -90.0)
        if context.during_tts:
            return []
        self._noise = min(self._noise + RISING * FRAME_SECONDS, level)
        if level > self._noise + ABOVE:
            self._loud, self._quiet = self._loud + FRAME_SECONDS, 0.0
        else:
            self._quiet += FRAME_SECONDS
        if not self._voice and self._quiet > GAP:
            self._loud = 0.0
        if not self._voice and self._loud >= SURE:
            self._voice = True
            return [VoiceBegan()]
        if self._voice and self._quiet >= self._patience:
            self._voice, self._loud = False, 0.0
            return [VoiceEnded(self._quiet)]
        return []

    def close(self) -> None:
        """Nothing to let go of."""
