"""The ear for one phrase, chosen by the couple: what begins a sitting."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from voicecheckin.errors import EngineMissing, SettingsError, how_to_install
from voicecheckin.hearing.pcm import audio_data
from voicecheckin.hearing.phrases.grammar import sounds_of
from voicecheckin.hearing.phrases.wording import normal
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import RATE, Samples

BEGIN = "check in"
"""The id of the phrase that begins a sitting, whatever its words are."""
THRESHOLD = 1e-20
"""How much likelier than any other sound the phrase must be, as PocketSphinx counts it.

With two of three hearings it takes "let's check in" 11 times of 12 from flite's voices, and 8 of
18 from espeak-ng's; of 150 other short sentences 5, such as "let's chicken". Real people are yet to
be tried.
"""
TEMPOS = (1.0, 1.06, 0.94)
"""Every utterance is heard three times, a little slower and quicker: chance does not last."""
NEEDED = 2
ROOM = 0.003
"""Amplitude of the noise that is added: in a silence as still as no room's it misses voices."""
SHORTEST = 0.3
"""Seconds; nothing shorter is a phrase of several words."""


class WakePhraseEar(Recogniser):
    """Spots one phrase, in any words that can be pronounced; makes no transcript."""

    name = "wake phrase"

    def __init__(self, phrase: str) -> None:
        """Listen for *phrase*; SettingsError if it has a word that this ear cannot pronounce."""
        try:
            import pocketsphinx  # type: ignore[import-untyped]  # ships no types
        except ImportError as error:
            raise EngineMissing(
                f"To begin by a phrase, pocketsphinx is needed: {how_to_install('pocketsphinx')}"
            ) from error
        words = normal(phrase).split()
        folder = Path(pocketsphinx.get_model_path("en-us"))
        sounds = sounds_of(frozenset(words), folder / "cmudict-en-us.dict")
        for word in words:
            if word not in sounds:
                raise SettingsError(f"the ear cannot pronounce {word!r}; choose other words.")
        self._decoder = pocketsphinx.Decoder(
            dict=None, lm=None, cmn="batch", kws_threshold=THRESHOLD, loglevel="FATAL"
        )
        for word, ways in sounds.items():
            for number, phones in enumerate(ways, 1):
                self._decoder.add_word(word if number == 1 else f"{word}({number})", phones, False)
        self._decoder.add_keyphrase(BEGIN, " ".join(words))
        self._decoder.activate_search(BEGIN)

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Whether *utterance* is the phrase, if that is among *phrases*; nothing of it is kept."""
        if BEGIN not in phrases or utterance.size < SHORTEST * RATE or not utterance.any():
            return Recognition(None, 1.0)
        noise = np.random.default_rng(0).standard_normal(utterance.size).astype(np.float32)
        heard = utterance + ROOM * noise
        votes = sum(self._hears(_at_tempo(heard, tempo)) for tempo in TEMPOS)
        if votes >= NEEDED:
            return Recognition(BEGIN, votes / len(TEMPOS))
        return Recognition(None, 1.0 - votes / len(TEMPOS))

    def _hears(self, utterance: Samples) -> bool:
        self._decoder.reinit_feat()
        self._decoder.start_utt()
        self._decoder.process_raw(audio_data(utterance).get_raw_data(), full_utt=True)
        self._decoder.end_utt()
        return self._decoder.hyp() is not None


def _at_tempo(utterance: Samples, tempo: float) -> Samples:
    import soxr

    if tempo == 1.0:
        return utterance
    changed: Samples = soxr.resample(utterance, RATE, round(RATE * tempo)).astype(np.float32)
    return changed
