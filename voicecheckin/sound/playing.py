"""Plays a sound through a speaker and waits for its end; no microphone is needed."""

import soxr

from voicecheckin.errors import SoundUnavailable
from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.sound.portaudio import find, portaudio


def play(samples: Samples, speaker: str = "") -> None:
    """Play *samples* through the speaker whose name holds *speaker*; empty for the default."""
    sounddevice = portaudio()
    device = find("output", speaker)
    try:
        sounddevice.play(
            soxr.resample(samples, RATE, device.rate),
            device.rate,
            device=device.index,
            blocking=True,
        )
    except sounddevice.PortAudioError as error:
        raise SoundUnavailable(f"{device.name!r} cannot be played to: {error}") from error
