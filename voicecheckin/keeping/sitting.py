"""Looks on at a sitting, and lets the store keep what both allowed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from voicecheckin.conversation.messages import (
    AgreeDate,
    Effect,
    Ending,
    Event,
    Finish,
    Forget,
    Keep,
    Listen,
    Remember,
    Speak,
)
from voicecheckin.conversation.script import Script
from voicecheckin.conversation.wishes import ASKED_AGAIN, CLOSING_STEP
from voicecheckin.conversation.wording import NOT_FORGOTTEN
from voicecheckin.keeping.due import suggested_date
from voicecheckin.keeping.errors import KeepingError
from voicecheckin.keeping.state import ResumePoint
from voicecheckin.keeping.store import SittingStore
from voicecheckin.sound.frames import Samples

CUT = (Ending.INTERRUPTED, Ending.SOUND_GONE, Ending.QUIET)
"""Endings that nobody asked for: the sitting can be taken up again."""

Shape = Callable[[], tuple[int | None, str]]
"""Which evening it is and how long, as far as that is known by now."""


class KeepingObserver:
    """Applies a sitting's effects to what is kept; no failure ever reaches the sitting.

    It stands in a `WatchedRoom`. What goes wrong is written and spoken once, and the sitting goes
    on unkept.
    """

    def __init__(
        self,
        store: SittingStore,
        script: Script,
        clock: Callable[[], datetime],
        note: Callable[[KeepingError], None],
        tell: Callable[[str], None],
        *,
        shape: Shape,
        starter: int = 0,
        resumed: bool = False,
    ) -> None:
        """Seat *starter* begins tonight; *clock* tells local time.

        Of trouble, *note* hears what is written, and *tell* the key of the line that is spoken.
        """
        self._store = store
        self._clock = clock
        self._note = note
        self._tell = tell
        self._shape = shape
        self._next_starter = 1 - starter
        self._resumed = resumed
        # Branches are not among them: that somebody needed one is never written down (SR-31).
        self._steps = {step.id: step for step in script.steps}
        self._deep = {step.topic for step in script.steps if step.pacing == "D"}
        self._here, self._topic = "", ""
        self._begins = starter

    def saw(self, event: Event, now: float) -> None:
        """Nothing of what people say is kept."""

    def did(self, effect: Effect, now: float) -> None:
        """Keep, or forget, what *effect* asks for."""
        try:
            self._apply(effect)
        except KeepingError as trouble:
            self._note(trouble)
            self._tell(NOT_FORGOTTEN if isinstance(effect, Forget) else trouble.line)
        self._tell_trouble()

    def _tell_trouble(self) -> None:
        told = self._store.take_trouble()
        if told is not None:
            self._note(told)
            self._tell(told.line)

    def keep_offers(self, offers: Sequence[Samples]) -> None:
        """Keep tonight's offers: the conversation has asked each of the two for their own yes."""
        self._store.add_keepsakes(offers, (True, True))
        self._tell_trouble()

    def earlier_offers(self) -> Sequence[Samples]:
        """The offers of earlier evenings; the conversation has asked both before (SR-32)."""
        sounds: list[Samples] = []
        try:
            for keepsake in self._store.earlier_keepsakes:
                sound = self._store.sound_of(keepsake, (True, True))
                sounds += [sound] if sound is not None else []
        except KeepingError as trouble:
            self._note(trouble)
            self._tell(trouble.line)
        return sounds

    def _apply(self, effect: Effect) -> None:
        match effect:
            case Remember(memory):
                self._store.remember(memory, next_starter=self._next_starter, resumed=self._resumed)
            case Keep(topic, held):
                self._store.mark_topic(topic, held=held, deep=topic in self._deep)
            case AgreeDate(agreed):
                day = suggested_date(self._clock().date()) if agreed else None
                self._store.mark_next_date(day)
            case Forget(everything=True):
                self._store.forget_everything()
            case Forget():
                self._store.forget_evening()
            case Finish(ending) if ending not in CUT:
                self._store.mark_end()
            case Listen(step=step, floor=floor):
                self._come_to(step, floor)
            case Speak(step=step):
                self._come_to(step, None)

    def _come_to(self, id: str, floor: int | None) -> None:
        """Mark a topic that begins; who is asked first in a shared step of it is its starter."""
        step = self._steps.get(id)
        if step is None or id == self._here:
            return
        self._here = id
        if id == CLOSING_STEP:
            # Whoever wished to end is not asked to go on, should the power fail now.
            self._store.mark_end()
            return
        shared = step.kind == "share" and floor is not None
        if shared and floor is not None:
            self._begins = floor
        if step.topic != self._topic and step.topic not in ASKED_AGAIN:
            self._topic = step.topic
            point = ResumePoint(step.topic, self._begins, self._clock(), *self._shape())
            self._store.mark_resume(point)
        if shared:
            self._begins = 1 - self._begins
