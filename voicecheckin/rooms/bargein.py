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

    @property
    def commanded(self) -> bool:
        """Whether a command was probably just said; the ear may still change its mind."""
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
        self._told = False
        self._back = 0.0
        self._voiced = 0.0
        self._quiet = 0.0

    def note(self, stirring: bool, voice: bool, commanded: bool) -> list[Event]:
        """Take note of a frame: does somebody else sound like speech, is it surely a voice?

        Where they seem to have *commanded* something, the device is silent before that is certain.
        A voice that lasts is an event, which the ear itself does not report over the device's own.
        """
        self._back += FRAME_SECONDS
        if commanded:
            self._hold()
        if self._manner is _Manner.PLAIN:
            if stirring and self._back > 0.0:
                self._step_back()
            return []
        self._quiet = 0.0 if stirring else self._quiet + FRAME_SECONDS
        if voice:
            return self._hear_voice()
        if self._voiced or self._manner is _Manner.HELD:
            return self._go_on() if self._quiet >= MAKING_UP else []
        if self._quiet >= GLANCE or self._back >= LONGEST_GLANCE:
            self.settle()
            self._back = -LONGEST_GLANCE if self._quiet < GLANCE else 0.0
        return []

    def settle(self) -> None:
        """Go back to speaking plainly: a command was understood, or something else is said."""
        self._manner, self._voiced, self._back = _Manner.PLAIN, 0.0, 0.0
        self._told = False
        self._playback.come_forward()

    def _step_back(self) -> None:
        self._manner, self._back, self._quiet = _Manner.DUCKED, 0.0, 0.0
        self._playback.duck()

    def _hold(self) -> None:
        if self._manner is not _Manner.HELD:
            self._manner, self._quiet = _Manner.HELD, 0.0
            self._playback.hold()

    def _hear_voice(self) -> list[Event]:
        self._voiced += FRAME_SECONDS
        if self._told or self._voiced < LASTING:
            return []
        self._hold()
        self._told = True
        return [VoiceBegan()]

    def _go_on(self) -> list[Event]:
        told = self._told
        self._playback.begin_again()
        self.settle()
        return [VoiceEnded(self._quiet)] if told else []
