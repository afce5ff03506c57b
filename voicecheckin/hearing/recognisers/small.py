"""The encoder of the small ear: openWakeWord's speech embedding, which needs no download."""

import numpy as np

from voicecheckin.hearing.agc import even_out
from voicecheckin.hearing.recognisers.head import Numbers
from voicecheckin.hearing.recognisers.spotting import CHUNK, Embeddings
from voicecheckin.sound.frames import Samples


class SmallEncoder:
    """A row of numbers for each 80 ms, each of which sees 775 ms."""

    name = "small"

    def __init__(self) -> None:
        self._embed = Embeddings()

    def hearings(self, utterance: Samples) -> list[Samples]:
        """*utterance* as it is, and half a row later: where a row begins is chance."""
        return [utterance, np.pad(utterance, (CHUNK // 2, 0))]

    def rows(self, hearing: Samples) -> Numbers:
        """What the embedding makes of *hearing*, as loud as the ear gives it."""
        return self._embed(even_out(hearing))
