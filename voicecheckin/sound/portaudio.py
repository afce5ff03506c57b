"""PortAudio's devices, found by name; imported only when a sound card is wanted."""

import difflib
import os
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from voicecheckin.errors import SoundUnavailable
from voicecheckin.sound.frames import FRAME_SECONDS, RATE

Way = Literal["input", "output"]

RATES = (RATE, 48_000, 44_100, 32_000, 96_000)
"""Hz, tried in this order; a bare USB device often knows only one or two of them."""

NOUN = {"input": "microphone", "output": "speaker"}

LETTING_GO = 2.0
"""Seconds a vanished device may take to close before we go on without it."""

_leaving: list[threading.Thread] = []
"""Where devices are still being closed that took longer."""

HARDWARE = re.compile(r"\s*\(hw:\d+,\d+\)$")
"""ALSA's card number behind a device's name: another one after each replugging."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a speaker as it can be opened now."""

    name: str
    """Its name without the card number, by which it is found again."""
    way: Way
    index: int
    """PortAudio's number for it, until the next `restart`."""
    rate: int
    """Hz."""
    channels: int

    @property
    def block(self) -> int:
        """Samples in 30 ms."""
        return round(self.rate * FRAME_SECONDS)


def portaudio() -> ModuleType:
    """Return sounddevice, which needs PortAudio's library."""
    try:
        import sounddevice
    except OSError as error:
        raise SoundUnavailable(
            "The sound card needs the PortAudio library: sudo apt install libportaudio2"
        ) from error
    module: ModuleType = sounddevice
    return module


def restart() -> None:
    """Look for devices anew, as PortAudio lists them only once; this closes all streams.

    Not while a stream is being closed: two at it at once would wait for each other for ever.
    """
    _leaving[:] = filter(threading.Thread.is_alive, _leaving)
    if _leaving:
        raise SoundUnavailable("A device that went away has not let go yet.")
    sounddevice = portaudio()
    try:
        sounddevice._terminate()
        sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise SoundUnavailable(f"PortAudio cannot be started again: {error}") from error


def let_go(close: Callable[[], object]) -> None:
    """Run *close* and wait two seconds for it at most; a device that hangs is left behind."""
    closing = threading.Thread(target=close, daemon=True, name="closing sound")
    closing.start()
    closing.join(LETTING_GO)
    if closing.is_alive():
        _leaving.append(closing)


def names(way: Way) -> list[str]:
    """Return the names of all devices that can be opened that way."""
    return [name for name, _ in _listed(way)]


def find(way: Way, name: str = "") -> Device:
    """Return the device whose name is, or holds, *name*; the system's default if that is empty."""
    sounddevice = portaudio()
    if not name:
        try:
            return _usable(way, sounddevice.query_devices(kind=way)["index"])
        except UnicodeDecodeError as error:
            raise _unspeakable(way, error) from error
        except (sounddevice.PortAudioError, ValueError) as error:
            raise SoundUnavailable(f"There is no {NOUN[way]} on this machine.") from error
    for fits in (str.__eq__, str.__contains__):
        for known, index in _listed(way):
            if fits(known.lower(), name.lower()):
                return _usable(way, index)
    raise SoundUnavailable(f"There is no {NOUN[way]} called {name!r}: {_instead(name, names(way))}")


def _listed(way: Way) -> Iterator[tuple[str, int]]:
    """Names and numbers, also of a device whose name is no text: which way it goes is not known."""
    sounddevice = portaudio()
    for index in sorted(one for api in sounddevice.query_hostapis() for one in api["devices"]):
        try:
            entry = sounddevice.query_devices(index)
        except UnicodeDecodeError as error:
            yield _readable(error), index
        else:
            if entry[f"max_{way}_channels"]:
                yield HARDWARE.sub("", entry["name"]), index


def _readable(error: UnicodeDecodeError) -> str:
    """A name that is no text, with a sign of its own for each byte that is none."""
    return HARDWARE.sub("", error.object.decode("utf-8", "replace"))


def _unspeakable(way: Way, error: UnicodeDecodeError) -> SoundUnavailable:
    return SoundUnavailable(
        f"The {NOUN[way]} {_readable(error)!r} cannot be opened: its name holds bytes that are no "
        "text. Choose another one, or give it another name."
    )


def _instead(name: str, known: Iterable[str]) -> str:
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(name, names, 1, 0.4)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(names)}." if names else "there are none at all."


def _usable(way: Way, index: int) -> Device:
    """Return the device at *index* with a rate that it really accepts."""
    sounddevice = portaudio()
    try:
        entry = sounddevice.query_devices(index)
    except UnicodeDecodeError as error:
        raise _unspeakable(way, error) from error
    name = HARDWARE.sub("", entry["name"])
    channels = min(entry["max_output_channels"], 2) if way == "output" else 1
    check = getattr(sounddevice, f"check_{way}_settings")
    problem = ""
    for rate in (*RATES, int(entry["default_samplerate"])):
        try:
            check(device=index, channels=channels, dtype="float32", samplerate=rate)
        except (sounddevice.PortAudioError, ValueError) as error:
            problem = str(error).splitlines()[0]
        else:
            return Device(name, way, index, rate, channels)
    raise SoundUnavailable(f"The {NOUN[way]} {name!r} cannot be opened: {problem}.")


def quiet_libraries() -> None:
    """Keep ALSA's and PortAudio's own complaints off the terminal; Python's still get there.

    For the program's start: they write to the standard error stream directly, whenever a device
    is missing or lost, and our one plain sentence would drown in it.
    """
    kept = os.dup(2)
    sys.stderr = os.fdopen(kept, "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
