"""PocketSphinx beside a trained ear, for wordings of one's own that no head knows."""

from collections.abc import Collection, Sequence

from voicecheckin.ear.head_ear import HeadEar
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.recogniser import Recogniser, Verdict
from voicecheckin.ear.sphinx import SphinxEar
from voicecheckin.sound.frames import Samples

NEVER = frozenset({"yes", "no"})
"""What a consent hangs on is heard by the head alone."""


class Supplemented:
    """Asks the trained ear, and where that hears none of ours, PocketSphinx for the unknown."""

    def __init__(self, ear: HeadEar, phrasebook: Phrasebook, unknown: Collection[str]) -> None:
        """Let PocketSphinx listen for the phrases (ids) that have *unknown* wordings."""
        self.name = ear.name
        self.spotter: Recogniser | None = ear.spotter
        self._ear = ear
        self._sphinx = SphinxEar(phrasebook)
        self._unknown = frozenset(unknown) - NEVER

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        """Judge one whole utterance among *phrases* (ids); nothing of it is kept."""
        verdict = self._ear.decide(utterance, phrases)
        rest = [phrase for phrase in phrases if phrase in self._unknown]
        if verdict.phrase is not None or not rest:
            return verdict
        return self._sphinx.decide(utterance, rest)
