"""The drawings in the README show the program as it is."""

from pathlib import Path

from voicecheckin.content import load
from voicecheckin.conversation.diagram import machine, way
from voicecheckin.conversation.moments import Moment

README = Path(__file__).parent.parent / "README.md"


def test_the_machine_in_the_readme_is_current() -> None:
    assert f"```mermaid\n{machine()}```" in README.read_text(encoding="utf-8")


def test_the_way_in_the_readme_is_current() -> None:
    assert f"```mermaid\n{way(load('en'))}```" in README.read_text(encoding="utf-8")


def test_every_moment_is_drawn() -> None:
    assert all(f'"{moment.value}"' in machine() for moment in Moment)
