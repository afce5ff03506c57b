"""Somebody speaks while the device does: believed, given way to, or passed over."""

from enum import Enum
from typing import Protocol, runtime_checkable

from voicecheckin.conversation.messages import Event, VoiceBegan, VoiceEnded
from voicecheckin.sound.frames import FRAME_SECONDS
from voicecheckin.voice.playback import Playback

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


class _Manner(Enum):
    PLAIN = "plain"
    DUCKED = "ducked"
    HELD = "held"


class GivingWay:
    """Steps back while a voice lasts; begins the sentence again if it meant nothing."""

    def __init__(self, playback: Playback) -> None:
        self._playback = playback
        self._manner = _Manner.PLAIN
        self._voiced = 0.0
        self._quiet = 0.0

    def note(self, voice: bool) -> list[Event]:
        """Take note of a frame in which somebody surely spoke over a sentence, or nobody did.

        A voice that lasts is an event, which the ear itself does not report over the device's own.
        """
        if voice:
            return self._hear_voice()
        if self._manner is _Manner.PLAIN:
            return []
        self._quiet += FRAME_SECONDS
        return self._go_on() if self._quiet >= MAKING_UP else []

    def settle(self) -> None:
        """Go back to speaking plainly: a command was understood, or something else is said."""
        self._manner, self._voiced = _Manner.PLAIN, 0.0
        self._playback.come_forward()

    def _hear_voice(self) -> list[Event]:
        self._quiet = 0.0
        self._voiced += FRAME_SECONDS
        if self._manner is _Manner.PLAIN:
            self._manner = _Manner.DUCKED
            self._playback.duck()
        elif self._manner is _Manner.DUCKED and self._voiced >= LASTING:
            self._manner = _Manner.HELD
            self._playback.hold()
            return [VoiceBegan()]
        return []

    def _go_on(self) -> list[Event]:
        held = self._manner is _Manner.HELD
        self._playback.begin_again()
        self.settle()
        return [VoiceEnded(self._quiet)] if held else []
