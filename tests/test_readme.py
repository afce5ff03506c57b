"""What the README tells is so: settings, commands, words, files."""

import re
from pathlib import Path

import pytest

from voicecheckin.cli import main
from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = [line for line in README.splitlines() if line.startswith("| `voicecheckin")]
COMMANDS = [row.split("`")[1].split()[1:] for row in ROWS]


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def settings_blocks() -> list[str]:
    return [block for block in blocks("toml") if "[[topic" not in block]


def test_there_are_settings_to_copy() -> None:
    assert len(settings_blocks()) == 2


@pytest.mark.parametrize("block", settings_blocks())
def test_settings_can_be_copied(tmp_path: Path, block: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(block, encoding="utf-8")
    assert read_settings(file) != Settings()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_its_options_exist(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    name = command[:1] or ["start"]
    row = next(row for row in ROWS if row.split("`")[1].split()[1:] == command)
    with pytest.raises(SystemExit):
        main([*name, "--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert set(re.findall(r"--[a-z-]+", row)) <= known


def test_the_device_says_what_the_excerpt_lets_it_say() -> None:
    said = re.findall(r"^Device   (.*)$", README, re.MULTILINE)
    known = all_sentences(load("en"), ("Robin", "Sam"))
    for line in said:
        assert [part for part in re.split(r"(?<=[.?]) ", line) if part not in known] == []
    assert len(said) == 5


def test_what_it_points_to_is_there() -> None:
    paths = [path for path in re.findall(r"\]\(([^)]+)\)", README) if "://" not in path]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert paths
