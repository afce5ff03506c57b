"""A home server's voice over the Wyoming protocol, the extra [wyoming]."""

import asyncio
from importlib.util import find_spec

import numpy as np

from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.home_network import NotAtHome, at_home, check_home
from voicecheckin.voice.engine import Rendering, Samples
from voicecheckin.voice.polish import RATE, polished
from voicecheckin.voice.pyttsx3_worker import PROOF
from voicecheckin.voice.tempo import at_tempo

PATIENCE = 30.0
"""Seconds for one sentence, the connection included."""

DEFAULT_URI = "tcp://127.0.0.1:10200"
"""Where wyoming-piper listens by default."""

UNHURRIED = 0.081
"""Seconds a letter takes in our own Piper voice; wyoming-piper as it comes takes 0.064."""

MOST = 1.4
"""How many times longer speech is made at most; beyond it words drag."""


class WyomingEngine:
    """Asks a Wyoming server to speak; the only voice that opens a socket."""

    def __init__(self, uri: str = DEFAULT_URI) -> None:
        """Use the server at *uri*, such as tcp://homeserver:10200; NotAtHome if it is elsewhere."""
        if not find_spec("wyoming"):
            raise EngineMissing(f"The voice wyoming is not installed: {how_to_install('wyoming')}")
        check_home(uri)
        self._uri = uri
        self._longer: float | None = None

    @property
    def name(self) -> str:
        """Engine and server."""
        return f"wyoming:{self._uri}"

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken; the protocol has no tempo, so a hasty server is slowed down here.

        How hasty it is shows in the first sentence that it is asked for, which nobody hears.
        """
        if self._longer is None:
            self._longer = _longer(self._asked(PROOF))
        spoken = self._asked(text)
        slowed = at_tempo(spoken.samples, spoken.rate, tempo / self._longer)
        return Rendering(slowed, spoken.rate)

    def close(self) -> None:
        """Nothing is kept open between sentences."""

    def _asked(self, text: str) -> Rendering:
        try:
            return asyncio.run(asyncio.wait_for(self._render(text), PATIENCE))
        except (OSError, ValueError, TimeoutError, NotAtHome) as error:
            raise EngineMissing(
                f"The voice server at {self._uri} does not answer ({type(error).__name__}): "
                "start it, or choose another voice."
            ) from error

    async def _render(self, text: str) -> Rendering:
        from wyoming.audio import AudioChunk, AudioStop
        from wyoming.client import AsyncClient
        from wyoming.tts import Synthesize

        parts: list[Samples] = []
        rate = 16_000
        async with AsyncClient.from_uri(await asyncio.to_thread(at_home, self._uri)) as client:
            await client.write_event(Synthesize(text).event())
            while event := await client.read_event():
                if AudioChunk.is_type(event.type):
                    chunk = AudioChunk.from_event(event)
                    rate, wave = chunk.rate, np.frombuffer(chunk.audio, "<i2")
                    parts.append(wave[:: chunk.channels].astype(np.float32) / np.float32(32768))
                elif AudioStop.is_type(event.type):
                    return Rendering(np.concatenate(parts or [np.zeros(1, np.float32)]), rate)
        raise ConnectionError("the server ended before its sentence did")


def _longer(proof: Rendering) -> float:
    """How many times longer the server's speech has to become to be unhurried."""
    seconds = len(polished(proof)) / RATE
    letters = sum(character.isalnum() for character in PROOF)
    return min(MOST, max(1.0, UNHURRIED * letters / seconds))
