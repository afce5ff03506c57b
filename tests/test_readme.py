"""What the pages tell is so: settings, commands, words, files."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from voicecheckin.cli import COMMANDS, main
from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMAND_LINE = ROOT / "voicecheckin" / "cli" / "README.md"
PAGES = [
    README,
    COMMAND_LINE,
    ROOT / "voicecheckin" / "README.md",
    ROOT / "voicecheckin" / "content" / "README.md",
    ROOT / "voicecheckin" / "keeping" / "README.md",
    ROOT / "scripts" / "README.md",
]


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


ROWS = {
    "".join(row.split("`")[1].split()[1:]) or "start": row
    for page in PAGES
    for row in text(page).splitlines()
    if row.startswith("| `voicecheckin")
}


def settings_blocks(page: Path) -> list[str]:
    """The blocks of a page that can be copied into a settings file."""
    blocks = re.findall(r"^```toml\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)
    return [block for block in blocks if "[[topic" not in block]


BLOCKS = [block for page in PAGES for block in settings_blocks(page)]


def test_there_are_settings_to_copy() -> None:
    assert len(settings_blocks(COMMAND_LINE)) == 1


@pytest.fixture(params=BLOCKS)
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """What the program reads in a block."""
    file = tmp_path / "settings.toml"
    file.write_text(request.param, encoding="utf-8")
    return read_settings(file)


def test_settings_can_be_copied(settings: Settings) -> None:
    assert settings != Settings()


def test_every_setting_is_shown() -> None:
    block = settings_blocks(COMMAND_LINE)[0]
    shown = {
        (table, key)
        for table, keys in re.findall(r"^\[(\w+)\]\n((?:\w+ = .*\n)+)", block, re.MULTILINE)
        for key in re.findall(r"^\w+", keys, re.MULTILINE)
    }
    assert shown == {
        (group.name, entry.name)
        for group in fields(Settings)
        for entry in fields(getattr(Settings(), group.name))
    }


def test_every_command_is_told() -> None:
    assert set(ROWS) == set(COMMANDS)


@pytest.mark.parametrize("command", ROWS)
def test_every_command_and_its_options_exist(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert set(re.findall(r"--[a-z-]+", ROWS[command])) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_typed_in_passing_exists_too(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = re.findall(r"^(?:\./scripts/checkin|voicecheckin)((?: [^#\n]+)?)", text(page), re.M)
    typed += re.findall(r"`(?:\./scripts/checkin|voicecheckin)((?: [^`]+)?)`", text(page))
    for words in (one.split() for one in typed):
        command = words[0] if words and words[0] in COMMANDS else "start"
        assert command != "start" or not words or words[0].startswith("-"), words
        with pytest.raises(SystemExit):
            main([command, "--help"])
        known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
        assert {word for word in words if word.startswith("--")} <= known


def test_the_device_says_what_the_excerpt_lets_it_say() -> None:
    said = re.findall(r"^Device   (.*)$", text(README), re.MULTILINE)
    known = all_sentences(load("en"), ("Robin", "Sam"))
    for line in said:
        assert [part for part in re.split(r"(?<=[.?]) ", line) if part not in known] == []
    assert len(said) == 5


def test_the_words_that_can_be_said_are_understood() -> None:
    _, _, after = text(README).partition("You can say these at any moment:\n\n")
    words = re.findall(r"\*([^*]+)\*", after.partition("\n\n")[0])
    book = load_phrases("en")
    assert [word for word in words if book.match(word, book.commands).phrase is None] == []
    assert len(words) > 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_it_points_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", text(page))
    headings = re.findall(r"^#+ (.*)$", text(page), re.MULTILINE)
    here = {"#" + re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
    assert [link for link in links if link.startswith("#") and link not in here] == []
    paths = [link for link in links if "://" not in link and not link.startswith("#")]
    assert [path for path in paths if not (page.parent / path).exists()] == []
    assert paths or page != README
