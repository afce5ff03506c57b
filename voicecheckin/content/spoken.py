"""Everything a script may say, sentence by sentence, with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecheckin.content.references import all_steps, passages, sentences
from voicecheckin.conversation.script import Script, Step

LINES = "lines"
"""The chapter of the recurring lines."""
EVENINGS = "evenings"
"""The chapter of what each evening is about, and said where a step says `THEME`."""
THEME = "{theme}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence, and where it is said."""

    chapter: str
    place: str
    """The step's id, or the line's key."""
    text: str

    def __str__(self) -> str:
        """Where it is, and how it reads."""
        return f'{self.chapter}, {self.place}, "{self.text}"'


def everything_spoken(script: Script) -> Iterator[Spoken]:
    """Yield every sentence of the steps, the branches, the evenings and the recurring lines."""
    for step in all_steps(script):
        for passage in passages(step):
            for sentence in sentences(passage):
                if sentence != THEME:
                    yield Spoken(step.chapter, step.id, sentence)
    for evening in script.evenings:
        for sentence in sentences(evening.theme):
            yield Spoken(EVENINGS, str(evening.number), sentence)
    for key, wordings in script.lines.items():
        for passage in wordings:
            for sentence in sentences(passage):
                yield Spoken(LINES, key, sentence)


def titles(script: Script) -> Iterator[Spoken]:
    """Yield the names of evenings and topics, which are said inside other sentences."""
    for evening in script.evenings:
        yield Spoken(EVENINGS, str(evening.number), evening.title)
    for step in all_steps(script):
        if step.title:
            yield Spoken(step.chapter, step.topic, step.title)


def questions(step: Step) -> tuple[str, ...]:
    """What a step asks, or invites to, where an answer or a turn follows."""
    return tuple(
        sentence
        for passage in (step.say, step.invite)
        for sentence in sentences(passage)
        if "?" in sentence or "{name}" in sentence
    )
