"""Content files, read with care: every complaint names the file, the place and the way out."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from importlib.resources.abc import Traversable

from voicecheckin.conversation.script import Part, Passage
from voicecheckin.errors import ContentError, reason


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, or which ones there are."""
    choices = sorted(known)
    close = get_close_matches(word, choices, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(choices)}."


class Section:
    """One table of a content file, and where it stands."""

    def __init__(self, table: Mapping[str, object], place: str) -> None:
        self._table = table
        self.place = place

    def complaint(self, key: str, problem: str) -> ContentError:
        """Build the error for *key*; *problem* says what is wrong and what to do."""
        return ContentError(f"{self.place}, {key!r}: {problem}")

    def only(self, *known: str) -> None:
        """Refuse keys that mean nothing here."""
        for key in self._table:
            if key not in known:
                raise self.complaint(key, f"this key means nothing here; {nearest(key, known)}")

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of this table, in the order of the file."""
        return iter(self._table)

    def over(self, other: "Section") -> "Section":
        """This table, completed by what *other* has besides."""
        return Section({**other._table, **self._table}, self.place)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required unless there is a default."""
        value = self._value(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.complaint(key, "write a text in quotes.")
        return value

    def number(self, key: str) -> int:
        """A whole number."""
        value = self._value(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.complaint(key, "write a whole number.")
        return value

    def day(self, key: str) -> date:
        """A day."""
        value = self._value(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.complaint(key, "write a day without quotes: 2026-11-30.")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        value = self._value(key, False)
        if not isinstance(value, bool):
            raise self.complaint(key, "write true or false, without quotes.")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of texts; required if the default is None."""
        value = self._value(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self.complaint(key, 'write a list of texts: ["one", "two"].')
        return tuple(value)

    def section(self, key: str) -> "Section":
        """A table inside this one; empty when absent."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            raise self.complaint(key, f"write a table: [{key}] or {{ … }}.")
        return Section(value, f"{self.place}, {key!r}")

    def sections(self, key: str) -> tuple["Section", ...]:
        """The tables of a list, each named by its id or number where it has one."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.complaint(key, f"write a list of tables: [[{key}]].")
        return tuple(
            Section(one, f"{self.place}, {key} {one.get('id', number)!r}")
            for number, one in enumerate(value, start=1)
        )

    def passage(self, key: str) -> Passage:
        """What is said: sentences, groups of sentences, and rests in seconds."""
        return self._passage(key, self._value(key, []))

    def wordings(self, key: str) -> tuple[Passage, ...]:
        """Several ways to say the same; at least one."""
        value = self._value(key, None)
        if not isinstance(value, list) or not value:
            raise self.complaint(key, 'write a list of wordings: ["One way.", "Another way."].')
        return tuple(self._passage(key, one) for one in value)

    def _value(self, key: str, default: object) -> object:
        value = self._table.get(key, default)
        if value is None:
            raise self.complaint(key, "this is missing; add it.")
        return value

    def _passage(self, key: str, value: object) -> Passage:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            raise self.complaint(key, 'write sentences: ["First.", 4.0, "After four seconds."].')
        return tuple(self._parts(key, value))

    def _parts(self, key: str, value: list[object]) -> Iterator[Part]:
        thought: list[str] = []
        for part in value:
            if isinstance(part, str):
                thought.append(self._sentence(key, part))
                continue
            if thought:
                yield tuple(thought)
                thought = []
            yield self._rest_or_thought(key, part)
        if thought:
            yield tuple(thought)

    def _rest_or_thought(self, key: str, part: object) -> Part:
        if isinstance(part, int | float) and not isinstance(part, bool):
            if not 0 < part <= 3600:
                raise self.complaint(key, f"a rest of {part} seconds; use more than 0, up to 3600.")
            return float(part)
        if isinstance(part, list) and part:
            return tuple(self._sentence(key, one) for one in part)
        raise self.complaint(key, f"{part!r} is neither a sentence, a group of them nor a rest.")

    def _sentence(self, key: str, sentence: object) -> str:
        if not isinstance(sentence, str) or not sentence.strip():
            raise self.complaint(key, f"{sentence!r} is no sentence; write a text in quotes.")
        return sentence


def read(folder: Traversable, name: str) -> Section:
    """Read one file of a language's folder; ContentError if it is not there or not TOML."""
    file = folder.joinpath(name)
    place = f"{folder.name}/{name}"
    try:
        return Section(tomllib.loads(file.read_text(encoding="utf-8")), place)
    except (FileNotFoundError, NotADirectoryError):
        raise ContentError(f"{place} is missing; copy the English one and translate it.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{place} is not UTF-8; save it as UTF-8 text.") from None
    except OSError as error:
        raise ContentError(f"{place} cannot be read: {reason(error)}.") from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no TOMLDecodeError
        raise ContentError(f"{place} is not valid TOML: {error}; mend that line.") from None
