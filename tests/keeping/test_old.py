"""What version 0.1.0 kept is taken over, and its readable file goes away."""

import io
import json
import os
import sqlite3
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.keeping.evenings import BOTH, later, look, spoil, voice, whereabouts
from voicecheckin.conversation.journey import Journey
from voicecheckin.keeping.errors import Problem
from voicecheckin.keeping.old import old_files
from voicecheckin.keeping.sealer import make_key
from voicecheckin.keeping.state import StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where

TABLE = """CREATE TABLE record (id INTEGER PRIMARY KEY, kind TEXT, day INTEGER, term INTEGER,
sealed BLOB)"""
SOUND = voice(1)


def as_0_1_0_kept_it(where: Where) -> Path:
    """A file of two evenings and a keepsake, as that version wrote it."""
    sealer, file = make_key(where.key), old_files(where.file)[-1]
    flac = io.BytesIO()
    soundfile.write(flac, SOUND, 16_000, format="FLAC", subtype="PCM_16")
    story = {
        **{"offered": ["SF1"], "held": {"SF1": 1}, "last": "2030-02-22", "deep": True},
        **{"next_starter": 1, "round": 0, "next_date": None},
    }
    marks = {
        **{"day": "2030-03-01", "memory": "agreements", "offered": ["SF2"], "held": []},
        **{"deep": False, "evening": 2, "next_starter": 0, "next_date": "2030-03-08"},
        "place": {"step": "U5-where", "starter": 0, "at": "2030-03-01T20:00:00", "evening": 2},
    }
    past = {"day": "2030-02-22", "topics": ["SF1"]}
    first, second = date(2030, 2, 22).toordinal(), date(2030, 3, 1).toordinal()
    sound = sha256(flac.getvalue()).digest() + flac.getvalue()
    records = [
        (1, "story", second, 30, json.dumps(story).encode()),
        (2, "marks", second, 30, json.dumps(marks).encode()),
        (3, "past", first, 30, json.dumps(past).encode()),
        (4, "keepsake", second, 30, sound),
    ]
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as database:
        database.execute(TABLE)
        for number, kind, day, term, content in records:
            sealed = sealer.seal(content, f"1 {kind} {number} {day} {term}".encode())
            row = (number, kind, day, term, sealed)
            database.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?)", row)
        database.commit()
    os.utime(file, (later().timestamp(),) * 2)
    return file


def test_it_is_read_once_kept_anew_and_its_file_is_deleted(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    file = as_0_1_0_kept_it(where)
    store = SittingStore(where, later(1))
    assert store.take_trouble() is None
    assert not file.exists()
    for state in (store.state, look(where, later(1))):
        assert state.journey == Journey(
            frozenset({"SF1", "SF2"}), {"SF1": 1}, date(2030, 3, 1), False, 0
        )
        assert [evening.topics for evening in state.evenings] == [("SF1",), ("SF2",)]
        assert state.progress.next_date == date(2030, 3, 8)
        assert state.resume is None  # a step is not taken over
    [keepsake] = store.state.keepsakes
    heard = store.sound_of(keepsake, BOTH)
    assert heard is not None
    assert float(np.max(np.abs(heard - SOUND))) < 0.0001
    assert look(where, later(23)).evenings[0].topics == ("SF2",)
    assert look(where, later(30)).empty


def test_without_its_key_it_stays_as_it_is_and_that_is_told(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    file = as_0_1_0_kept_it(where)
    key = where.key.rename(tmp_path / "taken away")
    before = file.read_bytes()
    for _ in range(2):
        trouble = SittingStore(where, later(1)).take_trouble()
        assert trouble is not None
        assert trouble.problem is Problem.NO_KEY
    assert file.read_bytes() == before
    key.rename(where.key)
    assert look(where, later(1)).journey.known


@pytest.mark.parametrize("content", [b"", b"Dear diary, " * 500])
def test_a_damaged_one_is_told_and_can_be_forgotten(tmp_path: Path, content: bytes) -> None:
    where = whereabouts(tmp_path)
    file = as_0_1_0_kept_it(where)
    spoil(file, content)
    store = SittingStore(where, later(1))
    trouble = store.take_trouble()
    assert trouble is not None
    assert trouble.problem is Problem.DAMAGED
    store.forget_everything()
    assert not file.exists()
    assert look(where, later(1)) == StoredState()
