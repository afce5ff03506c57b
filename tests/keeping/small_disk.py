"""Lives a sitting on a disk of one megabyte, full or read-only; a program of its own.

It runs as the owner of a mount namespace, so that it can make such a disk.
"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.keeping.evenings import BOTH, later, sitting, voice, whereabouts
from tests.trace import live
from voicecheckin.errors import VoiceCheckinError
from voicecheckin.keeping.errors import KeepingError
from voicecheckin.keeping.store import SittingStore
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine
from voicecheckin.voice.voice import Voice


def mount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


def told(error: VoiceCheckinError | None) -> list[str]:
    return [error.problem.name, str(error)] if isinstance(error, KeepingError) else []


def full(folder: Path) -> dict[str, object]:
    """Keep more than there is room for; what was kept before must still be there afterwards."""
    mount(folder, "size=1m")
    where = whereabouts(folder)
    store = SittingStore(where, later())
    store.remember("agreements", "agreements")
    for deed in sitting(1, later(), ("SF1", "SF2"))[:4]:
        deed(store)
    kept = [store.add_keepsakes([voice(20, seed)], BOTH) for seed in range(6)]
    said = told(store.take_trouble())
    store.mark_topic("SF7")
    subprocess.run(["mount", "-o", "remount,size=8m", str(folder)], check=True)
    again = SittingStore(where, later(1))
    whole = [again.sound_of(one, BOTH) is not None for one in again.state.keepsakes]
    return {
        "said": said,
        "said again": told(store.take_trouble()),
        "kept": sum(kept),
        "found": len(whole),
        "offered": sorted(again.state.journey.offered),
    }


def full_from_the_start(folder: Path) -> dict[str, object]:
    """Not even the file can be made."""
    mount(folder, "size=1m")
    folder.joinpath("other").write_bytes(bytes(1 << 20 if os.getuid() else (1 << 20) - 4096))
    store = SittingStore(whereabouts(folder), later())
    store.remember("dates", "dates")
    store.mark_topic("SF1")
    return {"said": told(store.take_trouble()), "memory": store.memory}


def read_only(folder: Path) -> dict[str, object]:
    """Nothing can be written, and nothing forgotten; that is said."""
    mount(folder, "size=8m")
    where = whereabouts(folder)
    store = SittingStore(where, later())
    for deed in sitting(1, later(), ("SF1",)):
        deed(store)
    before = where.file.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    store = SittingStore(where, later(1))
    store.remember("dates", "dates")
    store.mark_topic("SF7")
    said = told(store.take_trouble())
    try:
        store.forget_everything()
        forgotten = []
    except KeepingError as error:
        forgotten = told(error)
    same = where.file.read_bytes() == before
    return {"said": said, "memory": store.memory, "forgotten": forgotten, "same": same}


def unplugged_and_full(folder: Path) -> dict[str, object]:
    """Say the help and the closing where nothing can be written and no network is."""
    mount(folder, "size=1m")
    folder.joinpath("other").write_bytes(bytes(1 << 20 if os.getuid() else (1 << 20) - 4096))
    store = SittingStore(whereabouts(folder), later())
    store.remember("dates", "dates")
    cache = RenderCache(folder / "voice")
    speaker = Voice(Pyttsx3Engine(), cache)
    trace = live("leaving")
    said = dict.fromkeys(trace.said_in("O4", "C6"))
    speaker.render_ahead(list(said))
    loudest = [float(abs(speaker.sentence(text)).max()) for text in said]
    speaker.close()
    return {
        "devices": [name for _, name in socket.if_nameindex() if name != "lo"],
        "written": not cache.trouble or store.works,
        "steps": sorted({speak.step for _, speak in trace.spoken} & {"O4", "C6"}),
        "sentences": len(said),
        "sounding": sum(level > 0.05 for level in loudest),
    }


CASES = {case.__name__: case for case in (full, full_from_the_start, read_only, unplugged_and_full)}

if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]](Path(sys.argv[2]))))
