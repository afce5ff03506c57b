"""A language without an ear, and a wording without training: said in one sentence."""

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from voicecheckin.cli import main
from voicecheckin.errors import EngineMissing
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.head import load as load_head
from voicecheckin.hearing.recognisers.untrained import untrained

pytestmark = pytest.mark.usefixtures("own_home")

NO_EAR = "There is no ear for 'de' yet; use screen and keyboard, or a home server"
RECORDING = str(Path(__file__).parents[1] / "voices" / "yes_1.flac")

Captured = pytest.CaptureFixture[str]


def own_content(folder: Path, language: str) -> Path:
    """A content folder of the couple's own, in *language* by its name only."""
    with as_file(files("voicecheckin.content") / "en") as usual:
        shutil.copytree(usual, folder / language)
    for name in ("answers.toml", "commands.toml"):
        heard = folder / language / "heard" / name
        lines = heard.read_text(encoding="utf-8").splitlines(keepends=True)
        own = (re.sub(r'"(?=\w)', '"zz ', one) if one.startswith("say") else one for one in lines)
        heard.write_text("".join(own), encoding="utf-8")
    return folder


@pytest.mark.parametrize("ear", ["auto", "whisper", "small", "sr:sphinx"])
def test_every_ear_says_that_it_does_not_hear_a_language(tmp_path: Path, ear: str) -> None:
    book = load("de", own_content(tmp_path, "de") / "de" / "heard")
    with pytest.raises(EngineMissing) as refused:
        choose(ear, book)
    assert str(refused.value).startswith(NO_EAR)


def test_a_head_that_never_was_is_not_called_damaged() -> None:
    with pytest.raises(EngineMissing, match="There is no ear for 'de' yet"):
        load_head("whisper", "de")


def test_a_home_server_hears_a_language_that_this_machine_does_not(tmp_path: Path) -> None:
    book = load("de", own_content(tmp_path, "de") / "de" / "heard")
    assert choose("wyoming", book).name.startswith("wyoming:")


@pytest.mark.parametrize(
    "typed",
    [
        ("rehearse", "--room", "kitchen"),
        ("hear", RECORDING, "--expect", "yes,no"),
        ("listen", RECORDING),
    ],
)
def test_a_command_that_hears_says_so_and_leaves(
    tmp_path: Path, capsys: Captured, typed: tuple[str, ...]
) -> None:
    content = own_content(tmp_path / "ours", "de")
    assert main([*typed, "--content", str(content), "--language", "de"]) == 2
    assert NO_EAR in capsys.readouterr().err


def test_without_hearing_the_language_is_no_matter(tmp_path: Path, capsys: Captured) -> None:
    content = own_content(tmp_path / "ours", "de")
    typed = ("rehearse", "--room", "paper", "--length", "short")
    assert main([*typed, "--content", str(content), "--language", "de"]) == 0


def test_a_wording_that_the_ear_does_not_know_is_found(tmp_path: Path) -> None:
    with as_file(files("voicecheckin.content") / "en" / "heard") as usual:
        shutil.copytree(usual, tmp_path / "heard")
    answers = tmp_path / "heard" / "answers.toml"
    text = answers.read_text(encoding="utf-8")
    first = text.index("say = [") + len("say = [")
    answers.write_text(f'{text[:first]}"zebra crossing", {text[first:]}', encoding="utf-8")
    assert untrained(load("en", tmp_path / "heard")) == {"zebra crossing": "yes"}
