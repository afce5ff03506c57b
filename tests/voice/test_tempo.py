"""Slower and faster at the same pitch."""

import numpy as np
import pytest

from voicecheckin.sound.frames import Samples
from voicecheckin.voice import tempo as module
from voicecheckin.voice.tempo import at_tempo

RATE = 22_050


def tone(seconds: float, hertz: float = 140.0) -> Samples:
    """Something with the pitch of a low voice."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.2 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def pitch(sound: Samples) -> float:
    """The strongest frequency (Hz)."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)).astype(np.float32)))
    return float(np.argmax(spectrum)) * RATE / len(sound)


@pytest.mark.parametrize("tempo", [0.6, 0.8, 1.25])
@pytest.mark.parametrize("seconds", [0.3, 5.0])
def test_it_takes_longer_or_shorter_at_the_same_pitch(tempo: float, seconds: float) -> None:
    changed = at_tempo(tone(seconds), RATE, tempo)
    assert len(changed) / RATE == pytest.approx(seconds / tempo, rel=0.06)
    assert pitch(changed) == pytest.approx(140.0, rel=0.03)
    assert 0.15 < np.abs(changed).max() < 0.25


def test_at_its_own_tempo_nothing_changes() -> None:
    sound = tone(1.0)
    assert at_tempo(sound, RATE, 1.0) is sound
    assert not len(at_tempo(sound[:0], RATE, 0.8))


def test_without_the_library_it_is_the_servers_own_tempo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIBRARY", "libnothing.so.0")
    module._sonic.cache_clear()
    sound = tone(1.0)
    assert at_tempo(sound, RATE, 0.8) is sound
    module._sonic.cache_clear()
