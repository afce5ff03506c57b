"""PocketSphinx beside a trained ear, for wordings of one's own that no head knows."""

from collections.abc import Collection, Sequence

from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.head_ear import HeadEar
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.hearing.recognisers.sphinx import SphinxEar
from voicecheckin.sound.frames import Samples

NEVER = frozenset({"yes", "no"})
"""What a consent hangs on is heard by the head alone."""


class Supplemented(Recogniser):
    """Asks the trained ear, and where that hears none of ours, PocketSphinx for the unknown."""

    def __init__(self, ear: HeadEar, phrasebook: Phrasebook, unknown: Collection[str]) -> None:
        """Let PocketSphinx listen for the phrases (ids) that have *unknown* wordings."""
        self.name = ear.name
        self.spotter: Recogniser | None = ear.spotter
        self._ear = ear
        self._sphinx = SphinxEar(phrasebook)
        self._unknown = frozenset(unknown) - NEVER

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        result = self._ear.decide(utterance, phrases)
        rest = [phrase for phrase in phrases if phrase in self._unknown]
        if result.phrase is not None or not rest:
            return result
        return self._sphinx.decide(utterance, rest)
