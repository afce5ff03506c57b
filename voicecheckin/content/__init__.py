"""What is said, as data: one folder per language, read into a script."""

from importlib.resources.abc import Traversable

from voicecheckin.content import loader, own_words
from voicecheckin.content.loader import is_brought, language_folder, own_folder
from voicecheckin.content.own_words import changed
from voicecheckin.conversation.script import Script

__all__ = ["changed", "is_brought", "language_folder", "load", "own_folder"]


def load(
    language: str = "en",
    country: str | None = None,
    *,
    folder: Traversable | None = None,
    card: bool = False,
) -> Script:
    """Read what is said in *language*; ContentError says what is wrong with it, and where.

    *country*: two letters, whose help lines are named. *folder*: other words than the program's
    own; whatever is no matter of words must be the same. *card*: a card with help lines was
    printed, and may be spoken of.
    """
    script = loader.load(language, country, folder=folder, card=card)
    if folder is not None:
        own_words.check(script, language_folder(language, folder), country, card=card)
    return script
