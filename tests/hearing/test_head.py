"""The trained head that ships, and how its chances become results."""

import numpy as np
import pytest

from voicecheckin.errors import EngineMissing
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers import head as heads
from voicecheckin.hearing.recognisers.head import NONE, Head, Limits, agreed, chances_of
from voicecheckin.hearing.recognisers.head_ear import Weighed, judge, meaning_of
from voicecheckin.hearing.recognisers.recogniser import Recognition

LIMITS = Limits(
    accept=0.5, noisy=0.8, several=0.3, free=0.9, clear=24, doubt=0.2, stop=0.4, lead=2.0
)
QUIET, NOISE = 50.0, 15.0
"""dB of snr."""


@pytest.fixture(scope="module")
def head() -> Head:
    """The head that ships."""
    return heads.load("whisper")


def test_the_head_that_ships_knows_every_phrase(head: Head) -> None:
    book = load_phrases("en")
    assert set(meaning_of(head.labels, book, book.ids)) >= set(book.ids) - {"therapist", "rules"}


def test_chances_add_up_to_one_and_include_none_of_ours(head: Head) -> None:
    frames = np.random.default_rng(0).standard_normal((75, 384)).astype(np.float32)
    chances = chances_of(head.nets, frames)
    assert chances.shape == (len(head.labels),)
    assert chances.sum() == pytest.approx(1.0, abs=1e-4)
    assert NONE in head.labels


def test_a_word_that_the_second_opinion_does_not_hear_counts_for_less() -> None:
    labels, names = ("yes", "not sure", NONE), ("bed", "yes")
    first = np.array([0.64, 0.3, 0.06], np.float32)
    second = np.array([0.99, 0.01], np.float32)
    assert agreed(first, second, labels, names) == pytest.approx([0.08, 0.3, 0.06])


def test_the_second_opinion_knows_the_words_of_ours_that_people_said(head: Head) -> None:
    assert {"yes", "no", "stop", "go", "one", "five"} <= set(head.second.names) & set(head.labels)
    frames = np.random.default_rng(1).standard_normal((75, 384)).astype(np.float32)
    twice, once = head.together([frames, frames]), head.together([frames])
    assert twice == pytest.approx(once, abs=1e-6)
    assert twice.max() <= 1.0


def test_a_clear_phrase_is_understood() -> None:
    assert judge(
        [Weighed("yes", 0.7, False), Weighed("no", 0.1, False)], LIMITS, QUIET
    ) == Recognition("yes", pytest.approx(0.7))


def test_between_two_phrases_there_is_doubt() -> None:
    assert judge(
        [Weighed("yes", 0.52, False), Weighed("no", 0.3, False)], LIMITS, QUIET
    ) == Recognition("yes", pytest.approx(0.52), True)


def test_a_phrase_that_is_hardly_likely_is_doubted() -> None:
    assert judge([Weighed("yes", 0.3, False)], LIMITS, QUIET) == Recognition(
        "yes", pytest.approx(0.3), True
    )


def test_what_is_likely_none_of_ours_is_left_alone() -> None:
    assert judge(
        [Weighed("yes", 0.1, False), Weighed("no", 0.05, False)], LIMITS, QUIET
    ) == Recognition(None, pytest.approx(0.9))


def test_stop_needs_less_than_anything_else() -> None:
    assert judge([Weighed("stop", 0.45, False)], LIMITS, QUIET) == Recognition(
        "stop", pytest.approx(0.45)
    )
    assert judge([Weighed("pause", 0.45, False)], LIMITS, QUIET).doubt


def test_in_noise_more_is_needed_except_to_stop() -> None:
    assert judge([Weighed("yes", 0.7, False)], LIMITS, NOISE).doubt
    assert not judge([Weighed("stop", 0.45, False)], LIMITS, NOISE).doubt


def test_several_words_need_less_than_one() -> None:
    assert judge([Weighed("not sure", 0.35, True)], LIMITS, NOISE).phrase == "not sure"
    assert judge([Weighed("yes", 0.35, False)], LIMITS, QUIET).doubt


def test_in_a_free_turn_a_command_needs_more_except_to_stop() -> None:
    pause, stop = Weighed("pause", 0.7, False), Weighed("stop", 0.45, False)
    assert judge([pause], LIMITS, QUIET).phrase == "pause"
    assert judge([pause], LIMITS, QUIET, asked=False).doubt
    assert judge([stop], LIMITS, QUIET, asked=False).phrase == "stop"


def test_no_allowed_phrase_means_none() -> None:
    assert judge([], LIMITS, QUIET) == Recognition(None, 1.0)


def test_a_language_without_a_head_is_told() -> None:
    with pytest.raises(EngineMissing, match="There is no ear for 'xx' yet"):
        heads.load("whisper", "xx")
