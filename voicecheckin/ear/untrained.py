"""Which wordings of the content the shipped ears have not been trained to hear."""

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
    trained = frozenset(load(ear, phrasebook.language).gists)
    return {
        wording: id
        for id in phrasebook.ids
        for wording in phrasebook.plain(id)
        if normal(wording) not in trained
    }
