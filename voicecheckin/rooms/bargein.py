"""Somebody speaks while the device does: believed, given way to, or passed over."""

from enum import Enum
from typing import Protocol, runtime_checkable

from voicecheckin.conversation.messages import Event, VoiceBegan, VoiceEnded
from voicecheckin.sound.frames import FRAME_SECONDS
from voicecheckin.voice.playback import Playback

GLANCE = 0.6
"""Seconds after a sound that was no sure voice, before the device comes forward again."""

LONGEST_GLANCE = 2.0
"""Seconds for which noise alone can keep the device back, and then cannot for as long."""

LASTING = 0.8
"""Seconds for which a sure voice goes on, before the device falls silent altogether."""

MAKING_UP = 1.2
"""Seconds after a voice in which a command may still be understood, before speech goes on."""


@runtime_checkable
class Attentive(Protocol):
    """An ear that can tell whether somebody speaks, also while the device does."""

    @property
    def voice(self) -> bool:
        """Whether somebody surely speaks at this moment, pauses between words aside."""
        ...

    @property
    def stirring(self) -> bool:
        """Whether something sounds like speech at this moment, be it ever so short."""
        ...


class _Manner(Enum):
    PLAIN = "plain"
    DUCKED = "ducked"
    HELD = "held"


class GivingWay:
    """Steps back from what sounds like somebody's speech; begins again after one that lasted."""

    def __init__(self, playback: Playback) -> None:
        self._playback = playback
        self._manner = _Manner.PLAIN
        self._back = 0.0
        self._voiced = 0.0
        self._quiet = 0.0

    def note(self, somebody: bool, stirring: bool, voice: bool) -> list[Event]:
        """Take note of a frame: *somebody* may be there, it sounds like speech, surely a *voice*.

        A voice that lasts is an event, which the ear itself does not report over the device's own.
        """
        self._back += FRAME_SECONDS
        if self._manner is _Manner.PLAIN:
            if somebody and stirring and self._back > 0.0:
                self._step_back()
            return []
        self._quiet = 0.0 if somebody else self._quiet + FRAME_SECONDS
        if somebody and voice:
            return self._hear_voice()
        if self._voiced:
            return self._go_on() if self._quiet >= MAKING_UP else []
        if self._quiet >= GLANCE or self._back >= LONGEST_GLANCE:
            self.settle()
            self._back = -LONGEST_GLANCE if self._quiet < GLANCE else 0.0
        return []

    def settle(self) -> None:
        """Go back to speaking plainly: a command was understood, or something else is said."""
        self._manner, self._voiced, self._back = _Manner.PLAIN, 0.0, 0.0
        self._playback.come_forward()

    def _step_back(self) -> None:
        self._manner, self._back, self._quiet = _Manner.DUCKED, 0.0, 0.0
        self._playback.duck()

    def _hear_voice(self) -> list[Event]:
        self._voiced += FRAME_SECONDS
        if self._manner is _Manner.DUCKED and self._voiced >= LASTING:
            self._manner = _Manner.HELD
            self._playback.hold()
            return [VoiceBegan()]
        return []

    def _go_on(self) -> list[Event]:
        held = self._manner is _Manner.HELD
        self._playback.begin_again()
        self.settle()
        return [VoiceEnded(self._quiet)] if held else []
