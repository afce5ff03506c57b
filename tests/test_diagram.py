"""The drawings in the README show the program as it is."""

from pathlib import Path

from voicecheckin.content import load
from voicecheckin.conversation.diagram import machine, way
from voicecheckin.conversation.states import State

ENDS = (State.READY, State.DONE)
README = Path(__file__).parent.parent / "voicecheckin" / "README.md"


def test_the_machine_in_the_readme_is_current() -> None:
    assert f"```mermaid\n{machine()}```" in README.read_text(encoding="utf-8")


def test_the_way_in_the_readme_is_current() -> None:
    assert f"```mermaid\n{way(load('en'))}```" in README.read_text(encoding="utf-8")


def test_every_state_is_drawn() -> None:
    drawn = machine()
    assert all(f'"{state.value}"' in drawn for state in State if state not in ENDS)
