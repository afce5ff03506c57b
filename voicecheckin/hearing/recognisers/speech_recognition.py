"""Any recogniser that SpeechRecognition offers and that works on this machine."""

import difflib
import warnings
from collections.abc import Sequence
from importlib.util import find_spec

from voicecheckin.errors import EngineMissing, SettingsError
from voicecheckin.hearing.pcm import audio_data
from voicecheckin.hearing.phrases.phrasebook import Match, Phrasebook
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import Samples

LOCAL = {
    "vosk": ("vosk", "pip install SpeechRecognition[vosk], then: sprc download vosk"),
    "sphinx": ("pocketsphinx", "pip install pocketsphinx"),
    "whisper": ("whisper", "pip install SpeechRecognition[whisper-local]"),
    "faster_whisper": ("faster_whisper", "pip install SpeechRecognition[faster-whisper]"),
}
"""Recognisers that need no network: the package behind each, and how to get it."""
UNDERSTOOD = 0.9
"""Score of a text that is, word for word, one of our phrases: free transcription was never wrong
about 138 recorded words, and about 3 % of them in a kitchen."""


class TranscriptEar(Recogniser):
    """Matches what a recogniser of SpeechRecognition wrote to our phrases, and drops it at once."""

    def __init__(self, recogniser: str, phrasebook: Phrasebook) -> None:
        """Use `recognize_<recogniser>`; EngineMissing if it is not installed."""
        if recogniser not in LOCAL:
            raise SettingsError(_unknown(recogniser))
        package, remedy = LOCAL[recogniser]
        if not find_spec(package):
            raise EngineMissing(f"The ear sr:{recogniser} is not installed: {remedy}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # see pcm.py
            import speech_recognition  # type: ignore[import-untyped]  # ships no types

        self.name = f"sr:{recogniser}"
        self._phrasebook = phrasebook
        self._unheard = speech_recognition.UnknownValueError
        self._broken = (
            speech_recognition.RequestError,
            speech_recognition.exceptions.SetupError,
            OSError,
        )
        self._recognise = getattr(speech_recognition.Recognizer(), f"recognize_{recogniser}")

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); the text is dropped at once."""
        try:
            text = self._recognise(audio_data(utterance))
        except self._unheard:
            return Recognition(None, UNDERSTOOD)
        except self._broken as error:
            raise EngineMissing(f"The ear {self.name} does not work: {error}") from error
        return recognition_of(self._phrasebook.match(str(text), phrases))


def recognition_of(match: Match) -> Recognition:
    """Return what a matched text means."""
    return Recognition(match.phrase, 0.5 if match.doubt else UNDERSTOOD, match.doubt)


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, LOCAL, 1, 0.4)
    hint = f"did you mean sr:{near[0]}?" if near else f"there are sr:{', sr:'.join(LOCAL)}."
    return f"The ear sr:{name} cannot be used, or would send your voices away: {hint}"
