"""A room in which is kept, or forgotten, what both allowed."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from voicecheckin.conversation.journey import returning
from voicecheckin.conversation.messages import (
    AgreeDate,
    AllowPhrase,
    ConfirmNames,
    Effect,
    Ending,
    Event,
    Finish,
    Forget,
    Keep,
    KeepOffers,
    Listen,
    Noticed,
    PlayBack,
    Remember,
    Speak,
)
from voicecheckin.conversation.script import Role, Script
from voicecheckin.conversation.wording import NOT_FORGOTTEN
from voicecheckin.keeping.agreed import AgreedNames, AgreedPhrase
from voicecheckin.keeping.due import suggested_date
from voicecheckin.keeping.errors import KeepingError
from voicecheckin.keeping.state import ResumePoint
from voicecheckin.keeping.store import SittingStore
from voicecheckin.loop import Room
from voicecheckin.sound.frames import Samples

CUT = (Ending.INTERRUPTED, Ending.SOUND_GONE, Ending.QUIET)
"""Endings that nobody asked for: the sitting can be taken up again. Silence is an end as well once
an evening has come to its own topics; before that, perhaps nobody was there."""

BOTH = (True, True)
"""The conversation has asked each of the two for their own yes (SR-32)."""


class Keepsakes(Protocol):
    """Holds tonight's keepsakes while it is not settled whether they are kept."""

    def take(self) -> list[Samples]:
        """Hand tonight's keepsakes over, and hold them no longer."""
        ...

    def lend(self, sounds: Sequence[Samples]) -> None:
        """Hold the keepsakes of an earlier evening until they are played."""
        ...


@dataclass(frozen=True, slots=True)
class KeptSitting:
    """What is told of a sitting, should it be kept."""

    shape: Callable[[], tuple[int | None, str]]
    """Which evening it is and how long, as far as that is known by now."""
    starter: int = 0
    """Which seat begins."""
    clock: Callable[[], datetime] = datetime.now
    """Tells local time."""
    names: AgreedNames | None = None
    """What is noted once both say that their names are right."""
    phrase: AgreedPhrase | None = None
    """What is noted once both let the device listen for a phrase."""


class KeepingRoom:
    """Any room; what concerns keeping is performed here, and trouble becomes a `Noticed`.

    No failure ever reaches the sitting: it is written and spoken once, and the sitting goes on
    unkept.
    """

    def __init__(
        self,
        room: Room,
        store: SittingStore,
        keepsakes: Keepsakes,
        script: Script,
        sitting: KeptSitting,
        notices: deque[str] | None = None,
        note: Callable[[KeepingError], None] = lambda _: None,
    ) -> None:
        """*note* hears of trouble what is written.

        *notices* are keys of lines that the device has to say; any thread may add to them.
        """
        self._room = room
        self._store = store
        self._keepsakes = keepsakes
        self._sitting = sitting
        self._notices = deque[str]() if notices is None else notices
        self._note = note
        # Branches are not among them: that somebody needed one is never written down (SR-31).
        self._steps = {step.id: step for step in script.steps}
        self._deep = {step.topic for step in script.steps if step.pacing == "D"}
        self._frame = {*script.opening, *script.closing, *returning(script)}
        self._here, self._topic = "", ""
        self._begins = sitting.starter

    def now(self) -> float:
        """Seconds since the room opened."""
        return self._room.now()

    def perform(self, effect: Effect) -> None:
        """Begin *effect*, and keep or forget what it asks for."""
        if isinstance(effect, PlayBack) and effect.floor is None:
            self._keepsakes.lend(self._earlier())
        self._room.perform(effect)
        try:
            self._apply(effect)
        except KeepingError as trouble:
            self._tell(trouble, NOT_FORGOTTEN if isinstance(effect, Forget) else trouble.line)
        told = self._store.take_trouble()
        if told is not None:
            self._tell(told, told.line)

    def wait(self, until: float | None) -> Event:
        """Return the next event; what the device has to say about itself comes first."""
        return Noticed(self._notices.popleft()) if self._notices else self._room.wait(until)

    def _tell(self, trouble: KeepingError, line: str) -> None:
        self._note(trouble)
        self._notices.append(line)

    def _earlier(self) -> Sequence[Samples]:
        """The keepsakes of earlier evenings."""
        sounds: list[Samples] = []
        try:
            for keepsake in self._store.earlier_keepsakes:
                sound = self._store.sound_of(keepsake, BOTH)
                sounds += [sound] if sound is not None else []
        except KeepingError as trouble:
            self._tell(trouble, trouble.line)
        return sounds

    def _apply(self, effect: Effect) -> None:
        match effect:
            case ConfirmNames() if self._sitting.names is not None:
                self._sitting.names.confirm()
            case AllowPhrase(allowed) if self._sitting.phrase is not None:
                self._sitting.phrase.answer(self._sitting.clock().date(), yes=allowed)
            case Remember(memory):
                evening, _ = self._sitting.shape()
                self._store.remember(
                    memory, next_starter=1 - self._sitting.starter, evening=evening
                )
            case Keep(topic, held):
                self._store.mark_topic(topic, held=held, deep=topic in self._deep)
            case AgreeDate(agreed):
                day = suggested_date(self._sitting.clock().date()) if agreed else None
                self._store.mark_next_date(day)
            case KeepOffers(keep):
                recorded = self._keepsakes.take()
                if keep and recorded:
                    self._store.add_keepsakes(recorded, BOTH)
            case Forget(everything=True):
                self._store.forget_everything()
            case Forget():
                self._store.forget_evening()
            case Finish(ending):
                self._keepsakes.take()
                if ending not in CUT or (ending is Ending.QUIET and self._topic):
                    self._store.mark_end()
            case Listen(step=step, floor=floor):
                self._come_to(step, floor)
            case Speak(step=step):
                self._come_to(step, None)

    def _come_to(self, id: str, floor: int | None) -> None:
        """Mark a topic of the evening's own that begins; what comes before is said again anyway.

        Who is asked first in a shared step of it is its starter.
        """
        step = self._steps.get(id)
        if step is None or id == self._here:
            return
        self._here = id
        if step.role is Role.CLOSING:
            # Whoever wished to end is not asked to go on, should the power fail now.
            self._store.mark_end()
            return
        shared = step.kind == "share" and floor is not None
        if shared and floor is not None:
            self._begins = floor
        if step.topic != self._topic and step.topic not in self._frame:
            self._topic = step.topic
            evening, length = self._sitting.shape()
            self._store.mark_resume(
                ResumePoint(step.topic, self._begins, self._sitting.clock(), evening, length)
            )
        if shared:
            self._begins = 1 - self._begins
