"""PocketSphinx beside a trained ear: only for wordings that no head knows, and never for a yes."""

import shutil
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.phrases.phrasebook import Phrasebook, load
from voicecheckin.hearing.recognisers.head_ear import HeadEar
from voicecheckin.hearing.recognisers.supplement import Supplemented
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.hibari_engine import HibariEngine
from voicecheckin.voice.postprocess import post_processed

pytestmark = pytest.mark.slow


def with_own_words(folder: Path, file: str, words: str) -> Phrasebook:
    """The phrases, with *words* as one more way to say the first of those in *file*."""
    with as_file(files("voicecheckin.content") / "en" / "heard") as usual:
        shutil.copytree(usual, folder / "heard")
    path = folder / "heard" / file
    text = path.read_text(encoding="utf-8")
    first = text.index("say = [") + len("say = [")
    path.write_text(f'{text[:first]}"{words}", {text[first:]}', encoding="utf-8")
    return load("en", folder / "heard")


@cache
def said(words: str) -> Samples:
    """*words* as hibari says them."""
    return post_processed(HibariEngine().render(f"{words}.", 1.0))


def test_with_the_words_that_ship_no_second_ear_is_loaded() -> None:
    assert isinstance(choose("small"), HeadEar)


def test_a_command_in_words_of_ones_own_is_heard(tmp_path: Path) -> None:
    book = with_own_words(tmp_path, "commands.toml", "banana elephant")
    ear = choose("small", book)
    assert isinstance(ear, Supplemented)
    assert ear.decide(said("banana elephant"), book.commands).phrase == "stop"


def test_a_yes_in_words_of_ones_own_is_never_heard(tmp_path: Path) -> None:
    book = with_own_words(tmp_path, "answers.toml", "banana elephant")
    result = choose("small", book).decide(said("banana elephant"), ("yes", "no"))
    assert result.phrase != "yes" or result.doubt
