"""Somebody speaks while the device does: believed, given way to, or passed over."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from voicecheckin.conversation.messages import Event, Heard, VoiceBegan, VoiceEnded
from voicecheckin.hearing.echo.canceller import EchoCanceller
from voicecheckin.hearing.policy import POLICY
from voicecheckin.sound.frames import FRAME_SECONDS


@dataclass(frozen=True, slots=True)
class FrameContext:
    """What is known of a frame beside its sound. The defaults are those of a silent device."""

    during_tts: bool = False
    """Whether the device itself sounds, or the room still answers it."""
    near_end: bool = True
    """Whether somebody in the room may be speaking in this very frame."""
    can_be_voice: bool = True
    """Whether what sounds like speech can be somebody's, and not the device's echo."""
    can_be_command: bool = True
    """Whether what is understood about now can have been said by somebody."""
    echo_known: bool = True
    """Whether the device's echo is known; before that, what sounds like somebody may be it."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What an ear notices at this moment, before anything is understood."""

    voice: bool = False
    """Whether somebody surely speaks, pauses between words aside."""
    stirring: bool = True
    """Whether something sounds like speech, be it ever so short. An ear that cannot tell says so:
    then whoever may be there is given way to."""
    commanded: bool = False
    """Whether a command was probably just said; the ear may still change its mind."""


class GivesWay(Protocol):
    """The device's own voice, as far as it can step back."""

    def duck(self) -> None:
        """Be softer from now on."""
        ...

    def come_forward(self) -> None:
        """Be as loud as usual again."""
        ...

    def hold(self) -> None:
        """Fall silent, and wait for `begin_again`."""
        ...

    def begin_again(self) -> None:
        """Begin the present sentence again."""
        ...


class _Manner(Enum):
    PLAIN = "plain"
    DUCKED = "ducked"
    HELD = "held"


class BargeIn:
    """Knows who can be speaking; steps back from them, and begins again after one that lasted."""

    def __init__(self, speech: GivesWay) -> None:
        self._speech = speech
        self._manner = _Manner.PLAIN
        self._told = self._taken_up = False
        self._back = 0.0
        self._voiced = 0.0
        self._quiet = 0.0
        self._sounded_at = self._near_end_at = -math.inf

    def context(self, now: float, sounding: bool, echo: EchoCanceller) -> FrameContext:
        """Tell what is known at *now* (seconds) of a frame, *sounding* if the device is playing,
        after *echo* has taken the device's voice out of it."""
        if sounding:
            self._sounded_at = now
        if echo.near_end:
            self._near_end_at = now
        since_sound, since_near_end = now - self._sounded_at, now - self._near_end_at
        during_tts = since_sound < POLICY.room_tail
        nearby = since_near_end <= POLICY.near_end_voice
        lately = since_near_end <= POLICY.near_end_command
        return FrameContext(
            during_tts=during_tts,
            near_end=echo.near_end,
            can_be_voice=nearby or since_sound >= POLICY.reverberant,
            can_be_command=lately or not during_tts,
            echo_known=echo.known,
        )

    def credible(self, events: list[Event], context: FrameContext) -> list[Event]:
        """Return *events* of the ear without the commands that nobody can have given."""
        self._taken_up |= VoiceBegan() in events
        if context.can_be_command:
            return events
        return [event for event in events if not isinstance(event, Heard)]

    def give_way(self, context: FrameContext, signs: Signs) -> list[Event]:
        """Take note of what the ear notices in a frame while a sentence is being said.

        Where a command seems to have been said, the device is silent before that is certain. A
        voice that lasts is an event, which the ear itself does not report over the device's own.
        """
        stirring = context.near_end and signs.stirring
        self._back += FRAME_SECONDS
        if signs.commanded and context.can_be_command:
            self._hold()
        if self._manner is _Manner.PLAIN:
            if stirring and self._back > 0.0:
                self._step_back()
            return []
        self._quiet = 0.0 if stirring else self._quiet + FRAME_SECONDS
        if signs.voice and context.near_end and context.echo_known:
            return self._hear_voice()
        if self._voiced or self._manner is _Manner.HELD:
            return self._go_on() if self._quiet >= POLICY.resume_after else []
        if self._quiet >= POLICY.duck_for or self._back >= POLICY.longest_duck:
            self.settle()
            tired = self._quiet < POLICY.duck_for
            self._back = -POLICY.longest_duck if tired else 0.0
        return []

    def settle(self) -> list[Event]:
        """Go back to speaking plainly: the sentence is over, or something else is said.

        A voice that was told of has ended by that, unless the ear itself has told of it since, and
        will tell of its end.
        """
        told = self._told and not self._taken_up
        self._told = self._taken_up = False
        self._manner, self._voiced, self._back = _Manner.PLAIN, 0.0, 0.0
        self._speech.come_forward()
        return [VoiceEnded(self._quiet)] if told else []

    def _step_back(self) -> None:
        self._manner, self._back, self._quiet = _Manner.DUCKED, 0.0, 0.0
        self._speech.duck()

    def _hold(self) -> None:
        if self._manner is not _Manner.HELD:
            self._manner, self._quiet = _Manner.HELD, 0.0
            self._speech.hold()

    def _hear_voice(self) -> list[Event]:
        self._voiced += FRAME_SECONDS
        if self._told or self._voiced < POLICY.lasting_voice:
            return []
        self._hold()
        self._told = True
        return [VoiceBegan()]

    def _go_on(self) -> list[Event]:
        self._speech.begin_again()
        return self.settle()
