"""The first start asks for names and country, and notes them only if it may."""

from pathlib import Path

import pytest

from voicecheckin.cli.first import NOTE, WELCOME, acquainted
from voicecheckin.content.loader import language_folder
from voicecheckin.settings import Settings, read_settings


def asked(file: Path, *typed: str) -> tuple[Settings, list[str], list[str]]:
    """What is known after these answers, what was asked, and what was told."""
    answers, questions, told = iter(typed), [], []

    def ask(question: str) -> str:
        questions.append(question)
        return next(answers)

    root = language_folder("en")
    return acquainted(Settings(), file, root, ask, told.append), questions, told


@pytest.mark.parametrize("typed", ["Robin and Sam", "Robin,Sam", " Robin Sam", "Robin & Sam"])
def test_names_and_country_are_noted_after_a_yes(tmp_path: Path, typed: str) -> None:
    file = tmp_path / "place" / "settings.toml"
    settings, _, told = asked(file, typed, "GB", "y")
    assert told[0] == WELCOME
    assert settings.couple.names == ("Robin", "Sam")
    assert settings.couple.country == "gb"
    assert read_settings(file).couple == settings.couple
    assert told[1:] == [f"That is noted in {file}."]


@pytest.mark.parametrize("typed", ["", "n", "no", "maybe"])
def test_without_a_yes_they_count_for_this_time_only(tmp_path: Path, typed: str) -> None:
    file = tmp_path / "settings.toml"
    settings, _, _ = asked(file, "Robin, Sam", "", typed)
    assert settings.couple.names == ("Robin", "Sam")
    assert not file.exists()


def test_enter_leaves_both_open_and_nothing_is_there_to_be_noted(tmp_path: Path) -> None:
    settings, questions, _ = asked(tmp_path / "settings.toml", "", "")
    assert settings == Settings()
    assert NOTE not in questions


def test_what_does_not_fit_is_asked_again(tmp_path: Path) -> None:
    typed = ("Robin", "Robin, 4", "Robin, Sam", "Germany", "de", "y")
    settings, _, told = asked(tmp_path / "settings.toml", *typed)
    assert (settings.couple.names, settings.couple.country) == (("Robin", "Sam"), "de")
    assert sum("two letters" in line for line in told) == 1
    assert sum("name" in line for line in told) >= 2
