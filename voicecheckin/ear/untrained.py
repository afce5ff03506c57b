"""Which wordings of the content the shipped ear has not been trained to hear."""

from voicecheckin.ear.head import load
from voicecheckin.ear.languages import has_ear
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.wording import normal

TRAIN = "scripts/train-ear FOLDER"
"""The command that trains it, with a folder of recordings."""


def untrained(phrasebook: Phrasebook) -> list[str]:
    """Return the wordings that the shipped ear was not trained to hear; none without an ear."""
    if not has_ear(phrasebook.language):
        return []
    trained = frozenset(load(phrasebook.language).gists)
    plain = (wording for id in phrasebook.ids for wording in phrasebook.plain(id))
    return [wording for wording in dict.fromkeys(plain) if normal(wording) not in trained]
