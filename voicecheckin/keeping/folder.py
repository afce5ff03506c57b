"""The files of what is kept: one sealed state, and one sealed sound for each keepsake.

From outside, a copy of the folder shows that something is kept, on which day the newest part of it
was, and how many keepsakes there are: each is as large as any other. Nothing else: the state is
written anew as a whole each time, in a size that does not tell how much is in it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

from voicecheckin.keeping.errors import KeepingError, Problem, told_as_ours
from voicecheckin.keeping.files import (
    NEW,
    alone,
    make_private_folder,
    read_untraced,
    remove,
    write_whole,
)
from voicecheckin.keeping.old import old_files, read_old
from voicecheckin.keeping.sealer import (
    HEAD,
    NONCE_BYTES,
    SIZE_BYTES,
    TAG_BYTES,
    Sealer,
    erase_key,
    make_key,
    move_key,
    padded,
    read_key,
    replace_key,
    unpadded,
)
from voicecheckin.keeping.sound import LARGEST, packed_sound, unpacked_sound
from voicecheckin.keeping.state import (
    NOT_SET,
    NOTHING,
    Keepsake,
    StoredState,
    packed,
    unexpired,
    unpacked,
)
from voicecheckin.keeping.where import Where
from voicecheckin.sound.frames import Samples

SIGNATURE = b"VChk"
VERSION = b"\x02"
"""Of what is inside the seal; a file with a higher one is left alone."""
OPEN = len(SIGNATURE + VERSION)
"""Bytes that are not sealed; they are the same in every file."""
MARK = OPEN + HEAD + NONCE_BYTES
"""Bytes that are new each time the file is written: they tell whether another program did."""
AROUND = MARK + TAG_BYTES
STATE = b"state"

BLOCK = 32_768
"""Bytes; the state takes one block, unless a couple's own topics have very long names."""
SOUND_BLOCK = SIZE_BYTES + LARGEST
"""Bytes; so each sound takes one block, however short it is."""


class SealedFolder:
    """Reads and writes the files of one place; every trouble is a KeepingError.

    The first thing that is kept makes the folder and the key; the last one that is forgotten
    leaves neither. A key on a stick stays.
    """

    def __init__(self, where: Where) -> None:
        """Nothing is touched yet."""
        self._where = where
        self._sealer: Sealer | None = None
        self._seen = b""

    def open(self, now: datetime) -> StoredState:
        """Read what is kept, and forget what has expired at local time *now*."""
        where = self._where
        with self._alone():
            _drop_if_all_is_older(where, now.date())
            old = old_files(where.file)[-1]
            if where.file not in _files_of(where) and old not in _files_of(where):
                if where.stick and where.memory != NOTHING:
                    read_key(where.key)  # a missing stick is told even if nothing was kept yet
                _drop_strays(where, StoredState())
                return StoredState()
            self._sealer = read_key(where.key)
            kept, voices = self._read(self._sealer)
            state = unexpired(kept, now, where.days)
            if state != kept or old in _files_of(where):
                left = {keepsake.id for keepsake in state.keepsakes}
                self._write(state, {id: voices[id] for id in voices if id in left}, now.date())
            _drop_strays(where, state)  # a power cut may have left some
            return state

    def put(self, state: StoredState, today: date, voices: Mapping[int, Samples]) -> None:
        """Keep *state* instead, with the sounds that are new in it by id, or nothing of it."""
        if not state.empty:
            with told_as_ours(self._where.file):
                make_private_folder(self._where.file.parent)
        with self._alone():
            self._write(state, voices, today)

    def sound(self, keepsake: Keepsake) -> Samples:
        """What a keepsake sounds like; KeepingError if it was tampered with."""
        path, label = self._where.keepsake(keepsake.id), _label(keepsake.id)
        content = read_untraced(path)
        if content is None or self._sealer is None:
            raise KeepingError(Problem.ALTERED, path)
        return unpacked_sound(_unsealed(content, self._sealer, label, SOUND_BLOCK, path))

    def forget(self) -> bool:
        """Remove every file and destroy the key, also of what is damaged or sealed with another.

        On a stick the key is replaced by a new one; another's key is left alone. Return whether
        no key is left with which a copy could be opened.
        """
        where = self._where
        with self._alone():
            ours = self._key_is_ours()
            remove(where.file)  # first, so that a power cut leaves no file without its key
            if ours and where.stick:
                replace_key(where.key)
            elif ours:
                erase_key(where.key)
            _drop_strays(where, StoredState())
            remove(where.names)
            remove(where.phrase)
        self._sealer, self._seen = None, b""
        with suppress(OSError):  # others' files may lie there
            where.file.parent.rmdir()
        return ours

    def _key_is_ours(self) -> bool:
        """Whether the key is there and opens what is kept; on the device it is never another's."""
        where = self._where
        if not where.stick:
            return True
        try:
            return _fits(read_untraced(where.file) or b"", read_key(where.key))
        except KeepingError:
            return False

    def _read(self, sealer: Sealer) -> tuple[StoredState, Mapping[int, Samples]]:
        file = self._where.file
        content = read_untraced(file)
        if content is None:
            return read_old(old_files(file)[-1], sealer)
        state = unpacked(_unsealed(content, sealer, STATE, BLOCK, file))
        self._seen = content[:MARK]
        return state, {}

    def _write(self, state: StoredState, voices: Mapping[int, Samples], today: date) -> None:
        file = self._where.file
        if (read_untraced(file) or b"")[:MARK] != self._seen:
            raise KeepingError(Problem.ALTERED, file)  # another program forgot it meanwhile
        if not state.empty:
            moment = datetime.combine(min(state.newest, today), time(12)).timestamp()
            sealer = self._sealer = self._sealer or self._key()
            for id, sound in voices.items():
                content = padded(packed_sound(sound), SOUND_BLOCK)
                sealed = _sealed(content, sealer, _label(id))
                write_whole(self._where.keepsake(id), sealed, moment)
            sealed = _sealed(padded(packed(state), BLOCK), sealer, STATE)
            write_whole(file, sealed, moment)
            self._seen = sealed[:MARK]
        _drop_strays(self._where, state)
        if state.empty:
            self._leave_nothing()

    def _leave_nothing(self) -> None:
        """Nothing is kept any more: the key on the device opens nothing, so it goes as well."""
        self._sealer, self._seen = None, b""
        if not self._where.stick:
            erase_key(self._where.key)
        with suppress(OSError):  # others' files may lie there
            self._where.file.parent.rmdir()

    def _key(self) -> Sealer:
        where = self._where
        return read_key(where.key) if where.stick else make_key(where.key)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other program writes meanwhile."""
        folder = self._where.file.parent
        with alone(folder) if folder.is_dir() else nullcontext():
            yield


def keeps_anything(where: Where) -> bool:
    """Whether there is anything to forget: a file, a key, or a mark of what both agreed to."""
    return bool(_files_of(where)) or any(
        path.exists() for path in (where.key, where.names, where.phrase)
    )


def move(here: Where, place: Path) -> None:
    """Take the key to *place*, or make one there; a key that lies there already is taken on.

    KeepingError, and nothing is changed, if what is kept could not be opened any more.
    """
    key = place if place.exists() else here.key
    kept = read_untraced(here.file)
    if kept is not None and not _fits(kept, read_key(key)):
        raise KeepingError(Problem.WRONG_KEY, key)
    move_key(here.key, place)


def _sealed(content: bytes, sealer: Sealer, label: bytes) -> bytes:
    return SIGNATURE + VERSION + sealer.seal(content, label)


def _unsealed(content: bytes, sealer: Sealer, label: bytes, block: int, path: Path) -> bytes:
    signature, version = content[: len(SIGNATURE)], content[len(SIGNATURE) : OPEN]
    if signature != SIGNATURE or len(content) <= AROUND or (len(content) - AROUND) % block:
        raise KeepingError(Problem.DAMAGED, path)
    if version > VERSION:
        raise KeepingError(Problem.NEWER, path)
    return unpadded(sealer.unseal(content[OPEN:], label, path))


def _label(id: int) -> bytes:
    return f"keepsake {id}".encode()


def _fits(content: bytes, sealer: Sealer) -> bool:
    """Whether a file was sealed with this key; one that is no file of ours fits any."""
    ours = content.startswith(SIGNATURE)
    return not ours or content[OPEN + 1 : OPEN + HEAD] == sealer.id


def _files_of(where: Where) -> list[Path]:
    """Every file that is kept here, or was left behind by a power cut."""
    name = where.file.name
    ours = re.compile(re.escape(name) + f"(-[0-9a-f]{{16}})?({re.escape(NEW)})?")
    folder = where.file.parent
    with told_as_ours(where.file):
        here = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in here if ours.fullmatch(path.name) or path in old_files(where.file)]


def _drop_strays(where: Where, state: StoredState) -> None:
    """Remove every file that *state* does not name."""
    named = {where.keepsake(keepsake.id) for keepsake in state.keepsakes}
    if not state.empty:
        named.add(where.file)
    for path in _files_of(where):
        if path not in named:
            remove(path)


def _drop_if_all_is_older(where: Where, today: date) -> None:
    """Each file is dated as the newest thing in it, so it expires even while the key is away."""
    for path in (where.file, old_files(where.file)[-1]):
        with told_as_ours(path), suppress(FileNotFoundError):
            newest = date.fromtimestamp(path.stat().st_mtime)
            if today.year >= NOT_SET and newest + timedelta(where.days) <= today:
                remove(path)
                _drop_strays(where, StoredState())
                if not where.stick:
                    erase_key(where.key)
