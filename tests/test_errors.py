"""What errors tell people to do."""

import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from voicecheckin.errors import how_to_install

PROJECT = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]


@pytest.mark.parametrize("extra", ["piper", "wyoming"])
def test_an_extra_is_spelt_out_for_the_python_that_runs(extra: str) -> None:
    command = shlex.split(how_to_install(extra))
    assert command == [sys.executable, "-m", "pip", "install", *EXTRAS[extra]]


def test_several_extras_and_packages_go_into_one_command() -> None:
    command = shlex.split(how_to_install("piper", "wyoming", "pocketsphinx"))
    assert command[4:] == [*EXTRAS["piper"], *EXTRAS["wyoming"], "pocketsphinx"]
