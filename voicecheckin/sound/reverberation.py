"""How a room answers a sound: impulse responses from a seed, and the convolution with them."""

import numpy as np

from voicecheckin.sound.frames import RATE, Samples


def impulse_response(seconds: float, direct: float, rng: np.random.Generator) -> Samples:
    """Return a room's impulse response of energy 1, beginning with the direct sound.

    *seconds* is the time in which the reverberation falls by 60 dB; *direct* the level of the
    direct sound relative to it, in dB (about 0 at two metres, 10 beside the microphone).
    """
    if seconds <= 0:
        return np.ones(1, np.float32)
    time = np.arange(1, round(seconds * RATE)) / RATE
    tail = rng.normal(size=len(time)) * 10.0 ** (-3.0 * time / seconds)
    tail *= rng.random(len(time)) < np.minimum(1.0, 0.02 + time / 0.05)  # sparse at first
    tail *= 10.0 ** (-direct / 20.0) / np.sqrt(np.sum(np.square(tail)))
    response = np.concatenate(([1.0], tail))
    response /= np.sqrt(np.sum(np.square(response)))
    return response.astype(np.float32)


class Reverberation:
    """One way from a source to the microphone; remembers the response's spectrum."""

    def __init__(self, response: Samples) -> None:
        self._response = response
        self._size = 0
        self._spectrum = np.empty(0, np.complex128)

    def apply(self, sound: Samples) -> Samples:
        """Return *sound* as it arrives, longer by the reverberation's tail."""
        count = len(sound) + len(self._response) - 1
        size = 1 << (count - 1).bit_length()
        if size != self._size:
            self._size, self._spectrum = size, np.fft.rfft(self._response, size)
        heard = np.fft.irfft(np.fft.rfft(sound, size) * self._spectrum, size)
        return heard[:count].astype(np.float32)
