"""What reaches the encoder: windows and levels."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.hearing.recognisers.head_ear import LONGEST
from voicecheckin.hearing.recognisers.spectrum import log_mel
from voicecheckin.hearing.recognisers.whisper import level, window_of
from voicecheckin.sound.frames import RATE

VOICES = Path(__file__).parent / "voices"


@pytest.mark.parametrize(("seconds", "window"), [(0.3, 1.5), (1.5, 1.5), (1.6, 2.5), (3.9, 4.0)])
def test_the_window_is_the_shortest_that_holds_the_utterance(seconds: float, window: float) -> None:
    assert window_of(np.zeros(round(seconds * RATE), np.float32)) == window * RATE


def test_no_window_is_longer_than_a_phrase() -> None:
    assert window_of(np.zeros(60 * RATE, np.float32)) == LONGEST * RATE


@given(gain=st.floats(1e-3, 1.0), offset=st.floats(-0.3, 0.3))
def test_every_voice_arrives_alike(gain: float, offset: float) -> None:
    voice = np.sin(np.arange(RATE) * 0.3).astype(np.float32) * np.float32(0.3)
    usual, changed = level(voice), level(voice * np.float32(gain) + np.float32(offset))
    assert np.abs(usual - changed).max() < 0.01


def test_nothing_at_all_stays_nothing() -> None:
    assert not level(np.zeros(RATE, np.float32)).any()


def test_the_spectrum_is_that_of_the_reference() -> None:
    reference = pytest.importorskip("faster_whisper.feature_extractor").FeatureExtractor(80)
    for path in sorted(VOICES.glob("*.flac"))[:5]:
        sound = soundfile.read(path, dtype="float32")[0][:RATE]
        filled = np.pad(sound, (0, 3 * RATE // 2 - len(sound)))
        wanted = reference(filled, padding=False)[:, :150]
        assert np.abs(log_mel(filled, 80) - wanted).max() < 1e-5
