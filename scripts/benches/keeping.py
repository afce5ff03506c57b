"""What is kept: how long it takes until it lasts, how large it is, and what is left once forgotten.

Everything happens in a new folder on the disk of --folder, as in a sitting; sounds are noise, the
hardest to pack. The disk is then searched for the topic, the sound and the key that were kept.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from benches._tables import Table, middle_and_late, parser, show

from voicecheckin.keeping.sound import packed_sound
from voicecheckin.keeping.state import ResumePoint
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.sound.frames import RATE, Samples

TOPIC = "planted-topic-quince"
SECONDS = 20
NOW = datetime(2030, 3, 1, 20, 0)
TIMES = 200
PIECE = 16
"""Bytes of each trace that is searched for."""


def seconds_of(deed: Callable[[], object], times: int = 1) -> list[float]:
    """How long *deed* takes, each time."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - began)
    return taken


def size(folder: Path) -> int:
    """Bytes in all files below *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def traces(sounds: Sequence[Samples], key: bytes) -> Iterator[bytes]:
    """Pieces of what was planted, as text, samples, packed sound and key."""
    yield from (TOPIC.encode(), key.split()[1])
    for sound in sounds:
        for whole in (sound.tobytes(), packed_sound(sound)):
            yield from (whole[at : at + PIECE] for at in range(4000, len(whole) - PIECE, 4000))


def found(folder: Path, pieces: Sequence[bytes]) -> int:
    """How many of *pieces* lie in plain in some file."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return sum(any(piece in content for content in files) for piece in pieces)


def rows(folder: Path) -> Iterator[tuple[str, str]]:
    """One sitting with two keepsakes, closed, opened again, and forgotten."""
    where = Where(
        folder / "data" / "kept", folder / "config" / "key", memory="agreements", keepsakes=True
    )
    noise = np.random.default_rng(7).uniform(-0.5, 0.5, (2, SECONDS * RATE))
    sounds = [np.asarray(one, np.float32) for one in noise]
    store = SittingStore(where, NOW)
    store.remember("agreements", "agreements")
    place = ResumePoint("SF1", 0, NOW, 1, "usual")
    marks = seconds_of(lambda: store.mark_resume(place), TIMES)
    yield f"a mark, of {TIMES}: median, 95 %", ", ".join(middle_and_late(marks, 4))
    store.mark_topic(TOPIC)
    store.mark_end()
    yield "the files after an evening without offers, bytes", str(size(folder))
    store = SittingStore(where, NOW)
    store.remember("agreements", "agreements")
    store.mark_topic(TOPIC)
    [both] = seconds_of(lambda: store.add_keepsakes(sounds, (True, True)))
    yield f"two offers of {SECONDS} s", f"{both:.4f} s"
    yield "the files with both, bytes", str(size(folder))
    pieces = list(traces(sounds, where.key.read_bytes()))
    yield "pieces looked for; in plain in the store", f"{len(pieces)}; {found(folder, pieces[2:])}"
    [again] = seconds_of(lambda: SittingStore(where, NOW + timedelta(1)))
    yield "opening it again", f"{again:.4f} s"
    store = SittingStore(where, NOW + timedelta(1))
    [forgetting] = seconds_of(store.forget_everything)
    yield "forgetting everything", f"{forgetting:.4f} s"
    yield "pieces found afterwards, of words, sounds and key", str(found(folder, pieces))
    yield "files left, bytes", str(size(folder))


def main() -> None:
    """Print a table."""
    line = parser("keeping", __doc__)
    line.add_argument("--folder", type=Path, help="measure on the disk of this folder")
    options = line.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        table = Table("What is kept", ("", "figure"), list(rows(Path(folder))))
    show([table], options.json)


if __name__ == "__main__":
    main()
