"""Takes what the device itself plays out of what it hears."""

from typing import Protocol

import numpy as np

from voicecheckin.errors import SettingsError
from voicecheckin.sound.frames import FRAME, RATE, Samples

HISS = np.float32(1e-6)
"""Level of noise, far below hearing, that keeps AEC3's filters out of denormal numbers: after two
seconds of speech, perfect silence costs it nine times the work."""


class EchoCanceller(Protocol):
    """Hears everything the device plays and everything it hears, frame by frame."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* without the echo of *played* and of the frames before it."""
        ...


class WebRtcEcho:
    """WebRTC's AEC3: finds the delay by itself, settles within about two seconds of speech."""

    def __init__(self) -> None:
        from pywebrtc_audio import EchoCanceller as Aec3

        self._canceller = Aec3(RATE)
        self._hiss = np.random.default_rng(0).normal(size=FRAME).astype(np.float32) * HISS

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* without the echo; the library cuts frames into its own of 10 ms."""
        return self._canceller.process(heard, played + self._hiss)


class NoEcho:
    """For speakerphones that cancel their own echo."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* as it is."""
        return heard


def canceller(name: str = "webrtc") -> EchoCanceller:
    """Return the echo canceller called *name*: webrtc or none."""
    match name:
        case "webrtc":
            return WebRtcEcho()
        case "none":
            return NoEcho()
    raise SettingsError(f"There is no echo canceller called {name!r}: choose webrtc or none.")
