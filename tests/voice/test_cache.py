"""The cache of rendered sentences."""

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.engines import Murmur
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.cache import RenderCache, key
from voicecheckin.voice.prefetcher import Prefetcher
from voicecheckin.voice.voice import Voice

SOUND = (np.sin(np.arange(16_000) / 10) * 0.3).astype(np.float32)


def kept(cache: RenderCache, filed: str) -> Samples:
    """What the cache has; it must have it."""
    found = cache.get(filed)
    assert found is not None
    return found


def test_what_was_put_is_got_by_another_process(tmp_path: Path) -> None:
    RenderCache(tmp_path).put("a", SOUND)
    assert np.allclose(kept(RenderCache(tmp_path), "a"), SOUND, atol=1e-4)
    assert RenderCache(tmp_path).get("b") is None


def test_sound_read_back_may_be_put_again_without_change(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path)
    cache.put("a", SOUND)
    once = kept(cache, "a")
    cache.put("a", once)
    assert np.array_equal(kept(cache, "a"), once)


@given(st.text(), st.text(), st.floats(0.5, 3.0))
def test_the_key_depends_on_everything_and_shows_nothing(
    text: str, engine: str, tempo: float
) -> None:
    filed = key(engine, text, tempo)
    assert filed == key(engine, text, tempo)
    assert len(filed) == 64
    others = (key(engine, text + "x", tempo), key(engine + "x", text, tempo), key(engine, text, 4))
    assert filed not in others


@pytest.mark.parametrize("damage", [b"", b"fLaC and then nothing"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    cache = RenderCache(tmp_path)
    cache.put("a", SOUND)
    (tmp_path / "a.flac").write_bytes(damage)
    assert cache.get("a") is None
    cache.put("a", SOUND)
    assert len(kept(cache, "a")) == len(SOUND)


def test_what_a_killed_process_left_behind_is_cleared_away(tmp_path: Path) -> None:
    old, new = tmp_path / ".a.1", tmp_path / ".b.2"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    RenderCache(tmp_path)
    assert list(tmp_path.iterdir()) == [new]


def test_the_oldest_goes_first_when_there_is_too_much(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path)
    for age, name in enumerate("abc"):
        cache.put(name, SOUND)
        os.utime(tmp_path / f"{name}.flac", (1000.0 + age,) * 2)
    size = (tmp_path / "a.flac").stat().st_size
    kept(cache, "a")
    smaller = RenderCache(tmp_path, limit=2 * size)
    assert smaller.get("a") is None
    assert [len(kept(smaller, name)) for name in "bc"] == [len(SOUND)] * 2


def times(folder: Path) -> list[tuple[str, int, int, int]]:
    """When each file was used, written and changed last."""
    found = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    return [(name, at.st_atime_ns, at.st_mtime_ns, at.st_ctime_ns) for name, at in found]


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    RenderCache(tmp_path).put("a", SOUND)
    long_ago = (1000.0, 2000.0)  # every system would note a use after that
    os.utime(tmp_path / "a.flac", long_ago)
    before = times(tmp_path)
    kept(RenderCache(tmp_path), "a")
    assert times(tmp_path) == before


def evening(folder: Path, wanted: list[tuple[str, float]]) -> None:
    """Let an evening ask for sentences, and last until the voice is ready."""
    rendered = threading.Event()
    speech = Prefetcher(Voice(Murmur(), RenderCache(folder)), lambda left: left or rendered.set())
    speech.expect(SCRIPT)
    for text, tempo in wanted:
        assert speech.want(text, tempo).result(60.0).any()
    assert rendered.wait(60.0)
    speech.close()


def files(folder: Path) -> list[tuple[str, bytes]]:
    """Name and content of each file, in the order in which they came to be."""
    paths = sorted(folder.iterdir(), key=lambda path: path.stat().st_ctime_ns)
    return [(path.name, path.read_bytes()) for path in paths]


SCRIPT = [f"sentence {number}" for number in range(40)]
EVENINGS = (
    [],
    [(text, 1.0) for text in SCRIPT],
    [("sentence 7", 1.0), ("sentence 30", 1.0), ("sentence 30", 0.85), ("sentence 31", 0.85)],
    [("sentence 39", 1.1), ("of no script", 1.0), ("sentence 0", 1.0)],
)


def test_very_different_evenings_leave_the_same_files_in_the_same_order(tmp_path: Path) -> None:
    for number, asked in enumerate(EVENINGS):
        evening(tmp_path / str(number), asked)
    left = [files(tmp_path / str(number)) for number in range(len(EVENINGS))]
    assert len(left[0]) == len(SCRIPT)
    assert all(one == left[0] for one in left)


def test_further_evenings_change_no_file_and_none_of_its_times(tmp_path: Path) -> None:
    evening(tmp_path, EVENINGS[0])
    before = times(tmp_path)
    for asked in EVENINGS:
        evening(tmp_path, asked)
        assert times(tmp_path) == before


def test_a_folder_that_cannot_be_written_to_only_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = RenderCache(tmp_path / "file" / "voice")
    cache.put("a", SOUND)
    cache.put("b", SOUND)
    assert cache.get("a") is None
    assert cache.trouble == "not a directory"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path)
    (tmp_path / f".a.{os.getpid()}").symlink_to("/dev/full")
    cache.put("a", SOUND)
    assert cache.get("a") is None
    assert not list(tmp_path.iterdir())
