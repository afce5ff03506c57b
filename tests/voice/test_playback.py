"""The queue of what sounds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.sound.frames import FRAME, RATE, Samples
from voicecheckin.voice.playback import FADE, Playback

LATENCY = 4


def ones(count: int) -> Samples:
    """So many samples at half of full scale."""
    return np.full(count, 0.5, np.float32)


def played(playback: Playback, frames: int) -> tuple[Samples, list[int]]:
    """What sounds in so many frames, and after which of them a prompt has ended."""
    sound, ended = [], []
    for number in range(1, frames + 1):
        sound.append(playback.frame())
        if playback.passed(LATENCY):
            ended.append(number)
    return np.concatenate(sound), ended


def test_a_prompt_has_ended_only_once_its_last_sample_has_sounded() -> None:
    playback = Playback()
    playback.play(ones(3 * FRAME))
    sound, ended = played(playback, 20)
    assert np.array_equal(np.flatnonzero(sound), np.arange(3 * FRAME))
    assert ended == [2 + LATENCY]
    assert not playback.sounding


def test_prompts_follow_each_other_without_a_gap_and_end_one_by_one() -> None:
    playback = Playback()
    playback.play(ones(700))
    playback.play(-ones(800))
    sound, ended = played(playback, 20)
    assert sound[699] == 0.5
    assert sound[700] == sound[1499] == -0.5
    assert not sound[1500:].any()
    assert ended == [1 + LATENCY, 3 + LATENCY]


def test_hushed_speech_fades_without_a_click_and_never_counts_as_ended() -> None:
    playback = Playback()
    playback.play(ones(100 * FRAME))
    playback.play(ones(FRAME))
    played(playback, 5)
    playback.hush()
    assert playback.sounding
    sound, ended = played(playback, 50)
    assert np.abs(np.diff(sound)).max() < 0.01
    assert np.flatnonzero(sound)[-1] < FADE * RATE
    assert ended == []
    assert not playback.sounding


def test_what_is_said_after_hush_begins_after_the_fade() -> None:
    playback = Playback()
    playback.play(ones(100 * FRAME))
    played(playback, 5)
    playback.hush()
    playback.play(-ones(FRAME))
    sound, ended = played(playback, 50)
    assert np.flatnonzero(sound < 0)[0] == round(FADE * RATE)
    assert len(ended) == 1


def test_hushing_silence_is_nothing() -> None:
    playback = Playback()
    playback.hush()
    assert not playback.sounding
    assert not played(playback, 3)[0].any()


def test_forgotten_speech_stops_at_once() -> None:
    playback = Playback()
    playback.play(ones(100 * FRAME))
    played(playback, 5)
    playback.forget()
    assert not playback.sounding
    assert not played(playback, 3)[0].any()


def test_ducking_steps_back_softly_and_forward_again() -> None:
    playback = Playback()
    playback.play(ones(100 * FRAME))
    playback.duck()
    down, _ = played(playback, 3)
    playback.begin_again()
    up, _ = played(playback, 20)
    assert np.abs(np.diff(down)).max() < 0.01
    assert down[-1] < 0.2
    assert up[0] < 0.2
    assert up[-1] == 0.5


def test_a_sentence_begins_again_after_its_first_try_has_faded() -> None:
    playback = Playback()
    playback.play(np.linspace(0.1, 0.5, 20 * FRAME, dtype=np.float32))
    played(playback, 10)
    playback.begin_again()
    sound, ended = played(playback, 40)
    start = round(FADE * RATE)
    assert sound[start] == np.float32(0.1)
    assert np.flatnonzero(sound)[-1] == start + 20 * FRAME - 1
    assert len(ended) == 1


def test_held_speech_is_silent_for_as_long_as_it_takes_and_then_begins_again() -> None:
    playback = Playback()
    playback.play(ones(10 * FRAME))
    played(playback, 5)
    playback.hold()
    sound, ended = played(playback, 100)
    assert np.flatnonzero(sound)[-1] < FADE * RATE
    assert ended == []
    assert playback.sounding
    playback.begin_again()
    sound, ended = played(playback, 30)
    assert np.array_equal(np.flatnonzero(sound), np.arange(10 * FRAME))
    assert len(ended) == 1


def test_speech_that_is_held_after_its_last_sample_keeps_none_from_following() -> None:
    playback = Playback()
    playback.play(ones(2 * FRAME))
    played(playback, 3)
    playback.hold()
    playback.play(ones(2 * FRAME))
    sound, ended = played(playback, 10)
    assert np.count_nonzero(sound) == 2 * FRAME
    assert len(ended) == 2


def test_ducked_speech_that_is_hushed_never_gets_louder_again() -> None:
    playback = Playback()
    playback.play(ones(100 * FRAME))
    playback.duck()
    played(playback, 3)
    playback.hush()
    sound, _ = played(playback, 20)
    assert sound.max() < 0.11
    playback.play(ones(FRAME))
    assert played(playback, 1)[0].max() == 0.5


def test_louder_speech_is_rounded_off_and_never_clips() -> None:
    playback = Playback()
    loud = (0.9 * np.sin(np.arange(10 * FRAME) / 5)).astype(np.float32)
    playback.play(loud, 9.0)
    sound, _ = played(playback, 10)
    assert 0.9 < np.abs(sound).max() < 1.0
    assert np.mean(np.square(sound)) > 1.5 * np.mean(np.square(loud))


@given(st.lists(st.integers(1, 3000), max_size=6))
def test_every_sample_sounds_once_and_in_order(lengths: list[int]) -> None:
    playback = Playback()
    sound = np.arange(1, sum(lengths) + 1, dtype=np.float32)
    for prompt in np.split(sound, np.cumsum(lengths)[:-1]) if lengths else []:
        playback.play(prompt)
    heard, ended = played(playback, sum(lengths) // FRAME + 2 * LATENCY + len(lengths) + 2)
    assert np.array_equal(heard[: len(sound)], sound)
    assert not heard[len(sound) :].any()
    assert len(ended) == len(lengths)
