"""Which wordings of the content the shipped ears have not been trained to hear."""

from collections.abc import Iterable

from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.wording import normal
from voicecheckin.hearing.recognisers.head import load
from voicecheckin.hearing.recognisers.languages import has_ear

TRAIN = "scripts/train-ear FOLDER"
"""The command that trains it, with a folder of recordings."""


def untrained(phrasebook: Phrasebook, ear: str = "whisper") -> dict[str, str]:
    """Return the wordings that *ear* was not trained to hear, and the phrase (id) each belongs to.

    None without an ear for that language.
    """
    if not has_ear(phrasebook.language):
        return {}
    return unknown_to(load(ear, phrasebook.language).labels, phrasebook)


def unknown_to(labels: Iterable[str], phrasebook: Phrasebook) -> dict[str, str]:
    """Return the wordings that are none of *labels*, and the phrase (id) each belongs to."""
    trained = frozenset(labels)
    return {
        wording: id
        for id in phrasebook.ids
        for wording in phrasebook.plain(id)
        if normal(wording) not in trained
    }
