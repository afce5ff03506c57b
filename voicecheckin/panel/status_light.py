"""Looks on at a sitting, and lets the light tell how it goes."""

from collections.abc import Callable

from voicecheckin.conversation.messages import (
    Chime,
    Effect,
    Event,
    Hush,
    PlayBack,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
)
from voicecheckin.panel.light import Light, Sign


class StatusLight:
    """Shows whether the device speaks, listens, rests or has lost its sound."""

    def __init__(self, light: Light, paused: Callable[[], bool]) -> None:
        """*paused* tells whether the couple has paused."""
        self._light, self._paused = light, paused
        self._sounding = self._lost = False

    def saw(self, event: Event, now: float) -> None:
        """A sound ended, was lost, or is back."""
        match event:
            case SpeechEnded():
                self._sounding = False
            case SoundLost():
                self._sounding, self._lost = False, True
            case SoundBack():
                self._lost = False
        self._shine()

    def did(self, effect: Effect, now: float) -> None:
        """Something begins to sound, or is hushed."""
        match effect:
            case Speak() | Chime() | PlayBack():
                self._sounding = True
            case Hush():
                self._sounding = False
        self._shine()

    def _shine(self) -> None:
        if self._lost:
            self._light.show(Sign.LOST)
        elif self._paused():
            self._light.show(Sign.PAUSED)
        else:
            self._light.show(Sign.SPEAKING if self._sounding else Sign.LISTENING)
