"""Help lines by country: spoken in the fixed texts, printed on the card, the same for everyone."""

import re
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources.abc import Traversable

from voicecheckin.content.reading import Section, read
from voicecheckin.content.references import RESOURCES
from voicecheckin.conversation.script import Part, Script, Thought
from voicecheckin.errors import ContentError

GENERAL = "general"
"""The file for every country that has none of its own."""
FRESH = 365
"""Days after which a number has to be read again at its source (SR-13)."""
ALSO = {"UK": "GB"}
"""Codes that people write for another."""
_COUNTRY = re.compile(r"[a-z]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Helpline:
    """One number or address, with where and when it was read."""

    printed: str
    """As it stands on the card."""
    spoken: Thought
    """As it is said; empty for those that are only printed."""
    source: str
    verified: date


@dataclass(frozen=True, slots=True)
class Helplines:
    """What a country offers."""

    country: str
    """Two letters, or `general`."""
    place: str
    """The country's name, as it stands on the card."""
    lines: tuple[Helpline, ...]

    @property
    def spoken(self) -> Thought:
        """Everything that is said aloud."""
        return tuple(sentence for line in self.lines for sentence in line.spoken)

    def stale(self, today: date) -> tuple[Helpline, ...]:
        """The lines that were read at their source too long ago to be released."""
        return tuple(line for line in self.lines if (today - line.verified).days > FRESH)


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
    name = file_for(root, country)
    file = read(root.joinpath("helplines"), f"{name}.toml")
    file.only("place", "line")
    lines = tuple(_line(section) for section in file.sections("line"))
    if not any(line.spoken for line in lines):
        raise file.complaint("line", "one line must be spoken; add spoken = [...].")
    return Helplines(name, file.text("place"), lines)


def _line(section: Section) -> Helpline:
    section.only("printed", "spoken", "source", "verified")
    return Helpline(
        printed=section.text("printed"),
        spoken=section.texts("spoken"),
        source=section.text("source"),
        verified=section.day("verified"),
    )


def with_helplines(script: Script, helplines: Helplines) -> Script:
    """Put the help lines into the fixed steps."""
    slot = f"{{{RESOURCES}}}"

    def filled(part: Part) -> Part:
        if isinstance(part, float):
            return part
        spoken = ((helplines.spoken if one == slot else (one,)) for one in part)
        return tuple(sentence for group in spoken for sentence in group)

    steps = tuple(
        replace(step, say=tuple(map(filled, step.say))) if step.fixed else step
        for step in script.steps
    )
    return replace(script, steps=steps)
