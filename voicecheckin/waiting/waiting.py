"""The device between sittings: a phrase, a button or the calendar begins one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from voicecheckin.conversation.messages import Answered, Event, Listen
from voicecheckin.errors import DeviceLost
from voicecheckin.hearing.recognisers.wake_phrase import BEGIN
from voicecheckin.panel.light import Light, Sign
from voicecheckin.panel.presses import Press, Presses
from voicecheckin.sound.frames import Samples

LOOK_AGAIN = 1.0
"""Seconds between two looks for a lost microphone."""
TICK = 1.0
"""Seconds between two looks at the calendar while the microphone is closed."""

logger = logging.getLogger(__name__)


class Beginning(Enum):
    """What began a sitting."""

    PHRASE = "phrase"
    BUTTON = "button"
    INVITED = "invited"


class FrameSource(Protocol):
    """Frames, from a microphone that may come and go."""

    def open(self, timeout: float) -> bool:
        """Look for it once; takes about *timeout* seconds if in vain."""
        ...

    def frame(self) -> Samples:
        """Return the next frame; DeviceLost while there is none."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class PhraseEar(Protocol):
    """Frames in, events out."""

    def listen(self, effect: Listen) -> None:
        """Listen for this from now on."""
        ...

    def hear(self, frame: Samples, /) -> list[Event]:
        """Take the next frame; the device is silent here."""
        ...

    def close(self) -> None:
        """Let go of threads."""
        ...


@dataclass(frozen=True, slots=True)
class PhraseListening:
    """An open microphone between sittings: both have chosen that the device hears a phrase."""

    microphone: FrameSource
    new_ear: Callable[[], PhraseEar]
    """Makes an ear that has heard nothing yet."""
    until: Callable[[], date | None]
    """The day on which it ends unless both say yes anew; None where they have not said it."""
    today: Callable[[], date] = date.today


class Waiting:
    """Waits until something begins a sitting; nothing that is heard outlives its judgement."""

    def __init__(
        self,
        presses: Presses,
        light: Light,
        is_due: Callable[[], bool],
        forget: Callable[[], None],
        alive: Callable[[], None],
        listening: PhraseListening | None = None,
    ) -> None:
        """Without *listening* no microphone is open, and *alive* is told every second."""
        self._presses, self._light, self._listening = presses, light, listening
        self._is_due, self._forget, self._alive = is_due, forget, alive
        self._hears = False
        self._ends: date | None = None
        self.interrupted = False
        """Whether the program is asked to end."""

    def until_begun(self) -> Beginning | None:
        """Return what begins a sitting; None when the program is to end."""
        self._light.show(Sign.WAITING)
        begun = None
        while begun is None and not self.interrupted:
            if self._listening is not None and self._may_listen():
                begun = self._while_allowed(self._listening)
            else:
                begun = self._with_closed_microphone()
        return begun

    def interrupt(self) -> None:
        """Let `until_begun` return None soon; may be called from a signal handler."""
        self.interrupted = True
        self._presses.put(None)

    def _may_listen(self) -> bool:
        """Look whether both let the microphone be open."""
        self._ends = self._listening.until() if self._listening is not None else None
        return self._ends is not None

    def _while_allowed(self, listening: PhraseListening) -> Beginning | None:
        """Listen for the phrase; None once that is not allowed any more, or the program ends."""
        microphone, ear = listening.microphone, listening.new_ear()
        ear.listen(Listen(answers=(BEGIN,), turn=True))
        self._hears = False
        try:
            return self._with_open_microphone(listening, ear)
        finally:
            microphone.close()
            ear.close()

    def _with_closed_microphone(self) -> Beginning | None:
        begins = None
        while begins is None and not self.interrupted and not self._may_listen():
            self._alive()
            begins = self._touched(TICK)
        return begins

    def _with_open_microphone(self, listening: PhraseListening, ear: PhraseEar) -> Beginning | None:
        begins, microphone = None, listening.microphone
        while begins is None and not self.interrupted:
            if self._ends is None or listening.today() >= self._ends:
                return None
            begins = self._touched()
            if begins is None and self._hears:
                begins = self._heard(microphone, ear)
            elif begins is None:
                self._hears = microphone.open(LOOK_AGAIN)
                self._light.show(Sign.WAITING if self._hears else Sign.LOST)
        return begins

    def _heard(self, microphone: FrameSource, ear: PhraseEar) -> Beginning | None:
        try:
            events = ear.hear(microphone.frame())
        except DeviceLost:
            self._hears = False
            return None
        return Beginning.PHRASE if Answered(BEGIN) in events else None

    def _touched(self, timeout: float = 0.0) -> Beginning | None:
        """A press, or the calendar."""
        match self._presses.take(timeout):
            case Press.SHORT:
                return Beginning.BUTTON
            case Press.VERY_LONG:
                self._forget()
                self._ends = None  # that both let the device listen is forgotten as well
        return Beginning.INVITED if self._is_due() else None
