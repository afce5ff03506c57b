"""The words that are spotted: real voices, near and across a kitchen, and everything else."""

import gc
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopen_wakeword import OpenWakeWordFeatures

from tests.ear.voices import in_kitchen, still, voice
from voicecheckin.ear.files import utterance_in
from voicecheckin.ear.level import even_out
from voicecheckin.ear.phrases import load
from voicecheckin.ear.recogniser import Samples, Verdict
from voicecheckin.ear.spotting import LONGEST, RATE, WordSpotter, read_limits

BOOK = load()
COMMANDS = BOOK.commands
ASKED = ("yes", "no", *COMMANDS)
OURS = ("yes_1", "yes_2", "no_1", "no_2", "stop_1", "stop_2")
OTHERS = ("bird_1", "happy_1", "coffee_1", "two_1", "help_1")


@pytest.fixture(scope="module")
def spotter() -> WordSpotter:
    return WordSpotter(BOOK)


def said(clip: str) -> str:
    return clip.split("_")[0]


def far(clip: str) -> Samples:
    return utterance_in(in_kitchen(np.concatenate([still(1), voice(clip), still(1)])))


def acted_on(verdict: Verdict | None) -> str | None:
    return None if verdict is None or verdict.doubt else verdict.phrase


@pytest.mark.parametrize("clip", OURS)
def test_real_people_are_understood(spotter: WordSpotter, clip: str) -> None:
    assert acted_on(spotter.decide(utterance_in(voice(clip)), ASKED)) == said(clip)


def test_across_a_kitchen_most_are_and_nobody_is_mistaken(spotter: WordSpotter) -> None:
    heard = {clip: acted_on(spotter.decide(even_out(far(clip)), ASKED)) for clip in OURS}
    assert {heard[clip] for clip in OURS if heard[clip] != said(clip)} <= {None}
    assert sum(phrase is not None for phrase in heard.values()) >= 3


@pytest.mark.parametrize("clip", OTHERS)
def test_other_words_are_none_of_them(spotter: WordSpotter, clip: str) -> None:
    assert acted_on(spotter.decide(utterance_in(voice(clip)), ASKED)) is None


@pytest.mark.parametrize("clip", ["yes_1", "no_1"])
def test_a_word_that_is_no_answer_now_counts_for_nothing(spotter: WordSpotter, clip: str) -> None:
    assert acted_on(spotter.decide(utterance_in(voice(clip)), COMMANDS)) is None


def test_over_the_device_a_stop_needs_no_more_than_usual() -> None:
    limit = read_limits(files("voicecheckin.ear") / "heads" / "en" / "words.toml")["stop"]
    assert 0.3 <= limit.over_voice <= limit.asked <= limit.aside


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, LONGEST), st.floats(-6, -1))
def test_noise_of_any_length_and_loudness_is_nothing(
    spotter: WordSpotter, seed: int, seconds: float, loudness: float
) -> None:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    assert acted_on(spotter.decide((noise * 10**loudness).astype(np.float32), ASKED)) is None


def test_silence_is_nothing_and_what_is_long_is_left_to_others(spotter: WordSpotter) -> None:
    assert acted_on(spotter.decide(still(0.5), ASKED)) is None
    assert spotter.decide(still(0.0), ASKED) is None
    assert spotter.decide(np.pad(voice("stop_1"), (0, 2 * RATE)), ASKED) is None


def test_what_was_heard_before_makes_no_difference(spotter: WordSpotter) -> None:
    sound = utterance_in(voice("stop_1"))
    first = spotter.decide(sound, ASKED)
    spotter.decide(utterance_in(voice("yes_1")), ASKED)
    assert spotter.decide(sound, ASKED) == first


def test_no_sound_stays(spotter: WordSpotter) -> None:
    spotter.decide(utterance_in(voice("stop_1")), ASKED)
    libraries = [one for one in gc.get_objects() if isinstance(one, OpenWakeWordFeatures)]
    kept = [array for one in libraries for array in vars(one).values()]
    sounds = [array for array in kept if isinstance(array, np.ndarray)]
    assert sounds
    assert not any(sound.any() for sound in sounds)


def test_the_card_says_how_well_it_hears() -> None:
    folder = Path(str(files("voicecheckin.ear"))) / "heads" / "en"
    card = (folder / "words.md").read_text(encoding="utf-8")
    for word in read_limits(folder / "words.toml"):
        assert f"| {word}, kitchen 10 dB |" in card
