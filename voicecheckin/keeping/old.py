"""What version 0.1.0 kept: read once, kept anew as it is kept now, and its file deleted.

That version left kinds, days and terms in the clear, so its file is not left lying. Where a
sitting was cut off is not taken over: in those days it was a step.
"""

import io
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import soundfile

from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.sealer import Sealer
from voicecheckin.keeping.state import Keepsake, LastSitting, PastEvening, Progress, StoredState
from voicecheckin.sound.frames import Samples

DIGEST_BYTES = 32
"""Before each sound stood its hash."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A line of the old table."""

    kind: str
    id: int
    day: date
    until: date
    content: bytes


def old_files(file: Path) -> tuple[Path, ...]:
    """Every file that version 0.1.0 may have left where *file* is kept now."""
    names = ("kept.db-wal", "kept.db-shm", "kept.db")
    return tuple(file.with_name(name) for name in names)


def read_old(file: Path, sealer: Sealer) -> tuple[StoredState, Mapping[int, Samples]]:
    """The state and the keepsakes' sounds; KeepingError if they cannot be read."""
    records = _records(file, sealer)
    story = next((_progress(one) for one in records if one.kind == "story"), Progress())
    last = next((_sitting(one) for one in records if one.kind == "marks"), None)
    past = tuple(
        PastEvening(one.day, one.until, tuple(json.loads(one.content)["topics"]))
        for one in records
        if one.kind == "past"
    )
    voices = [one for one in records if one.kind == "keepsake"]
    keepsakes = tuple(Keepsake(one.id, one.day, one.until) for one in voices)
    invited = next((one.day for one in records if one.kind == "invited"), None)
    state = StoredState(story, last, past, keepsakes, invited)
    return state, {one.id: _sound(one.content) for one in voices}


def _records(file: Path, sealer: Sealer) -> list[_Record]:
    try:
        with closing(sqlite3.connect(file, timeout=1.0)) as database:
            rows = database.execute("SELECT * FROM record ORDER BY day, id").fetchall()
    except sqlite3.Error as error:
        busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
        raise KeepingError(Problem.BUSY if busy else Problem.DAMAGED, file) from error
    return [
        _Record(
            kind,
            id,
            date.fromordinal(day),
            date.fromordinal(day) + timedelta(term),
            sealer.unseal(sealed, f"1 {kind} {id} {day} {term}".encode(), file),
        )
        for id, kind, day, term, sealed in rows
    ]


def _progress(record: _Record) -> Progress:
    read = json.loads(record.content)
    journey = Journey(
        frozenset(read["offered"]),
        read["held"],
        _date(read["last"]),
        read["deep"],
        read["next_starter"],
    )
    return Progress(journey, read["round"], _date(read["next_date"]), record.until)


def _sitting(record: _Record) -> LastSitting:
    read = json.loads(record.content)
    return LastSitting(
        record.day,
        record.until,
        tuple(read["offered"]),
        tuple(read["held"]),
        read["deep"],
        read["evening"],
        read["next_starter"],
        _date(read["next_date"]),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sound(content: bytes) -> Samples:
    samples, _ = soundfile.read(io.BytesIO(content[DIGEST_BYTES:]), dtype="float32")
    return np.asarray(samples, np.float32)
