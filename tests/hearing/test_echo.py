"""Echo cancellation, in the simulated kitchen and with a real voice."""

import numpy as np
import pytest

from voicecheckin.errors import SettingsError
from voicecheckin.hearing.echo.canceller import WARM_UP, canceller
from voicecheckin.rooms.actors import spoken
from voicecheckin.sound.frames import FRAME, RATE, Samples, loudness, silence
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.postprocess import post_processed
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def speech() -> Samples:
    """Eight seconds of the device speaking."""
    engine = Pyttsx3Engine()
    text = "Welcome to the kitchen table. Take your time, there is no hurry at all. " * 2
    sound = post_processed(engine.render(text, 1.0))
    engine.close()
    return sound[: 8 * RATE]


def cancelled(speech: Samples, kitchen: KitchenSound, name: str) -> tuple[Samples, Samples]:
    """What the microphone hears of *speech*, and what is left of it."""
    echo = canceller(name)
    heard, left = [], []
    for frame in speech[: len(speech) // FRAME * FRAME].reshape(-1, FRAME):
        heard.append(kitchen.exchange(frame))
        left.append(echo.cancel(heard[-1], frame))
    return np.concatenate(heard), np.concatenate(left)


def presence(speech: Samples, kitchen: KitchenSound) -> list[bool]:
    """For each frame of *speech*, whether somebody else seems to be there."""
    echo, noticed = canceller(), []
    for frame in speech[: len(speech) // FRAME * FRAME].reshape(-1, FRAME):
        echo.cancel(kitchen.exchange(frame), frame)
        noticed.append(echo.near_end)
    return noticed


@pytest.mark.parametrize("level", [-10.0, 0.0, 6.0])
@pytest.mark.parametrize("delay", [0.02, 0.1, 0.25])
def test_the_devices_own_voice_is_taken_out(speech: Samples, level: float, delay: float) -> None:
    kitchen = KitchenSound(Kitchen(echo=level, delay=delay, noise=-40.0))
    heard, left = cancelled(np.tile(speech, 2), kitchen, "webrtc")
    settled = slice(len(speech), None)
    assert loudness(heard[settled]) - loudness(left[settled]) > 17.0


@pytest.mark.parametrize("level", [-10.0, 0.0, 6.0])
@pytest.mark.parametrize("delay", [0.02, 0.1, 0.25])
def test_nobody_is_there_while_only_the_device_speaks(
    speech: Samples, level: float, delay: float
) -> None:
    kitchen = KitchenSound(Kitchen(echo=level, delay=delay, noise=-40.0))
    assert True not in presence(speech, kitchen)


def test_somebody_is_there_who_speaks_over_it(speech: Samples) -> None:
    kitchen = KitchenSound(Kitchen(echo=0.0, noise=-40.0))
    kitchen.place(5.0, spoken("please wait a moment", 0))
    noticed = [frame * FRAME / RATE for frame in np.flatnonzero(presence(speech, kitchen))]
    assert noticed[0] == pytest.approx(5.0, abs=0.3)
    assert 1.0 < noticed[-1] - noticed[0] < 2.5


def test_an_echo_is_learned_from_the_devices_own_speech(speech: Samples) -> None:
    echo, known = canceller(), []
    spoken_after = np.concatenate([np.zeros(2 * RATE, np.float32), speech])
    for frame in spoken_after[: len(spoken_after) // FRAME * FRAME].reshape(-1, FRAME):
        echo.cancel(frame, frame)
        known.append(echo.known)
    first = known.index(True) * FRAME / RATE
    assert first >= 2.0 + WARM_UP - 2 * FRAME / RATE
    echo.forget()
    assert not echo.known


def test_somebody_who_speaks_over_the_device_stays_audible(speech: Samples) -> None:
    kitchen = KitchenSound(Kitchen(echo=-6.0, noise=-60.0))
    rng = np.random.default_rng(0)
    kitchen.place(4.0, rng.normal(size=RATE).astype(np.float32))
    _, left = cancelled(speech, kitchen, "webrtc")
    person, nobody = left[4 * RATE : 5 * RATE], left[6 * RATE : 7 * RATE]
    assert loudness(person) > loudness(nobody) + 12.0


def test_a_room_that_fell_silent_is_not_expected_to_answer(speech: Samples) -> None:
    def left(forgotten: bool) -> float:
        echo, kitchen = canceller(), KitchenSound(Kitchen(noise=None))
        for frame in speech[: 100 * FRAME].reshape(-1, FRAME):
            echo.cancel(kitchen.exchange(frame), frame)
        if forgotten:
            echo.forget()
        return loudness(np.concatenate([echo.cancel(silence(), silence()) for _ in range(20)]))

    assert left(forgotten=True) < left(forgotten=False) - 15.0


def test_none_changes_nothing(speech: Samples) -> None:
    heard, left = cancelled(speech[:RATE], KitchenSound(), "none")
    assert np.array_equal(heard, left)


def test_an_unknown_canceller_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="webrtc or none"):
        canceller("magic")


def test_what_is_mixed_is_mixed_in_step() -> None:
    """Once AEC3's half came 8 ms late, and what people said went through a comb."""
    said = np.random.default_rng(0).normal(scale=0.05, size=3 * RATE).astype(np.float32)
    echo = canceller()
    frames = said[: said.size // FRAME * FRAME].reshape(-1, FRAME)
    heard = np.concatenate([echo.cancel(frame, np.zeros_like(frame)) for frame in frames])
    powers = (
        np.abs(np.fft.rfft(heard[RATE:])) ** 2 / np.abs(np.fft.rfft(said[RATE : heard.size])) ** 2
    )
    bands = 10 * np.log10([np.median(part) for part in np.array_split(powers, 512)])  # 16 Hz each
    assert np.ptp(bands[10:-30]) < 6.0
