"""Help lines by country: spoken in the fixed texts, printed on the card, the same for everyone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources.abc import Traversable

from voicecheckin.content.reading import Section, read
from voicecheckin.content.references import CARD, RESOURCES
from voicecheckin.conversation.script import Part, Script, Thought
from voicecheckin.errors import ContentError

GENERAL = "general"
"""The file for every country that has none of its own; its last line stands beside all others."""
FRESH = timedelta(730)
"""A number whose newest source is older than this is not released, unless a person checked it."""
RELEASED = date(2026, 11, 29)
"""The day of this version, moved with each: sources are measured by it, and never by a clock."""
ALSO = {"UK": "GB"}
"""Codes that people write for another."""
_COUNTRY = re.compile(r"[a-z]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number was read."""

    text: str
    day: date
    """The source's own day, not the one on which it was read."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """One number or address."""

    printed: str
    """As it stands on the card."""
    spoken: Thought
    """As it is said; empty for those that are only printed."""
    sources: tuple[Source, ...]
    checked: bool = False
    """Whether a person has read it on the line's own page; the source then says who."""

    @property
    def day(self) -> date:
        """The day of its newest source."""
        return max(source.day for source in self.sources)


@dataclass(frozen=True, slots=True)
class Helplines:
    """What a country offers."""

    country: str
    """Two letters, or `general`."""
    place: str
    """The country's name, as it stands on the card."""
    named: str
    """The sentence that says which country these lines are for."""
    lines: tuple[Helpline, ...]

    @property
    def spoken(self) -> Thought:
        """Everything that is said aloud."""
        return self.named, *(sentence for line in self.lines for sentence in line.spoken)

    def stale(self, day: date = RELEASED) -> tuple[Helpline, ...]:
        """The lines that must not be released on *day*: no new source, and no person's check."""
        return tuple(line for line in self.lines if not line.checked and day - line.day > FRESH)


def countries(root: Traversable) -> tuple[str, ...]:
    """The countries with help lines of their own, as two letters."""
    names = (file.name.removesuffix(".toml") for file in root.joinpath("helplines").iterdir())
    return tuple(sorted(name for name in names if _COUNTRY.fullmatch(name)))


def file_for(root: Traversable, country: str | None) -> str:
    """Whose lines are named in *country*: its own, as two letters, or `GENERAL`."""
    if country is not None and not _COUNTRY.fullmatch(country):
        raise ContentError(f"The country {country!r} is no code of two letters, such as GB.")
    code = (country or "").upper()
    wanted = ALSO.get(code, code)
    return wanted if wanted in countries(root) else GENERAL


def find_helplines(root: Traversable, country: str | None) -> Helplines:
    """Read the lines of *country*; of a country that is not known, the general ones."""
    folder, name = root.joinpath("helplines"), file_for(root, country)
    listed = read(folder, "sources.toml")
    sources = {id: _source(listed.section(id)) for id in listed}
    general = _read(folder, GENERAL, sources)
    if name == GENERAL:
        return general
    own = _read(folder, name, sources)
    return replace(own, lines=(*own.lines, general.lines[-1]))


def _source(section: Section) -> Source:
    section.only("text", "day")
    return Source(section.text("text"), section.day("day"))


def _read(folder: Traversable, name: str, sources: Mapping[str, Source]) -> Helplines:
    file = read(folder, f"{name}.toml")
    file.only("place", "named", "line")
    lines = tuple(_line(section, sources) for section in file.sections("line"))
    if not any(line.spoken for line in lines):
        raise file.complaint("line", "one line must be spoken; add spoken = [...].")
    return Helplines(name, file.text("place"), file.text("named"), lines)


def _line(section: Section, sources: Mapping[str, Source]) -> Helpline:
    section.only("printed", "spoken", "source", "checked")
    named = section.texts("source", None)
    unknown = [id for id in named if id not in sources]
    if unknown or not named:
        raise section.complaint("source", f"name sources of sources.toml, not {unknown}.")
    return Helpline(
        printed=section.text("printed"),
        spoken=section.texts("spoken"),
        sources=tuple(sources[id] for id in named),
        checked=section.flag("checked"),
    )


def with_helplines(script: Script, helplines: Helplines, card: Thought = ()) -> Script:
    """Put the help lines into the fixed steps, and *card*, what is said of a printed card."""
    slots = {f"{{{RESOURCES}}}": helplines.spoken, f"{{{CARD}}}": card}

    def filled(part: Part) -> Part:
        if isinstance(part, float):
            return part
        spoken = (slots.get(one, (one,)) for one in part)
        return tuple(sentence for group in spoken for sentence in group)

    steps = tuple(
        replace(step, say=tuple(map(filled, step.say))) if step.fixed else step
        for step in script.steps
    )
    return replace(script, steps=steps)
