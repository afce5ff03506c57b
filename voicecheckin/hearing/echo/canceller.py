"""Takes what the device itself plays out of what it hears."""

from typing import Protocol

import numpy as np

from voicecheckin.errors import SettingsError
from voicecheckin.hearing.echo.adaptive_filter import AdaptiveFilter
from voicecheckin.hearing.echo.double_talk import DoubleTalkDetector
from voicecheckin.sound.frames import FRAME, FRAME_SECONDS, RATE, Samples

HISS = np.float32(1e-6)
"""Level of noise, far below hearing, that keeps AEC3's filters out of denormal numbers: after two
seconds of speech, perfect silence costs it nine times the work."""

SPARED = np.float32(0.4)
"""Share of what AEC3 would still take out that stays in: at +6 dB it takes consonants too. Of ten
synthetic voices that say "repeat" over it, the ear understands 4 without this and 6 with it, and
as many as without an echo at 0 dB."""

LATE = 128
"""Samples by which AEC3 gives back late what it was given; what is mixed with that waits as long.
Undelayed beside it, it made a comb out of every voice: of 256 answers to a spoken question, in
kitchens of 0 and +6 dB, 231 were understood, and 241 are now."""

WARM_UP = 4.0
"""Seconds of the device's speech from which its echo is learned; until then it may well be taken
for somebody: in 4 of 60 simulated kitchens its second sentence said "stop" to its own ear."""


class EchoCanceller(Protocol):
    """Hears everything the device plays and everything it hears, frame by frame."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* without the echo of *played* and of the frames before it."""
        ...

    def forget(self) -> None:
        """What was played will not be heard any more: the sound was lost."""
        ...

    @property
    def near_end(self) -> bool:
        """Whether somebody other than the device may be speaking just now."""
        ...

    @property
    def known(self) -> bool:
        """Whether the echo is known; until then, what sounds like somebody may be the device."""
        ...


class WebRtcEcho:
    """WebRTC's AEC3, twice: gently for the ear, strictly to know whether anybody is there.

    AEC3 alone takes people out as well while the device speaks; with a linear filter before it,
    it finds little to suppress. Of 24 who say "stop" over it, the whisper ear understands 22 at an
    echo of -10, 0 and +6 dB, and 21 where the device is silent.
    """

    def __init__(self) -> None:
        from pywebrtc_audio import EchoCanceller as Aec3

        self._linear = AdaptiveFilter()
        self._gentle = Aec3(RATE)
        self._strict = Aec3(RATE)
        self._double_talk = DoubleTalkDetector()
        self._near_end = False
        self._waiting = np.zeros(LATE, np.float32)
        self._spoken = 0.0
        self._hiss = np.random.default_rng(0).normal(size=FRAME).astype(np.float32) * HISS

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* without the echo; the library cuts frames into its own of 10 ms."""
        self._spoken += FRAME_SECONDS if played.any() else 0.0
        far = played + self._hiss
        strict = self._strict.process(heard, far)
        linear = self._linear.cancel(heard, played)
        gentle = self._gentle.process(linear, far)
        self._near_end = self._double_talk.noted(heard, played, strict, gentle)
        late = np.concatenate((self._waiting, linear))
        self._waiting = late[FRAME:]
        return gentle + SPARED * (late[:FRAME] - gentle)

    def forget(self) -> None:
        """What was played will not be heard any more: the sound was lost."""
        self._linear.forget()
        self._waiting[:] = 0.0
        self._spoken = 0.0

    @property
    def near_end(self) -> bool:
        """Whether somebody other than the device may be speaking just now."""
        return self._near_end

    @property
    def known(self) -> bool:
        """Whether the device has spoken long enough for its echo to be known."""
        return self._spoken >= WARM_UP


class NoEcho:
    """For speakerphones that cancel their own echo."""

    near_end = True
    """Whoever is heard cannot be the device."""
    known = True
    """There is nothing to learn."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* as it is."""
        return heard

    def forget(self) -> None:
        """Nothing is remembered anyway."""


def canceller(name: str = "webrtc") -> EchoCanceller:
    """Return the echo canceller called *name*: webrtc or none."""
    match name:
        case "webrtc":
            return WebRtcEcho()
        case "none":
            return NoEcho()
    raise SettingsError(f"There is no echo canceller called {name!r}: choose webrtc or none.")
