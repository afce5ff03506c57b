"""A stop over the device's voice: real people, everything else, and nothing that stays."""

import ctypes
import gc
import shutil
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopen_wakeword import OpenWakeWordFeatures

import voicecheckin.hearing.recognisers.spotting as spotting
from tests.hearing.voices import in_kitchen, still, voice
from voicecheckin.errors import ContentError
from voicecheckin.hearing.agc import even_out
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.files import utterance_in
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.recogniser import (
    Recogniser,
    Recognition,
    Spotted,
)
from voicecheckin.hearing.recognisers.spotting import LONGEST, StopSpotter
from voicecheckin.hearing.recognisers.wyoming import WyomingEar
from voicecheckin.sound.frames import RATE, Samples

pytestmark = pytest.mark.slow

COMMANDS = load().commands
STOPS = ("stop_1", "stop_2", "stop_3", "stop_4")
OTHERS = ("bird_1", "happy_1", "coffee_1", "two_1", "help_1", "yes_1", "no_1", "go_1", "repeat_1")


@pytest.fixture(scope="module")
def spotter() -> StopSpotter:
    return StopSpotter()


def far(clip: str) -> Samples:
    sound = np.concatenate([still(1), voice(clip), still(1)])
    return even_out(utterance_in(in_kitchen(sound, ratio=20.0)))


def near(clip: str) -> Samples:
    return even_out(utterance_in(voice(clip)))


def hears_stop(recogniser: Recogniser | None, sound: Samples) -> bool:
    assert recogniser is not None
    return recogniser.decide(sound, COMMANDS).phrase == "stop"


@pytest.mark.parametrize("clip", STOPS)
def test_real_people_who_say_stop_are_heard(spotter: StopSpotter, clip: str) -> None:
    assert hears_stop(spotter, near(clip))


def test_across_a_quiet_kitchen_most_are(spotter: StopSpotter) -> None:
    assert sum(hears_stop(spotter, far(clip)) for clip in STOPS) >= 3


@pytest.mark.parametrize("clip", OTHERS)
def test_other_words_are_no_stop(spotter: StopSpotter, clip: str) -> None:
    assert not hears_stop(spotter, near(clip))


def test_across_a_quiet_kitchen_hardly_any_is(spotter: StopSpotter) -> None:
    assert sum(hears_stop(spotter, far(clip)) for clip in OTHERS) <= 1


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, LONGEST), st.floats(-6, -1))
def test_noise_of_any_length_and_loudness_is_no_stop(
    spotter: StopSpotter, seed: int, seconds: float, loudness: float
) -> None:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    assert not hears_stop(spotter, (noise * 10**loudness).astype(np.float32))


def test_silence_and_what_is_too_long_are_no_stop(spotter: StopSpotter) -> None:
    for sound in (still(0), still(0.5), np.pad(voice("stop_1"), (0, 2 * RATE))):
        assert not hears_stop(spotter, sound)


def test_what_was_heard_before_makes_no_difference(spotter: StopSpotter) -> None:
    first = spotter.decide(near("stop_1"), COMMANDS)
    spotter.decide(near("yes_1"), COMMANDS)
    assert spotter.decide(near("stop_1"), COMMANDS) == first


def test_no_sound_stays_not_even_within_the_models(spotter: StopSpotter) -> None:
    spotter.decide(near("stop_1"), COMMANDS)
    before = held()
    spotter.decide(near("yes_1"), COMMANDS)
    assert held() == before
    kept = [array for one in libraries() for array in vars(one).values()]
    assert not any(array.any() for array in kept if isinstance(array, np.ndarray))


def libraries() -> list[OpenWakeWordFeatures]:
    """Every one that any ear in this process has."""
    return [one for one in gc.get_objects() if isinstance(one, OpenWakeWordFeatures)]


def held() -> list[bytes]:
    """What is in the models, whatever they were asked last."""
    found = []
    for library in libraries():
        for name in ("mel_input_tensor", "mel_output_tensor", "emb_input_tensor"):
            tensor = getattr(library, name)
            size = library.lib.TfLiteTensorByteSize(tensor)
            buffer = ctypes.create_string_buffer(size)
            library.lib.TfLiteTensorCopyToBuffer(tensor, buffer, ctypes.c_size_t(size))
            found.append(buffer.raw)
    return found


class Never(Recogniser):
    name = "never"

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        return Recognition(None, 0.9)


def test_a_stop_comes_first_and_only_where_it_is_open(spotter: StopSpotter) -> None:
    spotted = Spotted(spotter, Never())
    assert spotted.decide(near("stop_1"), COMMANDS).phrase == "stop"
    assert spotted.decide(near("stop_1"), ("yes", "no")) == Recognition(None, 0.9)
    assert spotted.decide(near("yes_1"), COMMANDS) == Recognition(None, 0.9)


def test_the_small_ear_has_it_beside_it() -> None:
    assert hears_stop(choose("small").spotter, far("stop_1"))


def test_beside_a_home_server_a_stop_is_spotted_here() -> None:
    told: list[str] = []
    ear = WyomingEar(load(), choose("small"), "tcp://127.0.0.1:1", told.append)
    assert hears_stop(ear.spotter, far("stop_1"))
    assert told == []  # the server, which is not there, was not asked


def damage_nothing_left(folder: Path) -> None:
    (folder / "stop.npz").unlink()


def damage_cut_short(folder: Path) -> None:
    whole = (folder / "stop.npz").read_bytes()
    (folder / "stop.npz").write_bytes(whole[: len(whole) // 3])


def damage_no_words(folder: Path) -> None:
    np.savez(folder / "stop.npz", labels=np.array(["stop", ""]))


def damage_flipped(folder: Path) -> None:
    whole = bytearray((folder / "stop.npz").read_bytes())
    middle = len(whole) // 2  # one byte alone may be a date, which nobody reads
    whole[middle : middle + 500] = bytes(byte ^ 0xFF for byte in whole[middle : middle + 500])
    (folder / "stop.npz").write_bytes(bytes(whole))


def damage_pointer(folder: Path) -> None:
    (folder / "stop.npz").write_text("version https://git-lfs.github.com/spec/v1\n")


def damage_no_limit(folder: Path) -> None:
    (folder / "stop.toml").write_text('limit = "often"\n')


@pytest.mark.parametrize(
    "damage",
    [
        *(damage_nothing_left, damage_cut_short, damage_no_words, damage_flipped),
        *(damage_pointer, damage_no_limit),
    ],
)
def test_a_damaged_head_is_named(
    damage: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(damage)
    shutil.copytree(str(files("voicecheckin.hearing.recognisers") / "heads"), tmp_path / "heads")
    damage(tmp_path / "heads" / "en")
    monkeypatch.setattr(spotting, "files", lambda _: tmp_path)
    with pytest.raises(ContentError, match=r"stop\.npz or stop\.toml is missing or damaged"):
        StopSpotter()


def test_the_card_says_how_well_it_hears() -> None:
    folder = files("voicecheckin.hearing.recognisers") / "heads" / "en"
    card = (folder / "stop.md").read_text(encoding="utf-8")
    for echo in ("no echo", "echo -10 dB", "echo 0 dB", "echo +6 dB"):
        assert f"| {echo} | 241 |" in card
