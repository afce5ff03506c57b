"""A home server's recogniser over the Wyoming protocol, the extra [wyoming].

Only answers to questions are sent there; see `Recogniser.for_commands`.
"""

import asyncio
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.hearing.pcm import WIDTH, audio_data
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.languages import NoEar
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.hearing.recognisers.speech_recognition import recognition_of
from voicecheckin.home_network import at_home, check_home
from voicecheckin.sound.frames import RATE, Samples

DEFAULT_URI = "tcp://127.0.0.1:10300"
"""Where wyoming-faster-whisper listens by default."""
PATIENCE = 4.0
"""Seconds for one utterance, the connection included; longer would feel like not being heard."""
PIECE = 0.1
"""Seconds of sound in one message."""

Report = Callable[[str], None]
"""Takes one plain sentence for the people at the table."""


class WyomingEar(Recogniser):
    """Asks a server of the couple's own; without an answer, the ear of this machine decides."""

    def __init__(
        self,
        phrasebook: Phrasebook,
        own: Recogniser,
        uri: str = DEFAULT_URI,
        report: Report = lambda _: None,
        patience: float = PATIENCE,
    ) -> None:
        """Use the server at *uri* and wait *patience* seconds; *report* is told of its loss."""
        if not find_spec("wyoming"):
            raise EngineMissing(f"The ear wyoming is not installed: {how_to_install('wyoming')}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # audioop, see pcm.py
            import wyoming.audio  # noqa: F401 - only so that it is loaded without a warning
        check_home(uri)
        self.name = f"wyoming:{uri}"
        self._phrasebook = phrasebook
        self._own = own
        self.spotter = own.spotter
        self._uri = uri
        self._report = report
        self._patience = patience
        self._lost = False

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); the server's text is dropped at once."""
        if self._lost:
            return self._own.decide(utterance, phrases)
        try:
            text = asyncio.run(asyncio.wait_for(self._transcribed(utterance), self._patience))
            return recognition_of(self._phrasebook.match(text, phrases))
        except Exception:  # whatever can be wrong with what another program sends
            # Asking again for every utterance would make each of them wait: lost is lost tonight.
            self._lost = True
            deaf = isinstance(self._own, NoEar)
            rest = "I cannot make out words any more." if deaf else "I go on with my own ear."
            self._report(f"The speech server at {self._uri} does not answer. {rest}")
            return self._own.decide(utterance, phrases)

    def for_commands(self) -> Recogniser:
        """Return the ear of this machine, which hears what no server gets to hear."""
        return self._own

    async def _transcribed(self, utterance: Samples) -> str:
        from wyoming.asr import Transcribe, Transcript
        from wyoming.audio import AudioChunk, AudioStart, AudioStop
        from wyoming.client import AsyncClient

        sound = audio_data(utterance).get_raw_data()
        step = round(PIECE * RATE) * WIDTH
        async with AsyncClient.from_uri(await asyncio.to_thread(at_home, self._uri)) as client:
            await client.write_event(Transcribe(language=self._phrasebook.language).event())
            await client.write_event(AudioStart(RATE, WIDTH, 1).event())
            for start in range(0, len(sound), step):
                piece = AudioChunk(RATE, WIDTH, 1, sound[start : start + step])
                await client.write_event(piece.event())
            await client.write_event(AudioStop().event())
            while event := await client.read_event():
                if Transcript.is_type(event.type):
                    return Transcript.from_event(event).text
        raise ConnectionError("the server ended before its answer did")
