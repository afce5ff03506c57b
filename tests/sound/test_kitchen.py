"""The simulated kitchen."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecheckin.errors import DeviceLost, SettingsError
from voicecheckin.sound.frames import FRAME, FRAME_SECONDS, RATE, Samples, loudness, silence
from voicecheckin.sound.kitchen import PERSON_LEVEL, Kitchen, KitchenSound

QUIET = Kitchen(noise=None)


def crackle(seconds: float, level: float = 0.1) -> Samples:
    """Noise, the same every time."""
    rng = np.random.default_rng(5)
    return (level * rng.normal(size=round(seconds * RATE))).astype(np.float32)


def heard(kitchen: KitchenSound, frames: int, played: Samples | None = None) -> Samples:
    """What the microphone hears in so many frames, while *played* sounds."""
    sound = np.zeros(frames * FRAME, np.float32)
    if played is not None:
        sound[: len(played)] = played
    return np.concatenate([kitchen.exchange(frame) for frame in sound.reshape(-1, FRAME)])


def test_the_same_evening_sounds_the_same_to_the_sample() -> None:
    evenings = []
    for _ in range(2):
        kitchen = KitchenSound(Kitchen(seed=3))
        kitchen.place(0.2, crackle(0.5), seat=1)
        evenings.append(heard(kitchen, 50, crackle(0.7)))
    assert np.array_equal(evenings[0], evenings[1])


def test_another_seed_is_another_kitchen() -> None:
    one, other = (heard(KitchenSound(Kitchen(seed=seed)), 10) for seed in (1, 2))
    assert not np.array_equal(one, other)


def test_somebody_is_heard_from_the_sample_where_they_begin() -> None:
    kitchen = KitchenSound(QUIET)
    end = kitchen.place(0.5, crackle(0.3))
    sound = heard(kitchen, 40)
    assert end == pytest.approx(0.8)
    assert np.flatnonzero(np.abs(sound) > 1e-4)[0] == pytest.approx(0.5 * RATE, abs=10)
    assert loudness(sound[8000:12800]) == pytest.approx(PERSON_LEVEL, abs=2.0)


def test_a_start_in_the_past_is_now() -> None:
    kitchen = KitchenSound(QUIET)
    heard(kitchen, 20)
    assert kitchen.place(0.0, crackle(0.3)) == pytest.approx(0.9)
    assert heard(kitchen, 1).any()


def test_two_people_at_once_are_both_heard() -> None:
    together, alone = KitchenSound(QUIET), KitchenSound(QUIET)
    together.place(0.0, crackle(0.3), seat=0)
    together.place(0.0, crackle(0.3), seat=1)
    alone.place(0.0, crackle(0.3), seat=0)
    assert loudness(heard(together, 10)) > loudness(heard(alone, 10)) + 1.0


def test_a_long_speech_far_ahead_leaves_the_present_alone() -> None:
    kitchen = KitchenSound(QUIET)
    kitchen.place(60.0, crackle(30.0))
    assert not heard(kitchen, 100).any()
    kitchen.place(kitchen.seconds, crackle(0.03))
    assert heard(kitchen, 1).any()


@pytest.mark.parametrize("delay", [0.02, 0.06, 0.25])
def test_the_device_hears_itself_after_the_delay(delay: float) -> None:
    kitchen = KitchenSound(Kitchen(noise=None, echo=0.0, delay=delay))
    sound = heard(kitchen, 30, crackle(0.3))
    assert np.flatnonzero(sound)[0] == pytest.approx(delay * RATE, abs=2)
    assert kitchen.latency >= delay / FRAME_SECONDS


def test_the_echo_has_the_level_that_was_asked_for() -> None:
    soft, loud = (
        loudness(heard(KitchenSound(Kitchen(noise=None, echo=echo)), 40, crackle(1.0)))
        for echo in (-10.0, 6.0)
    )
    assert loud - soft == pytest.approx(16.0, abs=0.1)


def test_without_noise_and_people_there_is_silence_and_with_noise_its_level() -> None:
    assert not heard(KitchenSound(QUIET), 10).any()
    noise = heard(KitchenSound(Kitchen(noise=-20.0)), 800)
    assert loudness(noise) == pytest.approx(PERSON_LEVEL - 20.0, abs=3.0)


def test_an_outage_is_lost_sound_and_time_goes_on() -> None:
    kitchen = KitchenSound(QUIET)
    kitchen.lose(0.3, 2.0)
    kitchen.place(0.0, crackle(5.0))
    heard(kitchen, 10)
    with pytest.raises(DeviceLost):
        kitchen.exchange(silence())
    assert not kitchen.reopen(1.0)
    assert kitchen.seconds == pytest.approx(1.32, abs=0.03)
    assert kitchen.reopen(5.0)
    assert kitchen.seconds == pytest.approx(2.31, abs=0.04)
    assert heard(kitchen, 1).any()


def test_the_recording_has_the_room_left_and_the_device_right(tmp_path: Path) -> None:
    kitchen = KitchenSound(QUIET, tmp_path / "evening.wav")
    sound = heard(kitchen, 20, crackle(0.3))
    kitchen.close()
    recording, rate = soundfile.read(tmp_path / "evening.wav", dtype="float32")
    assert (rate, recording.shape) == (RATE, (20 * FRAME, 2))
    assert np.allclose(recording[:, 0], sound, atol=1e-4)
    assert np.allclose(recording[:4800, 1], crackle(0.3), atol=1e-4)


def test_a_recording_that_cannot_be_kept_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"evening\.wav"):
        KitchenSound(QUIET, tmp_path / "no" / "evening.wav")
