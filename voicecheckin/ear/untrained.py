"""Which wordings of the content the shipped ears have not been trained to hear."""

from collections.abc import Iterable

from voicecheckin.ear.head import load
from voicecheckin.ear.languages import has_ear
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.wording import normal

TRAIN = "scripts/train-ear FOLDER"
"""The command that trains it, with a folder of recordings."""


def untrained(phrasebook: Phrasebook, ear: str = "whisper") -> dict[str, str]:
    """Return the wordings that *ear* was not trained to hear, and the phrase (id) each belongs to.

    None without an ear for that language.
    """
    if not has_ear(phrasebook.language):
        return {}
    return unknown_to(load(ear, phrasebook.language).gists, phrasebook)


def unknown_to(gists: Iterable[str], phrasebook: Phrasebook) -> dict[str, str]:
    """Return the wordings that are none of *gists*, and the phrase (id) each belongs to."""
    trained = frozenset(gists)
    return {
        wording: id
        for id in phrasebook.ids
        for wording in phrasebook.plain(id)
        if normal(wording) not in trained
    }
