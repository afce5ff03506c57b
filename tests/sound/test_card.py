"""The sound card, on a real sound stack without hardware."""

import threading
import time

import numpy as np
import pytest

from tests.sound_stack import SoundStack
from voicecheckin.errors import DeviceLost, SoundUnavailable
from voicecheckin.sound import portaudio
from voicecheckin.sound.card import CardSound, available
from voicecheckin.sound.frames import FRAME, RATE, Samples, loudness, silence


def tone(pitch: float, seconds: float) -> Samples:
    """A tone with soft edges."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * pitch * time) * np.hanning(len(time))).astype(np.float32)


def played(sound: CardSound, samples: Samples) -> Samples:
    """Play *samples*, return what was heard meanwhile."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    return np.concatenate([sound.exchange(frame) for frame in frames])


def lost(sound: CardSound) -> bool:
    """Whether the device is known to be gone before it should have played for three seconds."""
    try:
        played(sound, silence(3.0))
    except DeviceLost:
        return True
    return False


def test_what_is_played_is_heard_at_its_pitch_after_its_latency(stack: SoundStack) -> None:
    stack.echo()
    sound = CardSound()
    heard = played(sound, np.concatenate((silence(0.3), tone(1000.0, 0.5), silence(1.2))))
    sound.close()
    loud = np.flatnonzero(np.abs(heard) > 0.05)
    assert 0.3 < loud[0] / RATE < 1.0
    spectrum = np.abs(np.fft.rfft(heard[loud[0] : loud[-1]]))
    pitch = spectrum.argmax() * RATE / (loud[-1] - loud[0])
    assert pitch == pytest.approx(1000.0, abs=5.0)


def test_time_is_the_number_of_frames_heard(stack: SoundStack) -> None:
    sound = CardSound()
    began = time.monotonic()
    played(sound, silence(0.9))
    took = time.monotonic() - began
    assert sound.seconds == pytest.approx(0.9)
    assert took > 0.6
    sound.close()
    sound.close()


@pytest.mark.parametrize("sink", ["speaker", "room"])
def test_a_device_that_stands_still_is_noticed_and_found_again(
    stack: SoundStack, sink: str
) -> None:
    sound = CardSound()
    played(sound, silence(0.3))
    stack.freeze(sink)
    assert lost(sound)
    with pytest.raises(DeviceLost):
        sound.exchange(silence())
    stack.freeze(sink, False)
    assert sound.reopen(1.0)
    before = sound.seconds
    assert before > 1.0
    assert loudness(played(sound, silence(0.3))) < -60.0
    assert sound.seconds == pytest.approx(before + 0.3)
    sound.close()


def test_a_sound_server_that_stands_still_for_long_holds_nobody_up(stack: SoundStack) -> None:
    sound = CardSound()
    played(sound, silence(0.3))
    threading.Thread(target=stack.stutter, args=(1, 8.0)).start()
    assert lost(sound)
    began = time.monotonic()
    while not sound.reopen(1.0):
        assert time.monotonic() - began < 60.0
    played(sound, silence(0.3))
    sound.close()


def test_devices_are_looked_for_only_once_the_lost_ones_have_let_go(stack: SoundStack) -> None:
    sound, gone = CardSound(), threading.Event()
    portaudio.let_go(lambda: gone.wait(60.0))
    assert not sound.reopen(0.1)
    gone.set()
    while not sound.reopen(1.0):
        pass
    played(sound, silence(0.3))
    sound.close()


def test_devices_that_are_unplugged_come_back_by_name(stack: SoundStack) -> None:
    sound = CardSound("kitchen_table", "kitchen_table")
    stack.unplug()
    assert lost(sound)
    assert not sound.reopen(0.1)
    stack.plug()
    assert sound.reopen(1.0)
    played(sound, silence(0.3))
    sound.close()


def test_an_unknown_device_is_answered_with_the_nearest_name(stack: SoundStack) -> None:
    with pytest.raises(SoundUnavailable, match="did you mean 'kitchen_table'"):
        CardSound("kitchen_tabel")
    assert available() == ""
    assert "speaker called 'trumpet'" in available(speaker="trumpet")


def test_a_machine_without_sound_is_told_so_in_one_sentence(
    stack: SoundStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    assert available().startswith(("There is no microphone", "The microphone"))


def test_a_name_that_is_no_text_is_shown_and_in_nobodys_way(stack: SoundStack) -> None:
    with (stack.folder / "asound.conf").open("ab") as settings:
        settings.write(b'pcm.k\xfcche { type pulse hint { show on description "Kitchen" } }\n')
    portaudio.restart()
    assert "k\N{REPLACEMENT CHARACTER}che" in portaudio.names("input")
    with pytest.raises(SoundUnavailable, match="called 'nothing like it'"):
        portaudio.find("input", "nothing like it")
    with pytest.raises(SoundUnavailable, match="holds bytes that are no text"):
        portaudio.find("output", "k\N{REPLACEMENT CHARACTER}che")
    assert portaudio.find("input", "kitchen_table").name == "kitchen_table"
    assert available("kitchen_table", "kitchen_table") == ""
