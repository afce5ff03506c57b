"""The bells, and the program that makes them."""

import runpy
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecheckin.errors import ContentError
from voicecheckin.voice.bells import bell

PROGRAM = Path(__file__).parents[2] / "audio" / "make_bells.py"
NAMES = ("hand_over", "rest", "time_up", "sound_lost", "sound_back", "breath_in", "breath_out")


@pytest.mark.parametrize("name", NAMES)
def test_a_bell_begins_and_ends_softly(name: str) -> None:
    sound = bell(name)
    assert np.abs(sound[:16]).max() < 0.01
    assert np.abs(sound[-160:]).max() < 0.001
    assert 0.2 < np.abs(sound).max() < 0.3
    assert 1.5 < len(sound) / 16_000 <= 6.0


def test_the_program_makes_what_is_shipped(tmp_path: Path) -> None:
    runpy.run_path(str(PROGRAM))["main"](tmp_path)
    for name in NAMES:
        made, rate = soundfile.read(tmp_path / f"{name}.flac", dtype="float32")
        assert rate == 16_000
        assert np.allclose(made, bell(name), atol=1e-4)


def test_an_unknown_bell_is_named() -> None:
    with pytest.raises(ContentError, match="gong"):
        bell("gong")
