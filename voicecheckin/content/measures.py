"""How long and how hard sentences are."""

import re
from collections.abc import Iterable
from importlib import import_module

from voicecheckin.errors import EngineMissing, how_to_install

_WORD = re.compile(r"[\w'\u2019]+")
_SLOT = re.compile(r"\{\w+\}")
A_NAME = "Robin"
"""Stands for a placeholder where words are counted."""


def words(sentence: str) -> list[str]:
    """The words of a sentence; a placeholder counts as one."""
    return _WORD.findall(_SLOT.sub(A_NAME, sentence))


def reading_grade(sentences: Iterable[str]) -> float:
    """The Flesch-Kincaid grade: about the school year in which a text is easy to read."""
    try:
        textstat = import_module("textstat")
    except ImportError:
        raise EngineMissing(
            f"Reading grades need one package more: {how_to_install('textstat>=0.7.7,<0.7.9')}"
        ) from None
    text = " ".join(_SLOT.sub(A_NAME, sentence) for sentence in sentences)
    return float(textstat.flesch_kincaid_grade(text))
