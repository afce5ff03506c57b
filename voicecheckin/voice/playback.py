"""What sounds: prompts one after another, cut into frames; fades, ducks, knows when it ended."""

from collections import deque

import numpy as np

from voicecheckin.sound.frames import FRAME, RATE, Samples, gain, silence

FADE = 0.06
"""Seconds in which a hushed prompt fades out."""

DUCKED = -20.0
"""dB by which the device steps back while somebody may be speaking to it."""

KNEE = 0.6
"""Level above which louder speech is rounded off instead of clipped."""

CEILING = 0.97


class Playback:
    """A queue of prompts. Take a `frame`, play it, then report it as `passed`."""

    def __init__(self) -> None:
        self._prompts: deque[Samples] = deque()
        self._position = 0
        self._held = False
        self._fading: Samples | None = None
        self._volume = np.float32(1.0)
        self._wanted_volume = np.float32(1.0)
        self._passed = 0
        self._ending: deque[int] = deque()

    @property
    def sounding(self) -> bool:
        """Whether anything is still to be played, or was and has not reached the air yet."""
        return bool(self._prompts or self._fading is not None or self._ending)

    def play(self, samples: Samples, louder: float = 0.0) -> None:
        """Add a prompt, *louder* by so many dB; it begins when those before it have ended."""
        self._held = False
        self._prompts.append(_rounded_off(samples * gain(louder)) if louder else samples)

    def hush(self) -> None:
        """Fade out within `FADE` and forget every prompt; none of them will have ended."""
        self._fade_out()
        self.forget()

    def forget(self) -> None:
        """Drop every prompt, without a fade: nothing can be heard anyway."""
        self._prompts.clear()
        self._ending.clear()
        self._position = 0
        self._held = False

    def duck(self) -> None:
        """Step back: somebody may be speaking to the device."""
        self._wanted_volume = gain(DUCKED)

    def come_forward(self) -> None:
        """Be as loud as usual again."""
        self._wanted_volume = np.float32(1.0)

    def hold(self) -> None:
        """Fade out within `FADE`, and wait for `begin_again`; time goes on, the prompt does not."""
        self._fade_out()
        self._held = bool(self._prompts)

    def begin_again(self) -> None:
        """Begin the present prompt, ducked or held, again and as loud as usual."""
        self._fade_out()
        self._position = 0
        self._held = False

    def frame(self) -> Samples:
        """Return the next frame to play; silence when there is nothing to say."""
        frame = silence()
        filled = self._pour_fading(frame)
        while filled < FRAME and self._prompts and not self._held:
            filled += self._pour_prompt(frame, filled)
        if self._volume != 1.0 or self._wanted_volume != 1.0:
            frame *= np.linspace(self._volume, self._wanted_volume, FRAME, dtype=np.float32)
            self._volume = self._wanted_volume
        return frame

    def passed(self, latency: int) -> bool:
        """Note that a frame was exchanged; true if by now a prompt's last sample has sounded.

        *latency* is the number of frames until the one played last has sounded.
        """
        self._passed += 1
        if self._ending and self._passed - self._ending[0] >= latency:
            self._ending.popleft()
            return True
        return False

    def _fade_out(self) -> None:
        """Let what sounds now fade by itself, whatever becomes of its prompt."""
        if self._prompts and not self._held:
            rest = self._prompts[0][self._position :][: round(FADE * RATE)]
            ramp = np.linspace(1.0, 0.0, len(rest), dtype=np.float32)
            self._fading = rest * np.square(ramp) * self._volume
        self._volume = self._wanted_volume = np.float32(1.0)

    def _pour_fading(self, frame: Samples) -> int:
        if self._fading is None:
            return 0
        part, rest = self._fading[:FRAME], self._fading[FRAME:]
        frame[: len(part)] = part
        self._fading = rest if len(rest) else None
        return len(part)

    def _pour_prompt(self, frame: Samples, filled: int) -> int:
        part = self._prompts[0][self._position : self._position + FRAME - filled]
        frame[filled : filled + len(part)] = part
        self._position += len(part)
        if self._position >= len(self._prompts[0]):
            self._prompts.popleft()
            self._position = 0
            self._ending.append(self._passed)
        return len(part)


def _rounded_off(samples: Samples) -> Samples:
    """Return *samples* with whatever is above the knee bent under the ceiling."""
    over = np.maximum(np.abs(samples) - KNEE, 0.0)
    room = CEILING - KNEE
    bent = np.minimum(np.abs(samples), KNEE) + room * np.tanh(over / room)
    return np.copysign(bent, samples).astype(np.float32)
