"""How wordings are written, dressed and compared."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from voicecheckin.errors import ContentError

Table = dict[str, object]
"""What a TOML file holds."""

SLOT = "{}"
_NOT_A_WORD = re.compile(r"[^\w']+")


def normal(text: str) -> str:
    """Return *text* in lower case, its words one space apart, without punctuation."""
    lower = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(word.strip("'_") for word in _NOT_A_WORD.split(lower) if word.strip("'_"))


@dataclass(frozen=True, slots=True)
class Dress:
    """What may stand around a wording, and which words are the same."""

    leads: tuple[str, ...]
    """Said before any wording, meaning nothing."""
    tails: tuple[str, ...]
    """Said after any wording, meaning nothing."""
    negations: frozenset[str]
    """Words that turn a meaning round."""
    sets: Mapping[str, tuple[str, ...]]
    """Templates by the name under which a phrase takes them."""
    sames: Mapping[str, str]
    """Ways of writing, and the one way in which texts are compared."""

    @property
    def idle(self) -> frozenset[str]:
        """All words that mean nothing around a wording."""
        return frozenset(self.leads) | frozenset(self.tails)

    def same(self, text: str) -> str:
        """Return *text* as it is compared: normal, contractions written out."""
        words = normal(text)
        for many in (key for key in self.sames if " " in key):
            words = re.sub(rf"\b{re.escape(many)}\b", self.sames[many], words)
        return " ".join(self.sames.get(word, word) for word in words.split())

    def undressed(self, same: str) -> Iterator[str]:
        """Yield *same*, then what is left as idle words fall away at either end."""
        yield same
        words = same.split()
        while len(words) > 1 and words[0] in self.leads:
            words = words[1:]
            yield " ".join(words)
        for tail in self.tails:
            left = " ".join(words).removesuffix(" " + tail)
            if left != " ".join(words):
                yield left

    def negations_in(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the words that turn a meaning round, in order."""
        return tuple(word for word in words if word in self.negations)

    def negates(self, words: Iterable[str]) -> bool:
        """Whether something is said not to be so; a plain "no" is an answer, not a negation."""
        return any(word != "no" for word in self.negations_in(words))

    def wear(self, wordings: Iterable[str], takes: Iterable[str], place: str) -> list[str]:
        """Return *wordings* in every dressing of the sets that they take."""
        names = tuple(takes)
        for name in names:
            if name not in self.sets:
                raise ContentError(
                    f"{place}, takes: {name!r} is not in wrappers.toml; there are "
                    f"{', '.join(self.sets)}."
                )
        return [
            template.replace(SLOT, wording)
            for wording in wordings
            for name in names
            for template in self.sets[name]
        ]


def strings(value: object, place: str) -> tuple[str, ...]:
    """Return *value* as texts that have words in them, or say where that fails."""
    if not isinstance(value, list):
        raise ContentError(f"{place}: must be a list of texts.")
    texts = tuple(item for item in value if isinstance(item, str) and normal(item))
    if len(texts) != len(value):
        raise ContentError(f"{place}: everything in the list must be a text with words in it.")
    return texts


def read_dress(table: Table, file: str) -> Dress:
    """Read wrappers.toml."""
    unknown = [key for key in table if key not in ("leads", "tails", "negations", "takes", "same")]
    if unknown:
        raise ContentError(f"{file}: {unknown[0]} is not known.")
    return Dress(
        leads=strings(table.get("leads", []), f"{file}: leads"),
        tails=strings(table.get("tails", []), f"{file}: tails"),
        negations=frozenset(strings(table.get("negations", []), f"{file}: negations")),
        sets=dict(_sets(_section(table, "takes", file), file)),
        sames=dict(_sames(_section(table, "same", file), file)),
    )


def _section(table: Table, name: str, file: str) -> Table:
    section = table.get(name, {})
    if not isinstance(section, dict):
        raise ContentError(f"{file}: [{name}] must be a table.")
    return section


def _sets(section: Table, file: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in section.items():
        place = f"{file}: [takes], {name}"
        templates = strings(value, place)
        for template in templates:
            if template.count(SLOT) != 1:
                raise ContentError(f'{place}: "{template}" needs one {SLOT} for the phrase.')
        yield name, templates


def _sames(section: Table, file: str) -> Iterator[tuple[str, str]]:
    for key, value in section.items():
        if not isinstance(value, str):
            raise ContentError(f"{file}: [same], {key}: must be a text.")
        yield normal(key), normal(value)
