"""What one sitting may keep, and keeps; in trouble it keeps nothing more and says so once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime

from voicecheckin.keeping import sittings
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.kept import (
    AGREEMENTS,
    NOTHING,
    Keepsake,
    Kept,
    Marks,
    Place,
    strictest,
    with_topic,
)
from voicecheckin.keeping.sound import packed_sound, unpacked_sound
from voicecheckin.keeping.store import Kind, Store, remove_store
from voicecheckin.keeping.vault import Vault, erase_key, make_key, read_key, replace_key
from voicecheckin.keeping.where import Where
from voicecheckin.sound.frames import Samples


class Keeper:
    """Keeps what `remember` allows. No trouble with disk or key ever ends a sitting.

    Each call is durable when it returns. Only forgetting and replaying raise KeepingError: people
    must know if that could not be done.
    """

    def __init__(self, where: Where, now: datetime) -> None:
        """Open what is kept, and forget what has expired; *now* is local time."""
        self.kept = Kept()
        """What was kept when the sitting began."""
        self._where = where
        self._day = now.date()
        self._store: Store | None = None
        self._marks: Marks | None = None
        self._begun = False
        self._broken = False
        self._trouble: KeepingError | None = None
        with self._unkept_in_trouble():
            self._open(now)

    @property
    def memory(self) -> str:
        """What is really kept of tonight: nothing, dates or agreements."""
        return self._marks.memory if self._marks else NOTHING

    @property
    def works(self) -> bool:
        """Whether nothing is in the way of keeping what both allow."""
        return not self._broken

    def take_trouble(self) -> KeepingError | None:
        """Why nothing (more) is kept; only the first call tells, so that it is said once."""
        trouble, self._trouble = self._trouble, None
        return trouble

    # What a sitting keeps

    def remember(self, *choices: str, next_starter: int = 0, resumed: bool = False) -> str:
        """Both have chosen what may be kept of tonight; return what will be: the stricter choice.

        *resumed* goes on with the sitting that was cut off: what was kept of it stays as far as
        the new choice allows, and is forgotten with `nothing`.
        """
        memory = strictest(choices)
        goes_on = self._begun or (resumed and self.kept.place is not None)
        with self._unkept_in_trouble():
            if memory == NOTHING and goes_on:
                self.forget_evening()
            elif memory != NOTHING and not self._broken:
                self._marks = self._begin(memory, next_starter, goes_on)
                self._begun = True
        return self.memory

    def mark_place(self, place: Place) -> None:
        """A step begins; after a power cut the sitting may go on here."""
        self._mark(lambda marks: replace(marks, place=place, evening=place.evening))

    def mark_topic(self, topic: str, *, held: bool = False, deep: bool = False) -> None:
        """A topic lies behind both, or is set aside."""
        self._mark(lambda marks: with_topic(marks, topic, held=held, deep=deep))

    def mark_next_date(self, day: date | None) -> None:
        """Both agreed on a day to sit down again, or leave it open."""
        self._mark(lambda marks: replace(marks, next_date=day))

    def mark_end(self) -> None:
        """The goodnight was said: there is nothing to go on with."""
        self._mark(lambda marks: replace(marks, place=None))

    def mark_invited(self, day: date) -> None:
        """The device invites today, or a sitting begins: it will not invite again today."""
        store = self._store
        if store is None or store.vault is None:
            return
        with self._unkept_in_trouble(), store.writing():
            store.drop(Kind.INVITED)
            store.add(Kind.INVITED, day, self._where.days, b"")

    # Keepsakes

    def add_keepsakes(self, sounds: Sequence[Samples], yeses: tuple[bool, bool]) -> bool:
        """Keep tonight's sounds, up to 20 s each, if both said keep; return whether they last.

        All of them are kept, or none.
        """
        if self.memory != AGREEMENTS or yeses != (True, True):
            return False
        contents = [packed_sound(sound) for sound in sounds if len(sound)]

        def write(store: Store, marks: Marks) -> None:
            for content in contents:
                store.add(Kind.KEEPSAKE, marks.day, self._where.days, content)

        return self._write(write)

    def sound_of(self, keepsake: Keepsake, yeses: tuple[bool, bool]) -> Samples | None:
        """The sound of a keepsake if both are there and want to hear it (SR-32).

        None if not, or if it is forgotten by now; KeepingError if it was tampered with.
        """
        if self._store is None or yeses != (True, True):
            return None
        content = self._store.content(Kind.KEEPSAKE, keepsake.id)
        return None if content is None else unpacked_sound(content, self._where.file)

    # Forgetting

    def forget_keepsake(self, keepsake: Keepsake) -> None:
        """Forget one keepsake at the word of either; KeepingError if that cannot be done."""
        store = self._reopened()
        if store is not None:
            with store.writing():
                store.drop_one(Kind.KEEPSAKE, keepsake.id)
            store.scrub()

    def forget_evening(self) -> None:
        """Forget this sitting, and keep nothing more of it; KeepingError if it cannot be done."""
        begun = self._begun or self.kept.place is not None
        self._marks = None
        store = self._reopened() if begun else None
        if store is not None:
            sittings.forget_sitting(store, self._where.days)
        self._begun = False
        self.kept = replace(self.kept, place=None)

    def forget_everything(self) -> None:
        """Forget all that was ever kept, and destroy the key; KeepingError if it cannot be done.

        It works without the key, and with a damaged file. On a stick the key is replaced by a new
        one, so that no later evening has to mention a missing key; another's key is left alone.
        """
        self._marks, self._begun, self.kept = None, False, Kept()
        fits = False
        with suppress(KeepingError):  # what cannot be emptied is removed all the same
            fits = self._empty_the_file()
        self.close()
        if not self._where.stick:
            erase_key(self._where.key)
        elif fits:
            replace_key(self._where.key)
        remove_store(self._where.file)

    def close(self) -> None:
        """Let the file go."""
        store, self._store, self._marks = self._store, None, None
        if store is not None:
            with suppress(KeepingError):  # everything was durable before
                store.close()

    # Opening

    def _open(self, now: datetime) -> None:
        if self._where.file.exists():
            self._store = Store(self._where.file)
            self._store.expire(self._day, self._where.days)
        if self._where.stick:
            read_key(self._where.key)  # a missing stick is told even if nothing was kept yet
        if self._store is not None and not self._store.empty:
            self._store.vault = self._fitting_key(self._store)
            self.kept = sittings.read_all(self._store, now)

    def _fitting_key(self, store: Store) -> Vault:
        vault = read_key(self._where.key)
        if not store.fits(vault):
            raise KeepingError(Problem.WRONG_KEY, self._where.key)
        return vault

    def _reopened(self) -> Store | None:
        """The file once more, to forget in it although something went wrong before."""
        if self._store is None and self._where.file.exists():
            self._store = Store(self._where.file)
            with suppress(KeepingError):
                self._store.vault = self._fitting_key(self._store)
        return self._store

    @contextmanager
    def _unkept_in_trouble(self) -> Iterator[None]:
        try:
            yield
        except KeepingError as trouble:
            self.close()
            self._broken, self._trouble = True, trouble

    # Writing

    def _begin(self, memory: str, next_starter: int, goes_on: bool) -> Marks:
        """The first sitting that may be kept makes the file and the key."""
        if self._store is None:
            self._store = Store(self._where.file)
        if self._store.vault is None:
            key = self._where.key
            self._store.vault = read_key(key) if self._where.stick else make_key(key)
        if goes_on:
            return sittings.resume_sitting(self._store, memory, self._where.days)
        marks = Marks(self._day, memory, next_starter=next_starter)
        return sittings.begin_sitting(self._store, marks, self._where.days)

    def _mark(self, change: Callable[[Marks], Marks]) -> None:
        def write(store: Store, marks: Marks) -> None:
            self._marks = change(marks)
            sittings.replace_marks(store, self._marks, self._where.days)

        self._write(write)

    def _write(self, write: Callable[[Store, Marks], object]) -> bool:
        """Let *write* happen as a whole if tonight may be kept; return whether it lasts."""
        store, marks = self._store, self._marks
        if store is None or marks is None:
            return False
        with self._unkept_in_trouble():
            with store.writing():
                write(store, marks)
            return True
        return False

    def _empty_the_file(self) -> bool:
        """Delete all records; return whether they were sealed with the key that is there."""
        store = self._reopened()
        if store is None:
            return False
        fits = store.vault is not None and not store.empty
        with store.writing():
            store.drop_all()
        store.scrub()
        return fits
