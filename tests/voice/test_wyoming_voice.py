"""A home server's voice that answers badly: another one speaks, at once."""

import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pytest

from tests.voice.engines import Murmur
from tests.wyoming_server import message, server
from voicecheckin.errors import EngineFailed
from voicecheckin.sound.frames import RATE
from voicecheckin.voice.voice import Voice
from voicecheckin.voice.wyoming_engine import WyomingEngine

pytestmark = [
    pytest.mark.skipif(not find_spec("wyoming"), reason="the extra [wyoming] is not installed"),
    pytest.mark.filterwarnings("ignore:'audioop' is deprecated"),
]


def tone(text: str, rate: int = 22_050, kind: str = "<i2", channels: int = 1) -> bytes:
    """As much of a tone as *text* takes."""
    time = np.arange(round(0.07 * len(text) * rate)) / rate
    wave = 0.3 * np.sin(2 * np.pi * 220 * time) * np.iinfo(np.dtype(kind)).max
    return bytes(np.repeat(wave, channels).astype(kind).tobytes())


def chunk(sound: bytes, rate: int = 22_050, width: int = 2, channels: int = 1) -> bytes:
    """A message with sound."""
    return message("audio-chunk", {"rate": rate, "width": width, "channels": channels}, sound)


STOP = message("audio-stop")
GOOD: dict[str, Callable[[str], bytes]] = {
    "mono": lambda text: chunk(tone(text)) + STOP,
    "stereo": lambda text: chunk(tone(text, channels=2), channels=2) + STOP,
    "8 kHz": lambda text: chunk(tone(text, 8_000), 8_000) + STOP,
}
BAD: dict[str, Callable[[str], bytes]] = {
    "32 bits": lambda text: chunk(tone(text, kind="<i4"), width=4) + STOP,
    "8 bits": lambda text: chunk(tone(text, kind="i1"), width=1) + STOP,
    "no channel": lambda text: chunk(tone(text), channels=0) + STOP,
    "rate 0": lambda text: chunk(tone(text), 0) + STOP,
    "two rates": lambda text: chunk(tone(text)) + chunk(tone(text), 16_000) + STOP,
    "no rate": lambda text: message("audio-chunk", {}, tone(text)) + STOP,
    "nothing": lambda text: STOP,
    "silence": lambda text: chunk(bytes(80_000)) + STOP,
    "a click": lambda text: chunk(tone("")) + chunk(b"\0\1") + STOP,
    "half a sample": lambda text: chunk(tone(text)[:-1]) + STOP,
    "half a message": lambda text: chunk(tone(text))[:900],
    "half a sentence": lambda text: chunk(tone(text)),
    "an error": lambda text: message("error", {"text": "no such voice"}),
    "garbage": lambda text: b"\x00\xff\xfe\n",
    "a number": lambda text: b"42\n",
    "another protocol": lambda text: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "a negative length": lambda text: b'{"type":"audio-chunk","payload_length":-5}\nabc',
    "goodbye": lambda text: b"",
}


@pytest.mark.parametrize("kind", GOOD)
def test_whole_sound_of_any_rate_is_spoken(kind: str) -> None:
    with server(GOOD[kind]) as uri:
        sound = Voice(WyomingEngine(uri)).sentence("Welcome to the kitchen table.")
    assert 1.5 < len(sound) / RATE < 4.0


@pytest.mark.parametrize("kind", BAD)
def test_for_whatever_is_wrong_the_local_voice_takes_over_at_once(kind: str) -> None:
    local, told = Murmur("local"), list[str]()
    with server(BAD[kind]) as uri:
        voice = Voice(WyomingEngine(uri), local=lambda: local, report=told.append)
        began = time.monotonic()
        assert voice.sentence("Welcome to the kitchen table.").any()
    assert time.monotonic() - began < 6.0
    assert [text for text, _ in local.rendered] == ["Welcome to the kitchen table."]
    assert len(told) == 1
    assert told[0].endswith("I go on with local.")


def test_without_another_voice_it_is_one_sentence() -> None:
    with (
        server(BAD["an error"]) as uri,
        pytest.raises(EngineFailed, match="says that it cannot speak: mend it"),
    ):
        Voice(WyomingEngine(uri)).sentence("Welcome to the kitchen table.")
