"""What the sittings of a couple keep, and what each of them may know of the ones before."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

from voicecheckin.keeping.errors import KeepingError
from voicecheckin.keeping.folder import SealedFolder
from voicecheckin.keeping.state import (
    AGREEMENTS,
    NOTHING,
    Keepsake,
    LastSitting,
    ResumePoint,
    StoredState,
    settled,
    strictest,
    with_topic,
    without_last,
)
from voicecheckin.keeping.where import Where
from voicecheckin.sound.frames import Samples

NO_VOICES: Mapping[int, Samples] = {}


class SittingStore:
    """Keeps what `remember` allows. No trouble with disk or key ever ends a sitting.

    Until both have allowed it, everything that is marked stays in memory, and no file is touched,
    but for the place where a sitting that the settings let be kept could go on after a power cut.
    Each call is durable when it returns. Only forgetting and replaying raise KeepingError: people
    must know if that could not be done.
    """

    def __init__(self, where: Where, now: datetime) -> None:
        """Read what is kept, and forget what has expired; *now* is local time."""
        self.state = StoredState()
        """What is kept; before tonight is allowed to be kept, what was kept when it began."""
        self.memory = NOTHING
        """What is really kept of tonight: nothing, dates or agreements."""
        self._where = where
        self._tonight = LastSitting(now.date(), now.date() + timedelta(where.days))
        self._folder = SealedFolder(where)
        self._voices: list[Samples] = []
        self._begun = False
        self._forgotten = False
        self._broken = False
        self._trouble: KeepingError | None = None
        with self._unkept_in_trouble():
            self.state = self._folder.open(now)

    @property
    def works(self) -> bool:
        """Whether something may be kept tonight, and nothing is in the way of it."""
        return not self._broken and self._where.memory != NOTHING

    def take_trouble(self) -> KeepingError | None:
        """Why nothing (more) is kept; only the first call tells, so that it is said once."""
        trouble, self._trouble = self._trouble, None
        return trouble

    # What a sitting keeps

    def remember(self, *choices: str, next_starter: int = 0, evening: int | None = None) -> str:
        """Both have chosen what may be kept of tonight; return what will be: the stricter choice.

        It never is more than the settings allow, nor than what was chosen before.
        """
        before = [self.memory] if self._begun else []
        memory = strictest(choices and [*choices, self._where.memory, *before])
        with self._unkept_in_trouble():
            if memory == NOTHING and self._begun:
                self.forget_evening()
            elif memory != NOTHING and not self._broken:
                sitting = replace(self._tonight, next_starter=next_starter, evening=evening)
                self._tonight = sitting
                self._begin(memory)
        return self.memory

    def mark_resume(self, point: ResumePoint) -> None:
        """A topic begins; after a power cut the sitting may go on here.

        Nothing is written where the settings let nothing be kept, nor once this was forgotten.
        """
        if self.works and not self._forgotten:
            with self._unkept_in_trouble():
                self._put(replace(self.state, resume=point))

    def mark_topic(self, topic: str, *, held: bool = False, deep: bool = False) -> None:
        """A topic lies behind both, or is set aside."""
        self._mark(lambda sitting: with_topic(sitting, topic, held=held, deep=deep))

    def mark_next_date(self, day: date | None) -> None:
        """Both agreed on a day to sit down again, or leave it open."""
        self._mark(lambda sitting: replace(sitting, next_date=day))

    def mark_end(self) -> None:
        """The goodnight was said: there is nothing to go on with, whatever was answered."""
        if self.state.resume is not None:
            with self._unkept_in_trouble():
                self._put(replace(self.state, resume=None))

    def mark_invited(self, day: date) -> None:
        """The device itself invites today: it will not do so again. Only if anything is kept."""
        if not (self._broken or self.state.empty):
            with self._unkept_in_trouble():
                self._put(replace(self.state, invited=day))

    # Keepsakes

    def add_keepsakes(self, sounds: Sequence[Samples], yeses: tuple[bool, bool]) -> bool:
        """Keep tonight's sounds, up to 20 s each, if both said keep; return whether they last.

        All of them are kept, or none; until both have chosen what may be kept, they wait in memory.
        """
        if self._broken or not self._where.keepsakes or yeses != (True, True):
            return False
        self._voices = [*self._voices, *sounds]
        if self.memory == AGREEMENTS:
            with self._unkept_in_trouble():
                self._put_with_voices(self.state)
                return True
        return False

    @property
    def earlier_keepsakes(self) -> tuple[Keepsake, ...]:
        """Those of earlier days."""
        today = self._tonight.day
        return tuple(keepsake for keepsake in self.state.keepsakes if keepsake.day != today)

    def sound_of(self, keepsake: Keepsake, yeses: tuple[bool, bool]) -> Samples | None:
        """The sound of a keepsake if both are there and want to hear it (SR-32).

        None if not, or if it is forgotten by now; KeepingError if it was tampered with.
        """
        if yeses != (True, True) or keepsake not in self.state.keepsakes:
            return None
        return self._folder.sound(keepsake)

    # Forgetting

    def forget_keepsake(self, keepsake: Keepsake) -> None:
        """Forget one keepsake at the word of either; KeepingError if that cannot be done."""
        left = tuple(one for one in self.state.keepsakes if one != keepsake)
        if left != self.state.keepsakes:
            self._put(replace(self.state, keepsakes=left))

    def forget_evening(self) -> None:
        """Forget this sitting, and keep nothing more of it; KeepingError if it cannot be done."""
        self._let_go()
        state = replace(self.state, resume=None)
        state = without_last(state) if self._begun else state
        if state != self.state:
            self._put(state)
        self._begun = False

    def forget_everything(self) -> bool:
        """Forget all that was ever kept, and destroy the key; KeepingError if it cannot be done.

        It works without the key, and with a damaged file. On a stick the key is replaced by a new
        one, so that no later evening has to mention a missing key; another's key is left alone.
        Return whether no key is left with which a copy of what was kept could be opened.
        """
        self._let_go()
        self.state, self._begun = StoredState(), False
        return self._folder.forget()

    # Writing

    def _begin(self, memory: str) -> None:
        """Write tonight's marks for the first time, or again with a stricter choice.

        It is asked at the end: from then on there is nothing to go on with.
        """
        state = self.state if self._begun else settled(self.state)
        if memory != AGREEMENTS:
            self._voices = []
            left = tuple(one for one in state.keepsakes if one.day != self._tonight.day)
            state = replace(state, keepsakes=left)
        self._put_with_voices(replace(state, last=self._tonight, resume=None))
        self._begun, self.memory = True, memory

    def _put_with_voices(self, state: StoredState) -> None:
        """Keep *state* and tonight's sounds in one go."""
        voices = {secrets.randbits(64): sound for sound in self._voices if len(sound)}
        day, until = self._tonight.day, self._tonight.until
        more = tuple(Keepsake(id, day, until) for id in voices)
        self._voices = []
        self._put(replace(state, keepsakes=(*state.keepsakes, *more)), voices)

    def _mark(self, change: Callable[[LastSitting], LastSitting]) -> None:
        self._tonight = change(self._tonight)
        if self.memory != NOTHING:
            with self._unkept_in_trouble():
                self._put(replace(self.state, last=self._tonight))

    def _put(self, state: StoredState, voices: Mapping[int, Samples] = NO_VOICES) -> None:
        self._folder.put(state, self._tonight.day, voices)
        self.state = state

    def _let_go(self) -> None:
        """Keep nothing of tonight, not even in memory."""
        self.memory, self._voices, self._forgotten = NOTHING, [], True
        self._tonight = LastSitting(self._tonight.day, self._tonight.until)

    @contextmanager
    def _unkept_in_trouble(self) -> Iterator[None]:
        try:
            yield
        except KeepingError as trouble:
            self.memory = NOTHING
            self._broken, self._trouble = True, trouble
