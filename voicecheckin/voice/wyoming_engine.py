"""A home server's voice over the Wyoming protocol, the extra [wyoming]."""

import asyncio
from importlib.util import find_spec

import numpy as np

from voicecheckin.errors import EngineFailed, EngineMissing, how_to_install
from voicecheckin.home_network import NotAtHome, at_home, check_home
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.voice.engine import Rendering, check
from voicecheckin.voice.postprocess import post_processed
from voicecheckin.voice.tempo import at_tempo

PATIENCE = 8.0
"""Seconds for one sentence, the connection included."""

PROOF = "Take your time with this, there is no hurry at all."

WIDTH = 2
"""Bytes in a sample: the only kind of sound that servers of this protocol give."""

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
            proof = self._asked(PROOF)
            check(proof, PROOF)
            self._longer = _longer(proof)
        spoken = self._asked(text)
        slowed = at_tempo(spoken.samples, spoken.rate, tempo / self._longer)
        return Rendering(slowed, spoken.rate)

    def close(self) -> None:
        """Nothing is kept open between sentences."""

    def _asked(self, text: str) -> Rendering:
        """Return what the server makes of *text*; whatever is wrong with that is EngineFailed."""
        try:
            return asyncio.run(asyncio.wait_for(self._render(text), PATIENCE))
        except (EngineFailed, NotAtHome):
            raise
        except Exception as error:  # whatever can be wrong with what another program sends
            raise EngineFailed(
                f"The voice server at {self._uri} does not answer ({type(error).__name__}): "
                "start it, or choose another voice."
            ) from error

    async def _render(self, text: str) -> Rendering:
        from wyoming.audio import AudioChunk, AudioStop
        from wyoming.client import AsyncClient
        from wyoming.error import Error
        from wyoming.tts import Synthesize

        parts: list[Samples] = []
        rates: set[int] = set()
        async with AsyncClient.from_uri(await asyncio.to_thread(at_home, self._uri)) as client:
            await client.write_event(Synthesize(text).event())
            while event := await client.read_event():
                if AudioChunk.is_type(event.type):
                    chunk = AudioChunk.from_event(event)
                    parts.append(self._samples(chunk.audio, chunk.width, chunk.channels))
                    rates.add(chunk.rate)
                elif AudioStop.is_type(event.type):
                    return self._whole(parts, rates)
                elif Error.is_type(event.type):
                    raise self._failed("says that it cannot speak")
        raise self._failed("ended before its sentence did")

    def _samples(self, audio: bytes, width: int, channels: int) -> Samples:
        """Return the first channel of a piece of sound."""
        if width != WIDTH or channels < 1 or len(audio) % (width * channels):
            raise self._failed(f"gives sound of {width} bytes and {channels} channels")
        return np.frombuffer(audio, "<i2")[::channels].astype(np.float32) / np.float32(32768)

    def _whole(self, parts: list[Samples], rates: set[int]) -> Rendering:
        if not parts or len(rates) != 1:
            raise self._failed("gives no sound" if not parts else "changes its rate")
        return Rendering(np.concatenate(parts), rates.pop())

    def _failed(self, how: str) -> EngineFailed:
        return EngineFailed(
            f"The voice server at {self._uri} {how}: mend it, or choose another voice."
        )


def _longer(proof: Rendering) -> float:
    """How many times longer the server's speech has to become to be unhurried."""
    seconds = len(post_processed(proof)) / RATE
    letters = sum(character.isalnum() for character in PROOF)
    return min(MOST, max(1.0, UNHURRIED * letters / seconds))
