"""PocketSphinx, made to doubt rather than to err: it hears wordings that no head knows."""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecheckin.errors import EngineMissing, how_to_install
from voicecheckin.hearing.pcm import audio_data
from voicecheckin.hearing.phrases.grammar import (
    other_words,
    phrase_grammar,
    sounds_of,
    word_grammar,
    words_of,
)
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.calibration import Calibration, read_calibration
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import RATE, Samples

QUESTIONS_KEPT = 2
"""Compiled grammars that stay in memory; one takes nine megabytes, and a twelfth of a second."""
SHORTEST = 0.1
"""Seconds; nothing shorter is a word."""
SLOWER = 1.06
"""The second hearing is that much slower: what is a word stays one, what is chance does not."""
FEATURES = (
    "better_than_phones",
    "better_than_others",
    "better_than_others_slower",
    "worst_word",
    "same_when_slower",
    "log_spoken_frames",
    "spoken_share",
    "words",
)
"""What an impression consists of; the weights in sphinx.toml go by these names."""
OTHERS, PHONES = "others", "phones"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one search made of one utterance."""

    text: str
    frames: int
    """Hundredths of a second."""
    spoken: int
    """Frames that are part of a word."""
    fit: float
    """How well the sound fits, as log likelihood a frame."""
    worst: float
    """The same for the word that fits worst."""


class SphinxEar(Recogniser):
    """One warm decoder; a grammar for each set of phrases, compiled in memory."""

    name = "sphinx"

    def __init__(self, phrasebook: Phrasebook, calibration: Calibration | None = None) -> None:
        """Load the acoustic model that comes with PocketSphinx."""
        try:
            import pocketsphinx  # type: ignore[import-untyped]  # ships no types
        except ImportError as error:
            raise EngineMissing(
                f"The ear sphinx is not installed: {how_to_install('pocketsphinx')}"
            ) from error
        self._phrasebook = phrasebook
        self._calibration = calibration or read_calibration()
        # Without the 134,000 words of the usual dictionary; it is read for ours.
        self._decoder = pocketsphinx.Decoder(
            dict=None, lm=None, cmn="batch", bestpath=False, silprob=0.05, loglevel="FATAL"
        )
        folder = Path(pocketsphinx.get_model_path("en-us"))
        self._known = self._learn_words(folder / "cmudict-en-us.dict")
        self._decoder.add_allphone_file(PHONES, None)
        self._grammars: OrderedDict[frozenset[str], str] = OrderedDict()

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        phrase, features = self.impression(utterance, phrases)
        return self._calibration.result(phrase, features)

    def impression(
        self, utterance: Samples, phrases: Sequence[str]
    ) -> tuple[str | None, tuple[float, ...]]:
        """Return the likeliest phrase, and the numbers from which its score is reckoned."""
        grammar = self._grammar(phrases)
        if utterance.size < SHORTEST * RATE or not utterance.any():
            return None, ()
        first = self._hear(grammar, utterance)
        phrase = self._meaning(first, phrases)
        if first is None or phrase is None:
            return None, ()
        sound = self._hear(PHONES, utterance)
        other = self._hear(OTHERS, utterance)
        slow = _stretched(utterance)
        again = self._hear(grammar, slow)
        other_again = self._hear(OTHERS, slow)
        return phrase, (
            first.fit - (sound.fit if sound else 0.0),
            first.fit - (other.fit if other else 0.0),
            (again.fit if again else 0.0) - (other_again.fit if other_again else 0.0),
            first.worst,
            float(self._meaning(again, phrases) == phrase),
            float(np.log(max(first.spoken, 1))),
            first.spoken / max(first.frames, 1),
            float(len(first.text.split())),
        )

    def _learn_words(self, dictionary: Path) -> frozenset[str]:
        ours = words_of(self._phrasebook)
        others = frozenset(other_words(self._phrasebook.language)) - ours
        sounds = sounds_of(ours | others, dictionary)
        for word, ways in sounds.items():
            for number, phones in enumerate(ways, 1):
                self._decoder.add_word(word if number == 1 else f"{word}({number})", phones, False)
        self._decoder.add_jsgf_string(OTHERS, word_grammar(sorted(others & sounds.keys())))
        missing = ours - sounds.keys()
        if missing:
            _log.info("sphinx cannot pronounce: %s", ", ".join(sorted(missing)))
        return frozenset(sounds)

    def _grammar(self, phrases: Sequence[str]) -> str:
        """Return the name of the compiled grammar for *phrases*."""
        wanted = frozenset(phrases)
        if wanted in self._grammars:
            self._grammars.move_to_end(wanted)
            return self._grammars[wanted]
        if len(self._grammars) >= QUESTIONS_KEPT:
            _, oldest = self._grammars.popitem(last=False)
            self._decoder.activate_search(OTHERS)
            self._decoder.remove_search(oldest)
        name = "|".join(sorted(wanted))
        self._decoder.add_jsgf_string(name, phrase_grammar(self._phrasebook, phrases, self._known))
        self._grammars[wanted] = name
        return name

    def _meaning(self, hearing: Hearing | None, phrases: Sequence[str]) -> str | None:
        return self._phrasebook.match(hearing.text, phrases).phrase if hearing else None

    def _hear(self, search: str, utterance: Samples) -> Hearing | None:
        """Decode *utterance* with one search."""
        sound = audio_data(utterance).get_raw_data()
        # Its estimate of the noise would outlive the utterance, and the next one be heard worse.
        self._decoder.reinit_feat()
        self._decoder.activate_search(search)
        self._decoder.start_utt()
        self._decoder.process_raw(sound, full_utt=True)
        self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        if hypothesis is None:
            return None
        scored = [
            (segment.word, segment.end_frame - segment.start_frame + 1, _log_of(segment.ascore))
            for segment in self._decoder.seg()
        ]
        words = [(frames, fit) for word, frames, fit in scored if word[0] not in "<[(+"]
        frames = sum(frames for _, frames, _ in scored)
        return Hearing(
            hypothesis.hypstr,
            frames,
            sum(frames for frames, _ in words),
            sum(fit for _, _, fit in scored) / max(frames, 1),
            min((fit / frames for frames, fit in words), default=0.0),
        )


def _log_of(likelihood: float) -> float:
    # PocketSphinx counts in steps of 1.0001; its own scale makes the numbers readable.
    return 1e4 * float(np.log(max(likelihood, 1e-300)))


def _stretched(utterance: Samples) -> Samples:
    import soxr

    slow: Samples = soxr.resample(utterance, RATE, round(RATE * SLOWER)).astype(np.float32)
    return slow
