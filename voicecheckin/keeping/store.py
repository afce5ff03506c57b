"""The records on disk: sealed, durable, and gone for good once they are deleted.

Beside the sealed content each record shows its kind, its day and its term, so that it expires even
while the key is away. All three are bound into the seal: none can be changed unnoticed.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from voicecheckin.keeping.errors import KeepingError, Problem, told_as_ours
from voicecheckin.keeping.vault import FORMAT, ID_BYTES, Vault, sync_folder

VERSION = 1
"""Of the tables; a file with a higher one is left alone."""

SIGNATURE = int.from_bytes(b"VChk")
"""SQLite's application id: marks the file as ours."""

PATIENCE = 3.0
"""Seconds to wait for another program that has the file open."""

TABLE = """
CREATE TABLE record (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, day INTEGER NOT NULL, term INTEGER NOT NULL,
    sealed BLOB NOT NULL
)"""

TORN = """
SELECT 1 FROM record WHERE typeof(kind) != 'text' OR typeof(sealed) != 'blob'
OR typeof(day) != 'integer' OR typeof(term) != 'integer' OR day NOT BETWEEN 1 AND ?
OR length(sealed) = 0 LIMIT 1"""
"""Finds a record that no program of ours wrote: SQLite's own check does not look at kinds."""

NO_CHANGES = """
CREATE TRIGGER records_never_change BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is kept or forgotten, never changed'); END"""


class Kind(Enum):
    """What a record is about."""

    STORY = "story"
    MARKS = "marks"
    PAST = "past"
    KEEPSAKE = "keepsake"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that is kept."""

    id: int
    day: date
    """Its term runs from here."""
    term: int
    """Days until it is forgotten."""
    content: bytes


class Store:
    """An open file of records; close it, so that its journal is folded in."""

    def __init__(self, path: Path) -> None:
        """Open *path*, or begin it; KeepingError if it cannot be used."""
        self.path = path
        self.vault: Vault | None = None
        """Set it before records are read or added; expiring and deleting need none."""
        with told_as_ours(path):
            _prepare_file(path)
            self._db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            self._settle_in()
        except BaseException:
            self._db.close()
            raise

    def fits(self, vault: Vault) -> bool:
        """Whether every record is sealed with this key."""
        heads = self._rows("SELECT DISTINCT substr(sealed, 1, ?) FROM record", 1 + ID_BYTES)
        if any(bytes(head)[:1] > FORMAT for (head,) in heads):
            raise KeepingError(Problem.NEWER, self.path)
        return all(bytes(head)[1:] == vault.id for (head,) in heads)

    @property
    def empty(self) -> bool:
        """Whether it holds no record."""
        return not self._rows("SELECT 1 FROM record LIMIT 1")

    def expire(self, today: date, days: int) -> None:
        """Forget what is older than its term or than *days*, whichever is shorter."""
        with self.writing():
            gone = self._do(
                "DELETE FROM record WHERE day + min(term, ?) <= ?", days, today.toordinal()
            )
        if gone:
            self.scrub()

    def add(self, kind: Kind, day: date, term: int, content: bytes) -> int:
        """Seal and add a record; return its id. It lasts once `writing` has ended."""
        assert self.vault is not None
        number = secrets.randbits(62)  # counting up would tell how much there once was
        sealed = self.vault.seal(content, _label(number, kind, day.toordinal(), term))
        self._do(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
            *(number, kind.value, day.toordinal(), term, sealed),
        )
        return number

    def find(self, kind: Kind) -> list[Record]:
        """Unseal all records of a kind, oldest day first; KeepingError if one was tampered with."""
        rows = self._rows(
            "SELECT id, day, term, sealed FROM record WHERE kind = ? ORDER BY day, id", kind.value
        )
        return [self._unsealed(kind, *row) for row in rows]

    def content(self, kind: Kind, number: int) -> bytes | None:
        """Unseal one record; None if there is none, KeepingError if it was tampered with."""
        rows = self._rows(
            "SELECT id, day, term, sealed FROM record WHERE kind = ? AND id = ?", kind.value, number
        )
        return self._unsealed(kind, *rows[0]).content if rows else None

    def days(self, kind: Kind) -> list[tuple[int, date]]:
        """Ids and days of a kind, without unsealing anything."""
        rows = self._rows("SELECT id, day FROM record WHERE kind = ? ORDER BY day, id", kind.value)
        return [(number, date.fromordinal(day)) for number, day in rows]

    def drop(self, kind: Kind, day: date | None = None) -> None:
        """Delete all records of a kind, or those of one day."""
        ordinal = None if day is None else day.toordinal()
        self._do("DELETE FROM record WHERE kind = ? AND day = ifnull(?, day)", kind.value, ordinal)

    def drop_one(self, kind: Kind, number: int) -> None:
        """Delete one record of a kind."""
        self._do("DELETE FROM record WHERE kind = ? AND id = ?", kind.value, number)

    def drop_all(self) -> None:
        """Delete every record."""
        self._do("DELETE FROM record")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside happens together, and lasts when this ends; or not at all."""
        with told_as_ours(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def scrub(self) -> None:
        """Rewrite the file without what was deleted, and empty its journal."""
        with told_as_ours(self.path):
            self._db.execute("VACUUM")
            (busy, _, _) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise KeepingError(Problem.BUSY, self.path)

    def close(self) -> None:
        """Fold the journal in and let the file go; a disk that fails now loses nothing."""
        with told_as_ours(self.path):
            self._db.close()

    def _settle_in(self) -> None:
        with told_as_ours(self.path):
            self._check_signature()
            for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {setting}")
            self._db.execute("PRAGMA temp_store=MEMORY")
            if self._number("user_version") == 0:
                self._make_table()
            (verdict,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok" or self._rows(TORN, date.max.toordinal()):
            raise KeepingError(Problem.DAMAGED, self.path)

    def _check_signature(self) -> None:
        version, signature = self._number("user_version"), self._number("application_id")
        new = version == 0 and not self._number("schema_version")
        if not new and signature != SIGNATURE:
            raise KeepingError(Problem.DAMAGED, self.path)
        if version > VERSION:
            raise KeepingError(Problem.NEWER, self.path)

    def _make_table(self) -> None:
        with self.writing():
            if self._number("user_version") == 0:  # nobody else has made it meanwhile
                self._db.execute(TABLE)
                self._db.execute(NO_CHANGES)
                self._db.execute(f"PRAGMA application_id={SIGNATURE}")
                self._db.execute(f"PRAGMA user_version={VERSION}")

    def _unsealed(self, kind: Kind, number: int, day: int, term: int, sealed: bytes) -> Record:
        assert self.vault is not None
        content = self.vault.unseal(sealed, _label(number, kind, day, term), self.path)
        return Record(number, date.fromordinal(day), term, content)

    def _number(self, pragma: str) -> int:
        (number,) = self._db.execute(f"PRAGMA {pragma}").fetchone()
        return int(number)

    def _rows(self, query: str, *values: str | int) -> list[sqlite3.Row]:
        with told_as_ours(self.path):
            return self._db.execute(query, values).fetchall()

    def _do(self, statement: str, *values: str | int | bytes | None) -> int:
        with told_as_ours(self.path):
            return self._db.execute(statement, values).rowcount


def remove_store(path: Path) -> None:
    """Remove the file and its journal, whatever state they are in."""
    with told_as_ours(path):
        for name in (path.name + "-wal", path.name + "-shm", path.name):
            path.with_name(name).unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)


def _prepare_file(path: Path) -> None:
    """Make sure that the file is there, and only its owner's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        sync_folder(path.parent)
    with path.open("r+b"):  # SQLite would open a read-only file without a word
        pass


def _label(number: int, kind: Kind, day: int, term: int) -> bytes:
    """What a record shows openly; its seal is tied to it."""
    return f"{VERSION} {kind.value} {number} {day} {term}".encode()
