"""Where speech begins, pauses and ends, with the real detector on real voices."""

import numpy as np
import pytest

from tests.hearing.voices import RATE, in_kitchen, still, voice, words
from voicecheckin.hearing.endpointing import Began, Ended, Endpointer, Mark, Paused, Resumed
from voicecheckin.hearing.vad import VoiceActivity
from voicecheckin.sound.frames import Samples


def marks(sound: Samples, patience: float = 1.0) -> list[Mark]:
    """All that is marked in *sound*."""
    activity, ends = VoiceActivity(), Endpointer(patience)
    frames = (sound[start : start + 480] for start in range(0, sound.size - 479, 480))
    chunks = (chunk for frame in frames for chunk in activity.hear(frame))
    return [mark for chunk in chunks for mark in ends.hear(chunk.samples, chunk.probability)]


def kinds(sound: Samples, patience: float = 1.0) -> list[str]:
    return [type(mark).__name__ for mark in marks(sound, patience)]


@pytest.mark.parametrize("level", [1.0, 0.1, 0.01])
def test_words_are_found_at_any_loudness(level: float) -> None:
    found = marks(words("yes_1", "stop_1", "no_1") * np.float32(level))
    assert sum(isinstance(mark, Paused) for mark in found) == 3
    assert sum(isinstance(mark, Ended) for mark in found) == 3


def test_an_offset_and_clipping_do_not_hide_words() -> None:
    loud = np.clip(words("yes_1", "stop_1") * 8 + 0.2, -1, 1).astype(np.float32)
    assert sum(isinstance(mark, Paused) for mark in marks(loud)) == 2


def test_words_are_found_in_a_kitchen() -> None:
    sound = in_kitchen(words("yes_1", "stop_1", "go_1", gap=3.0))
    long_enough = [m for m in marks(sound) if isinstance(m, Paused) and m.whole.voiced > 0.1]
    assert len(long_enough) >= 3


@pytest.mark.parametrize("noise", ["kitchen", "dishes"])
@pytest.mark.parametrize("level", [1.0, 0.1])
def test_dishes_and_taps_are_no_voice(noise: str, level: float) -> None:
    assert not [m for m in marks(voice(noise) * np.float32(level)) if isinstance(m, Began)]


def test_a_click_and_a_hum_begin_nothing() -> None:
    time = np.arange(round(0.25 * RATE)) / RATE
    hum = (0.1 * np.sin(2 * np.pi * 120 * time)).astype(np.float32)
    click = still(0.3)
    click[100:140] = 0.9
    sound = np.concatenate([still(1), click, still(1.5), hum, still(1.5)])
    assert "Began" not in kinds(sound)


def test_the_beginning_of_a_word_is_kept() -> None:
    word = voice("stop_1")
    found = marks(np.concatenate([still(1.5), word, still(1.5)]))
    (paused,) = [mark for mark in found if isinstance(mark, Paused)]
    kept = paused.whole.samples
    # All of the word's energy is in what was kept.
    assert np.sum(kept**2) >= 0.97 * np.sum(word**2)


def test_speech_that_resumes_soon_is_one_utterance() -> None:
    sound = np.concatenate([still(1), voice("yes_1"), still(0.3), voice("yes_2"), still(2)])
    found = marks(sound, patience=2.0)
    assert [type(mark) for mark in found if not isinstance(mark, Began)][-1] is not Resumed
    last = [mark for mark in found if isinstance(mark, Paused)][-1]
    assert last.whole.seconds > 1.0


def test_patience_decides_when_speech_has_ended() -> None:
    sound = words("yes_1", "stop_1", gap=1.5)
    assert kinds(sound, patience=0.8).count("Ended") == 2
    assert kinds(sound, patience=2.5).count("Ended") == 0
    assert kinds(sound, patience=2.5).count("Resumed") == 1


def test_silence_is_counted_from_the_last_sound() -> None:
    (ended,) = [mark for mark in marks(words("yes_1", gap=2.0), 1.2) if isinstance(mark, Ended)]
    assert ended.silence == pytest.approx(1.2, abs=0.03)


def test_long_speech_is_only_a_voice() -> None:
    found = marks(voice("talk")[: 12 * RATE], patience=3.0)
    whole = [mark.whole for mark in found if isinstance(mark, Paused)]
    assert any(speech.seconds > 5 and not speech.samples.size for speech in whole)
    assert all(speech.samples.size <= 6 * RATE for speech in whole)
