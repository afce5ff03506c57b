"""Which sentences have a bell before them, and which may be a sound instead of words."""

from importlib.resources.abc import Traversable

from voicecheckin.content.loader import language_folder
from voicecheckin.content.reading import Section, read

FILE = "sounds.toml"


def bells_before(language: str = "en", folder: Traversable | None = None) -> dict[str, str]:
    """Return the bell for each sentence that has one before it."""
    return _bells("before", language, folder)


def sounds_of_breath(language: str = "en", folder: Traversable | None = None) -> dict[str, str]:
    """Return the sound for each sentence that leads a breath."""
    return _bells("breath", language, folder)


def _bells(kind: str, language: str, folder: Traversable | None) -> dict[str, str]:
    root = language_folder(language, folder)
    if not root.joinpath(FILE).is_file():
        return {}
    whole = read(root, FILE)
    whole.only("before", "breath")
    section: Section = whole.section(kind)
    return {sentence: bell for bell in section for sentence in section.texts(bell)}
