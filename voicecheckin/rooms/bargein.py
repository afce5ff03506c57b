"""Somebody speaks while the device does: believed, given way to, or passed over."""

from collections import deque
from enum import Enum
from typing import Protocol, runtime_checkable

from voicecheckin.conversation.messages import Event, VoiceBegan, VoiceEnded
from voicecheckin.sound.frames import FRAME_SECONDS, Samples, loudness
from voicecheckin.voice.playback import Playback

CREDIBLE = -18.0
"""dB: how far what is left after echo cancellation may be below what was heard, if it is a person.

Measured in the simulated kitchen with echo from -10 to +6 dB: the device alone leaves at most -20
(its first words included), nine of ten people who say "stop" over it at least -17.
"""

AUDIBLE = -55.0
"""dB relative to full scale: somebody across the table is 20 dB above this."""

JUST_NOW, LATELY = 0.5, 2.0
"""Seconds over which the loudest frame counts: of what is left, and of what was heard."""

REMEMBERED = 3.0
"""Seconds after somebody was credible in which a command may be theirs: judging takes time."""

LASTING = 0.8
"""Seconds for which a sure voice goes on, before the device falls silent altogether."""

MAKING_UP = 1.2
"""Seconds after a voice in which a command may still be understood, before speech goes on."""


class Presence:
    """Tells a person from what the canceller left of the device's own voice."""

    def __init__(self) -> None:
        self._left: deque[float] = deque(maxlen=round(JUST_NOW / FRAME_SECONDS))
        self._heard: deque[float] = deque(maxlen=round(LATELY / FRAME_SECONDS))
        self._since = REMEMBERED

    @property
    def now(self) -> bool:
        """Whether somebody other than the device may be speaking at this moment."""
        return self._since == 0.0

    @property
    def lately(self) -> bool:
        """Whether somebody other than the device may have said what was understood just now."""
        return self._since < REMEMBERED

    def note(self, heard: Samples, left: Samples) -> None:
        """Take the next frame as it was heard, and without the echo."""
        self._heard.append(loudness(heard))
        self._left.append(loudness(left))
        credible = max(self._left) >= max(AUDIBLE, max(self._heard) + CREDIBLE)
        self._since = 0.0 if credible else self._since + FRAME_SECONDS


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
