"""What every engine's sound goes through."""

import numpy as np

from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.voice.engine import Rendering
from voicecheckin.voice.loudness import TARGET, loudness
from voicecheckin.voice.postprocess import MARGIN, post_processed


def word(rate: int, before: float, after: float) -> Samples:
    """Half a second of sound, with silence around it."""
    time = np.arange(rate // 2) / rate
    sound = 0.2 * np.sin(2 * np.pi * 300 * time)
    padded = np.pad(sound, (round(before * rate), round(after * rate)))
    return padded.astype(np.float32)


def test_sound_of_any_rate_becomes_16_khz_and_equally_loud() -> None:
    for rate in (16_000, 22_050, 44_100):
        sound = post_processed(Rendering(word(rate, 0.0, 0.0), rate))
        assert abs(len(sound) / RATE - 0.5) < 0.03
        assert abs(loudness(sound, RATE) - TARGET) < 0.2


def test_silence_around_the_words_is_cut_and_a_little_margin_kept() -> None:
    sound = post_processed(Rendering(word(RATE, 1.0, 2.0), RATE))
    assert abs(len(sound) / RATE - (0.5 + 2 * MARGIN)) < 0.025


def test_cut_edges_make_no_click() -> None:
    sound = post_processed(Rendering(word(RATE, 0.0, 0.0), RATE))
    assert sound[0] == sound[-1] == 0.0


def test_nothing_stays_nothing() -> None:
    sound = post_processed(Rendering(np.zeros(RATE, np.float32), RATE))
    assert not sound.any()
    assert post_processed(Rendering(np.zeros(0, np.float32), RATE)).dtype == np.float32
