"""A file of events is read back as it was written, or refused in one sentence."""

import importlib.util
import json
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecheckin.cli import main

SOURCE = Path(__file__).parents[1] / "scripts" / "benches" / "_events.py"


def loaded() -> ModuleType:
    """The reader; it is a script, and no part of the package."""
    spec = importlib.util.spec_from_file_location("events_of_a_sitting", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


EVENTS = loaded()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The events of a short evening on paper."""
    file = tmp_path_factory.mktemp("events") / "events.jsonl"
    typed = ("rehearse", "--room", "paper", "--evening", "1", "--length", "short", "--names", "A,B")
    assert main([*typed, "--events", str(file)]) == 0
    return file


def test_everybody_sounds_and_nothing_sounds_backwards(written: Path) -> None:
    found = EVENTS.stretches(EVENTS.read(written))
    assert {one.lane for one in found} == set(EVENTS.LANES)
    assert all(one.start <= one.end for one in found)


def test_the_device_is_never_drawn_twice_at_once(written: Path) -> None:
    device = [one for one in EVENTS.stretches(EVENTS.read(written)) if one.lane == "device"]
    assert all(one.end <= next.start for one, next in pairwise(device))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(choices=st.data())
def test_damaged_events_are_read_or_refused(written: Path, choices: st.DataObject) -> None:
    content = bytearray(written.read_bytes()[:4000])
    for _ in range(choices.draw(st.integers(1, 4))):
        at = choices.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << choices.draw(st.integers(0, 7))
    damaged = written.with_name("damaged.jsonl")
    damaged.write_bytes(bytes(content))
    assert "\n" not in said_of(damaged)


@settings(deadline=None)
@given(kind=st.sampled_from(("Listen", "Speak", "VoiceEnded", "VoiceBegan")), value=VALUES)
def test_any_value_is_read_or_refused(written: Path, kind: str, value: object) -> None:
    strange = written.with_name("strange.jsonl")
    line = {"t": 1, "kind": kind, "floor": value, "silence": value}
    strange.write_text(f"{json.dumps(line)}\n{json.dumps(value)}\n", encoding="utf-8")
    assert "\n" not in said_of(strange)


def said_of(file: Path) -> str:
    """The sentence in which a file is refused; empty if it was read."""
    try:
        EVENTS.stretches(EVENTS.read(file))
    except SystemExit as refused:
        return str(refused)
    return ""
