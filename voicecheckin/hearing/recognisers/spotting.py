"""One word that is heard where PocketSphinx hears little: "stop", over the device's own voice.

A small network on openWakeWord's speech embedding, which was made for finding keywords and comes
with the library. `scripts/train-spotter` makes it; heads/en/stop.md says from whom, and how well.
It takes the end of "don't stop" for a stop as well: over the device's voice, and in the rests
between its sentences, that is no harm, and nowhere else is it asked.
"""

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from voicecheckin.conversation.messages import Command
from voicecheckin.errors import ContentError, EngineMissing, how_to_install
from voicecheckin.hearing.pcm import audio_data
from voicecheckin.hearing.recognisers.head import DAMAGED, Numbers, chances_of, load_nets
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import RATE, Samples

STOP = Command.STOP.value

CHUNK = 1280
"""Samples that the library takes at a time: 80 ms."""
WIDTH = 96
"""Numbers in one embedding."""
SEEN = 76
"""Rows of the library's spectrum that one embedding sees: 775 ms."""
STEP = 8
"""Rows from one embedding to the next: 80 ms."""
LONGEST = 2.4
"""Seconds, stillness before and after included; whatever is longer is no single word."""
LEAD = 4800
"""Samples of stillness before the sound: a word at its very beginning is seen whole as well."""
LEAST = 13_600
"""Samples that have to be there for one embedding."""


class StopSpotter(Recogniser):
    """A recogniser that knows one phrase: stop."""

    name = "stop"

    def __init__(self, language: str = "en") -> None:
        """Load the library's two small models, and the head for *language*."""
        self._embed = Embeddings()
        folder = files("voicecheckin.hearing.recognisers") / "heads" / language
        try:
            self._nets, labels = load_nets(folder / "stop.npz")
            self._place = labels.index(STOP)
            self._limit = float(tomllib.loads((folder / "stop.toml").read_text("utf-8"))["limit"])
            chances_of(self._nets, np.zeros((STEP, WIDTH), np.float32))
        except DAMAGED as error:
            raise ContentError(
                f"{folder}: stop.npz or stop.toml is missing or damaged. "
                "Install voicecheckin again, or make them with scripts/train-spotter."
            ) from error

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge whether one whole utterance is stop, if that is among *phrases* (ids)."""
        if STOP not in phrases or not 0 < utterance.size <= LONGEST * RATE:
            return Recognition(None, 0.0)
        chance = float(chances_of(self._nets, self._embed(utterance))[self._place])
        return (
            Recognition(STOP, chance) if chance >= self._limit else Recognition(None, 1.0 - chance)
        )


class Embeddings:
    """Sound to numbers: a row of `WIDTH` for each 80 ms."""

    def __init__(self) -> None:
        try:
            from pyopen_wakeword import OpenWakeWordFeatures
        except ImportError as error:
            raise EngineMissing(
                f"To spot a stop, pyopen-wakeword is needed: {how_to_install('pyopen-wakeword')}"
            ) from error
        self._features = OpenWakeWordFeatures.from_builtin()

    def __call__(self, utterance: Samples) -> Numbers:
        """Return the rows of *utterance*, oldest first; nothing of it is kept."""
        lead = max(LEAD, LEAST - utterance.size)
        sound = np.pad(utterance, (lead, CHUNK + CHUNK // 2))
        self._forget()
        try:
            return np.concatenate(self._rows(sound[: sound.size // CHUNK * CHUNK]))
        finally:
            self._forget()
            # The models hold what they saw last: let that be silence.
            self._features.new_mels = SEEN - STEP
            self._rows(np.zeros(2 * CHUNK, np.float32))
            self._forget()

    def _rows(self, sound: Samples) -> list[Numbers]:
        data = audio_data(sound).get_raw_data()
        size = 2 * CHUNK
        return [
            row.reshape(1, WIDTH)
            for start in range(0, len(data), size)
            for row in self._features.process_streaming(data[start : start + size])
        ]

    def _forget(self) -> None:
        """Drop the sound; the library's own reset would have it hear eight seconds of nothing."""
        self._features.audio.fill(0)
        self._features.mels.fill(0)
        self._features.new_audio_samples = self._features.new_mels = 0
