"""A few words, heard where PocketSphinx hears little: in a kitchen, over the device's voice.

A small network on openWakeWord's embeddings, which were made for finding keywords and come with
the library. `scripts/train-spotter` makes it; heads/en/words.md says from whom, and how well.
"""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from voicecheckin.ear.head import Numbers, chances_of, load_nets
from voicecheckin.ear.pcm import RATE, audio_data
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.recogniser import Samples, Verdict
from voicecheckin.errors import ContentError, EngineMissing, how_to_install

CHUNK = 1280
"""Samples that the library takes at a time: 80 ms, from one embedding to the next."""
LONGEST = 2.4
"""Seconds, stillness before and after included; whatever is longer is no single word."""
LEAD = 4800
"""Samples of stillness before the sound: a word at its very beginning is seen whole as well."""
LEAST = 13_600
"""Samples that have to be there for one embedding; it sees 775 ms."""
DOUBT = 0.2
"""Chance from which a word is worth asking again."""


@dataclass(frozen=True, slots=True)
class Limit:
    """From which chance on a word counts."""

    asked: float
    """After a question."""
    aside: float
    """While somebody has the word: in an hour of talk, nobody must be stopped."""
    over_voice: float
    """While the device speaks."""


class WordSpotter:
    """Tells a few single words from each other and from everything else."""

    def __init__(self, phrasebook: Phrasebook) -> None:
        """Load the library's two small models, and the head for the phrasebook's language."""
        self._phrasebook = phrasebook
        self._embed = Embeddings()
        folder = files("voicecheckin.ear") / "heads" / phrasebook.language
        try:
            self._nets, gists = load_nets(folder / "words.npz")
            self._limits = read_limits(folder / "words.toml")
            self._places = {word: gists.index(word) for word in self._limits}
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise ContentError(
                f"{folder}: the words that are spotted cannot be read ({error}). "
                "Install voicecheckin again, or make them with scripts/train-spotter."
            ) from error

    @property
    def words(self) -> Collection[str]:
        """The words that are spotted."""
        return self._limits.keys()

    def decide(
        self, utterance: Samples, phrases: Sequence[str], over_voice: bool = False
    ) -> Verdict | None:
        """Judge one whole utterance among *phrases* (ids), or leave it: it is no single word.

        Nothing of it is kept. *over_voice* while the device speaks.
        """
        if not 0 < utterance.size <= LONGEST * RATE:
            return None
        chances = chances_of(self._nets, self._embed(utterance))
        word = max(self._limits, key=lambda word: chances[self._places[word]])
        chance = float(chances[self._places[word]])
        phrase = self._phrasebook.match(word, phrases).phrase
        if phrase is None or chance < DOUBT:
            return Verdict(None, 1.0 - chance)
        return Verdict(phrase, chance, doubt=chance < self._needed(word, phrases, over_voice))

    def _needed(self, word: str, phrases: Sequence[str], over_voice: bool) -> float:
        limit = self._limits[word]
        if over_voice:
            return limit.over_voice
        asked = not set(phrases) <= set(self._phrasebook.commands)
        return limit.asked if asked else limit.aside


class Embeddings:
    """Sound to numbers: a row of 96 for each 80 ms."""

    def __init__(self) -> None:
        try:
            from pyopen_wakeword import OpenWakeWordFeatures
        except ImportError as error:
            raise EngineMissing(
                f"To spot words, pyopen-wakeword is needed: {how_to_install('pyopen-wakeword')}"
            ) from error
        self._features = OpenWakeWordFeatures.from_builtin()

    def __call__(self, utterance: Samples) -> Numbers:
        """Return the rows of *utterance*, oldest first; nothing of it is kept."""
        lead = max(LEAD, LEAST - utterance.size)
        sound = np.pad(utterance, (lead, CHUNK + CHUNK // 2))
        data = audio_data(sound[: sound.size // CHUNK * CHUNK]).get_raw_data()
        size = 2 * CHUNK
        self._forget()
        rows = [
            row.reshape(1, -1)
            for start in range(0, len(data), size)
            for row in self._features.process_streaming(data[start : start + size])
        ]
        self._forget()
        return np.concatenate(rows)

    def _forget(self) -> None:
        """Drop the sound; the library's own reset would have it hear eight seconds of nothing."""
        self._features.audio.fill(0)
        self._features.mels.fill(0)
        self._features.new_audio_samples = self._features.new_mels = 0


def read_limits(file: Traversable) -> dict[str, Limit]:
    """From which chance on each word counts."""
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    return {word: Limit(**table) for word, table in words.items()}
