"""Tonight's keepsakes, in memory only, until both have said whether they are kept."""

from collections.abc import Sequence

import numpy as np

from voicecheckin.conversation.messages import Event, Record, Recorded, VoiceBegan, VoiceEnded
from voicecheckin.sound.frames import FRAME_SECONDS, RATE, Samples

ENDS_AFTER = 2.0
"""Seconds of silence after which the speaker has finished."""
NOTHING_SAID = 8.0
"""Seconds after which nobody is expected to speak any more."""
BETWEEN = 0.8
"""Seconds of quiet between two keepsakes that are played one after another."""

NO_SOUND = np.zeros(RATE // 10, np.float32)
"""A moment of silence, where there is nothing to play."""


class KeepsakeRecorder:
    """Records one keepsake at a time, and gives it back."""

    def __init__(self) -> None:
        self._recorded: dict[int, Samples] = {}
        self._lent: Sequence[Samples] = ()
        self._recording: Record | None = None
        self._frames: list[Samples] = []
        self._voice = False
        self._said = False
        self._silent = 0.0

    def begin(self, record: Record) -> None:
        """Begin to record; what the same partner said before is dropped."""
        self._recorded.pop(record.floor, None)
        self._recording, self._frames = record, []
        self._voice = self._said = False
        self._silent = 0.0

    def stop(self) -> None:
        """Record no longer; what was under way is dropped."""
        self._recording, self._frames = None, []

    def hear(self, frame: Samples, events: Sequence[Event]) -> Recorded | None:
        """Take a frame and what the ear made of it; Recorded once the keepsake is whole."""
        record = self._recording
        if record is None:
            return None
        self._frames.append(frame)
        for event in events:
            if isinstance(event, VoiceBegan):
                self._voice = self._said = True
            elif isinstance(event, VoiceEnded):
                self._voice = False
        self._silent = 0.0 if self._voice else self._silent + FRAME_SECONDS
        seconds = len(self._frames) * FRAME_SECONDS
        patience = ENDS_AFTER if self._said else NOTHING_SAID
        if seconds < record.limit and self._silent < patience:
            return None
        return self._finish(record.floor)

    def sound(self, floor: int | None) -> Samples:
        """Tonight's keepsake of one partner; for None the lent ones, one after another, once."""
        if floor is not None:
            return self._recorded.get(floor, NO_SOUND)
        quiet = np.zeros(round(BETWEEN * RATE), np.float32)
        parts = [part for sound in self._lent for part in (sound, quiet)]
        self._lent = ()
        return np.concatenate(parts) if parts else NO_SOUND

    def lend(self, sounds: Sequence[Samples]) -> None:
        """Hold the keepsakes of an earlier evening until they are played."""
        self._lent = sounds

    def take(self) -> list[Samples]:
        """Hand tonight's keepsakes over, seat by seat; they leave this memory."""
        self.stop()
        taken = [self._recorded[floor] for floor in sorted(self._recorded)]
        self._recorded.clear()
        return taken

    def _finish(self, floor: int) -> Recorded:
        sound = np.concatenate(self._frames) if self._said else None
        self.stop()
        if sound is None:
            return Recorded(0.0)
        self._recorded[floor] = sound
        return Recorded(round(len(sound) / RATE, 2))
