"""A home server's voice over the Wyoming protocol, the extra [wyoming]."""

import asyncio
from importlib.util import find_spec

import numpy as np

from voicecheckin.errors import EngineMissing
from voicecheckin.voice.engine import Rendering, Samples

PATIENCE = 30.0
"""Seconds for one sentence, the connection included."""

DEFAULT_URI = "tcp://127.0.0.1:10200"
"""Where wyoming-piper listens by default."""


class WyomingEngine:
    """Asks a Wyoming server to speak; the only voice that opens a socket."""

    def __init__(self, uri: str = DEFAULT_URI) -> None:
        """Use the server at *uri*, such as tcp://homeserver:10200."""
        if not find_spec("wyoming"):
            raise EngineMissing(
                "The voice wyoming is not installed: pip install voicecheckin[wyoming]"
            )
        self._uri = uri

    @property
    def name(self) -> str:
        """Engine and server."""
        return f"wyoming:{self._uri}"

    def render(self, text: str, tempo: float) -> Rendering:
        """Return *text* spoken; the protocol has no tempo, so it is the server's own.

        wyoming-piper speaks 230 words a minute, and 180 like our own Piper with --length-scale 1.4.
        """
        try:
            return asyncio.run(asyncio.wait_for(self._render(text), PATIENCE))
        except (OSError, ValueError, TimeoutError) as error:
            raise EngineMissing(
                f"The voice server at {self._uri} does not answer ({type(error).__name__}): "
                "start it, or choose another voice."
            ) from error

    def close(self) -> None:
        """Nothing is kept open between sentences."""

    async def _render(self, text: str) -> Rendering:
        from wyoming.audio import AudioChunk, AudioStop
        from wyoming.client import AsyncClient
        from wyoming.tts import Synthesize

        parts: list[Samples] = []
        rate = 16_000
        async with AsyncClient.from_uri(self._uri) as client:
            await client.write_event(Synthesize(text).event())
            while event := await client.read_event():
                if AudioChunk.is_type(event.type):
                    chunk = AudioChunk.from_event(event)
                    rate, wave = chunk.rate, np.frombuffer(chunk.audio, "<i2")
                    parts.append(wave[:: chunk.channels].astype(np.float32) / np.float32(32768))
                elif AudioStop.is_type(event.type):
                    return Rendering(np.concatenate(parts or [np.zeros(1, np.float32)]), rate)
        raise ConnectionError("the server ended before its sentence did")
