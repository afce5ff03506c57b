"""Grammars in JSGF, and the words of one language as the sounds they are made of."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from voicecheckin.hearing.phrases.phrasebook import Group, Phrasebook
from voicecheckin.hearing.phrases.wording import SLOT, normal

DRESSINGS = 2
"""Templates of each set that a grammar has room for; each costs memory, time and confusion."""

Sounds = dict[str, tuple[str, ...]]
"""Pronunciations by word, as phones with blanks between them."""


def phrase_grammar(phrasebook: Phrasebook, phrases: Sequence[str], known: Iterable[str]) -> str:
    """Return a grammar of the usual wordings of *phrases* that consist of *known* words."""
    words = frozenset(known)
    texts = [
        text for id in phrases for group in phrasebook.groups(id, phrases) for text in _usual(group)
    ]
    return word_grammar(text for text in texts if words.issuperset(text.split()))


def word_grammar(texts: Iterable[str]) -> str:
    """Return a grammar of one of *texts*, or of silence; the shorter, the likelier to be said."""
    rule = " | ".join(f"/{_weight(text)}/ {text}" for text in dict.fromkeys(texts)) or "<NULL>"
    return f"#JSGF V1.0;\ngrammar heard;\npublic <utterance> = {rule};\n"


def _weight(text: str) -> int:
    return {1: 10, 2: 3}.get(len(text.split()), 1)


def _usual(group: Group) -> Iterator[str]:
    """All plain wordings, and the first of them in the commonest dressings."""
    yield from map(normal, group.say)
    for templates in group.dressings:
        for template in templates[:DRESSINGS]:
            yield normal(template.replace(SLOT, group.say[0]))


@cache
def other_words(language: str) -> tuple[str, ...]:
    """Return everyday words of *language* that are none of ours."""
    file = files("voicecheckin.content") / language / "heard" / "others.toml"
    words: str = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
    return tuple(words.split())


def words_of(phrasebook: Phrasebook) -> frozenset[str]:
    """Return every word of every wording, and of what may stand around it."""
    texts = [*phrasebook.leads, *(w for id in phrasebook.ids for w in phrasebook.wordings(id))]
    return frozenset(word for text in texts for word in normal(text).split())


def sounds_of(words: frozenset[str], dictionary: Path) -> Sounds:
    """Look *words* up in a pronouncing *dictionary*; words that are not in it stay away."""
    sounds: dict[str, tuple[str, ...]] = {}
    with dictionary.open(encoding="utf-8") as lines:
        for line in lines:
            word, _, phones = line.strip().partition(" ")
            plain = word.partition("(")[0]
            if plain in words:
                sounds[plain] = (*sounds.get(plain, ()), phones)
    return sounds
