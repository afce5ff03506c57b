"""The phrases we know: their wordings, and whole texts matched to them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from voicecheckin.conversation.messages import Command
from voicecheckin.errors import ContentError
from voicecheckin.hearing.phrases.wording import Dress, Table, read_dress, strings

# Likeness of two words (0 to 1) from which one may be the other, badly heard.
NEARLY = 0.8
# Of two parts that differ, the last one counts when it is this: stop errs towards stopping.
STOP = Command.STOP.value
# What is never guessed: with other words around it, it is asked again.
YES = "yes"


@dataclass(frozen=True, slots=True)
class Match:
    """What a whole text means among the phrases that were allowed."""

    phrase: str | None
    """The phrase id, or None for none of them."""
    doubt: bool = False
    """Whether the text is nearly one of them, or could be two."""


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings of one phrase that wear the same dressing."""

    say: tuple[str, ...]
    worn: tuple[str, ...]
    """The same in every dressing."""
    dressings: tuple[tuple[str, ...], ...]
    """Templates by set, the commonest first."""
    unless: frozenset[str] = frozenset()
    """Answers that sound too much like these wordings: where one is allowed, these do not count."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that people may say, in all its wordings."""

    id: str
    plain: tuple[str, ...]
    """Wordings as written in the content file."""
    wordings: tuple[str, ...]
    """The same with every dressing they may wear; plain ones first."""
    written: tuple[str, ...]
    """Other spellings that recognisers use for the same sounds."""
    groups: tuple[Group, ...]
    """The plain wordings by what they may wear."""
    over: tuple[str, ...]
    """Commands that give way to this answer where both share a wording."""


class Phrasebook:
    """All phrases of one language; texts are compared without case and punctuation."""

    def __init__(
        self, language: str, dress: Dress, commands: Iterable[Phrase], answers: Iterable[Phrase]
    ) -> None:
        self.language = language
        by_command = {phrase.id: phrase for phrase in commands}
        by_answer = {phrase.id: phrase for phrase in answers}
        self.commands = tuple(by_command)
        """Ids of what may be said at any moment."""
        self.answers = tuple(by_answer)
        """Ids of what only counts as an answer where a question allows it."""
        self.ids = self.commands + self.answers
        self._phrases = by_command | by_answer
        self._dress = dress
        self._meanings = _meanings(self._phrases.values(), dress)
        self._unless = {
            (dress.same(wording), phrase.id): group.unless
            for phrase in self._phrases.values()
            for group in phrase.groups
            if group.unless
            for wording in group.say + group.worn
        }
        self._by_length: dict[int, list[str]] = {}
        for text in self._meanings:
            self._by_length.setdefault(len(text.split()), []).append(text)
        self._words = dress.negations.union(dress.idle, *map(str.split, self._meanings))

    def wordings(self, id: str) -> tuple[str, ...]:
        """Return every accepted wording of phrase *id*, politely dressed ones included."""
        return self._phrases[id].wordings

    def plain(self, id: str) -> tuple[str, ...]:
        """Return the wordings of phrase *id* without dressing, the usual one first."""
        return self._phrases[id].plain

    def groups(self, id: str, allowed: Iterable[str] = ()) -> Iterator[Group]:
        """Yield the wordings of phrase *id* that count where *allowed* may be said, by what they
        may wear."""
        wanted = frozenset(allowed)
        return (group for group in self._phrases[id].groups if not group.unless & wanted)

    @property
    def leads(self) -> tuple[str, ...]:
        """Words that may come before any wording and mean nothing."""
        return self._dress.leads

    @property
    def tails(self) -> tuple[str, ...]:
        """Words that may come after any wording and mean nothing."""
        return self._dress.tails

    def nearest(self, text: str) -> str | None:
        """Return the id of the known phrase that *text* was probably meant to name."""
        same = self._dress.same(text)
        if same in self._meanings:
            return self._meanings[same][0]
        close = get_close_matches(same, list(self.ids), n=1, cutoff=0.5)
        return close[0] if close else None

    def knows(self, text: str) -> bool:
        """Whether *text* is a wording of any phrase, or of several."""
        return any(self.match(text, (id,)).phrase for id in self.ids)

    def resolve(self, ids: Iterable[str]) -> str | None:
        """Choose among phrases that share a wording; None when that cannot be told."""
        left = tuple(dict.fromkeys(ids))
        covered = {id for other in left for id in self._phrases[other].over}
        left = tuple(id for id in left if id not in covered)
        return left[0] if len(left) == 1 else None

    def collisions(self, allowed: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the wordings that could mean two of *allowed* and are not decided by data."""
        wanted = frozenset(allowed)
        shared = {text: self._among(text, wanted) for text in self._meanings}
        return {
            text: ids for text, ids in shared.items() if len(ids) > 1 and self.resolve(ids) is None
        }

    def match(self, text: str, allowed: Iterable[str]) -> Match:
        """Match a whole *text* to one of *allowed* (ids); parts of it never count."""
        wanted = frozenset(allowed)
        same = self._fluent(self._dress.same(text))
        for candidate in self._dress.undressed(same):
            ids = self._among(candidate, wanted)
            if ids:
                phrase = self.resolve(ids)
                return Match(phrase, doubt=phrase is None)
        doubt = self._nearly(same, wanted) or self._reserved(same.split(), wanted)
        return self._in_parts(same.split(), wanted) or Match(None, doubt)

    def _fluent(self, same: str) -> str:
        """Return *same* without first sounds that were said again: "st st stop" is "stop"."""
        kept: list[str] = []
        for word in reversed(same.split()):
            if not (kept and kept[-1].startswith(word) and word not in self._words):
                kept.append(word)
        return " ".join(reversed(kept))

    def _among(self, text: str, wanted: frozenset[str]) -> tuple[str, ...]:
        """The phrases of *wanted* that *text* may mean."""
        return tuple(
            id
            for id in self._meanings.get(text, ())
            if id in wanted and not self._unless.get((text, id), frozenset()) & wanted
        )

    def _in_parts(self, words: list[str], wanted: frozenset[str]) -> Match | None:
        """Match several phrases said in a row: "yes, yeah", "no, stop", "pause please, pause"."""
        parts = self._parts(tuple(words), wanted)
        if not parts:
            return None
        meanings = set(parts)
        if len(meanings) == 1:
            return Match(parts[0])
        if self._dress.negates(words):
            return Match(None)
        return Match(STOP) if parts[-1] == STOP else Match(None, doubt=True)

    def _parts(self, words: tuple[str, ...], wanted: frozenset[str]) -> tuple[str, ...]:
        """Cut *words* into wordings, longest first; empty when something is left over."""

        @cache
        def cut(start: int) -> tuple[str, ...] | None:
            if start == len(words):
                return ()
            for end in range(len(words), start, -1):
                text = " ".join(words[start:end])
                id = self.resolve(self._among(text, wanted))
                if id is None and text not in self._dress.idle:
                    continue
                rest = cut(end)
                if rest is not None:
                    return rest if id is None else (id, *rest)
            return None

        return cut(0) or ()

    def _reserved(self, words: list[str], wanted: frozenset[str]) -> bool:
        """Whether a yes has something before or after it: "I guess, yes", "yes, if you must"."""
        return bool(words) and any(YES in self._among(end, wanted) for end in (words[0], words[-1]))

    def _nearly(self, same: str, wanted: frozenset[str]) -> bool:
        """Whether *same* is almost a wording of *wanted*, with the same sense of yes or no."""
        turned = self._dress.negations_in(same.split())
        return any(
            _alike(same, text)
            and self._dress.negations_in(text.split()) == turned
            and self._among(text, wanted)
            for text in self._by_length.get(len(same.split()), ())
        )


def _alike(one: str, other: str) -> bool:
    """Whether two texts of as many words differ by letters only: "paused" is like "pause"."""
    return all(map(_sounds_alike, one.split(), other.split()))


def _sounds_alike(word: str, other: str) -> bool:
    return word == other or SequenceMatcher(None, word, other).ratio() >= NEARLY


def _meanings(phrases: Iterable[Phrase], dress: Dress) -> dict[str, tuple[str, ...]]:
    """Map every text to the phrases that it may mean."""
    meanings: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        for wording in (*phrase.wordings, *phrase.written):
            text = dress.same(wording)
            if phrase.id not in meanings.get(text, ()):
                meanings[text] = (*meanings.get(text, ()), phrase.id)
    return meanings


def load(language: str = "en", folder: Traversable | None = None) -> Phrasebook:
    """Read the phrases of *language* from its content folder, or from *folder*."""
    folder = folder or files("voicecheckin.content") / language / "heard"
    dress = read_dress(_table(folder / "wrappers.toml"), "wrappers.toml")
    commands = tuple(_phrases(_table(folder / "commands.toml"), "commands.toml", dress))
    answers = tuple(_phrases(_table(folder / "answers.toml"), "answers.toml", dress))
    _check(commands, answers)
    return Phrasebook(language, dress, commands, answers)


def _table(file: Traversable) -> Table:
    try:
        table: Table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{file}: cannot be read: {error}.") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no TOMLDecodeError
        raise ContentError(f"{file}: {error}.") from error
    return table


def _phrases(table: Table, file: str, dress: Dress) -> Iterator[Phrase]:
    for id, groups in table.items():
        if not isinstance(groups, list) or not groups:
            raise ContentError(f"{file}: [[{id}]]: write the phrase as [[{id}]] with a list say.")
        yield _phrase(id, groups, file, dress)


def _phrase(id: str, groups: list[object], file: str, dress: Dress) -> Phrase:
    plain: list[str] = []
    dressed: list[str] = []
    written: list[str] = []
    over: list[str] = []
    sets: list[Group] = []
    for number, group in enumerate(groups, 1):
        place = f"{file}: [[{id}]], block {number}"
        fields = _fields(group, place)
        plain += fields["say"]
        worn = tuple(dress.wear(fields["say"], fields["takes"], place))
        dressed += worn
        dressings = tuple(dress.sets[name] for name in fields["takes"])
        sets.append(Group(fields["say"], worn, dressings, frozenset(fields["unless"])))
        written += fields["written"]
        written += dress.wear(fields["written"], fields["takes"], place)
        over += fields["over"]
    wordings = tuple(dict.fromkeys(plain + dressed))
    return Phrase(
        id, tuple(dict.fromkeys(plain)), wordings, tuple(written), tuple(sets), tuple(over)
    )


def _fields(group: object, place: str) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(group, dict):
        raise ContentError(f"{place}: must be a table with a list say.")
    known = ("say", "takes", "written", "over", "unless")
    unknown = [key for key in group if key not in known]
    if unknown:
        raise ContentError(f"{place}: {unknown[0]} is not known; known are {', '.join(known)}.")
    fields = {key: strings(group.get(key, []), f"{place}, {key}") for key in known}
    if not fields["say"]:
        raise ContentError(f"{place}: say needs at least one wording.")
    return fields


def _check(commands: tuple[Phrase, ...], answers: tuple[Phrase, ...]) -> None:
    """Refuse files that leave a command out, or name a phrase twice or not at all."""
    ids = [phrase.id for phrase in commands]
    for command in Command:
        if command.value not in ids:
            raise ContentError(f'commands.toml: the command "{command.value}" has no wordings.')
    for phrase in answers:
        if phrase.id in ids:
            raise ContentError(f"answers.toml: [[{phrase.id}]] is a command already.")
        for other in phrase.over:
            if other not in ids:
                raise ContentError(f'answers.toml: [[{phrase.id}]], over: no command "{other}".')
    answered = {phrase.id for phrase in answers}
    for phrase in answers + commands:
        for other in sorted(set().union(*(group.unless for group in phrase.groups)) - answered):
            raise ContentError(f'[[{phrase.id}]], unless: there is no answer "{other}".')
