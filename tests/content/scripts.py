"""What the content tests look at."""

from dataclasses import replace
from functools import cache
from importlib.resources import files

from voicecheckin.content import load
from voicecheckin.content.references import all_steps, sentences
from voicecheckin.conversation.script import Script, Step
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases

CONTENT = files("voicecheckin.content")
LANGUAGES = tuple(
    folder.name
    for folder in CONTENT.iterdir()
    if folder.is_dir() and folder.joinpath("evenings.toml").is_file()
)


@cache
def script(language: str = "en", country: str | None = None) -> Script:
    """The script as it ships."""
    return load(language, country)


@cache
def phrasebook() -> Phrasebook:
    """What people may say."""
    return load_phrases("en")


def step(id: str) -> Step:
    """The step of that id."""
    return next(one for one in all_steps(script()) if one.id == id)


def said(id: str) -> list[str]:
    """The sentences that a step says to everyone."""
    return list(sentences(step(id).say))


def reworded(id: str, *say: str, **fields: object) -> Script:
    """The script with one step saying something else."""
    steps = tuple(
        replace(one, say=(say,) if say else one.say, **fields) if one.id == id else one
        for one in script().steps
    )
    return replace(script(), steps=steps)
