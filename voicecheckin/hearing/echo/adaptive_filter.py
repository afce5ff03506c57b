"""Learns how the room answers the device, and subtracts exactly that.

A partitioned-block Kalman filter in the frequency domain (Enzner and Vary 2006; Kuech, Mabande and
Enzner 2014). It knows how sure it is of each part of the room's answer, so that it stands still
while somebody speaks over the device, and what it leaves of them is undistorted.
"""

import numpy as np
import numpy.typing as npt

from voicecheckin.sound.frames import FRAME, Samples

PARTS = 24
"""Frames of the room's answer that are learned: 0.72 s, the sound card's delay included."""

MEMORY = 0.9997
"""How much of the room is still the same a frame later; lower follows changes faster, and leaves
more of the echo."""

SMOOTHING = 0.6
"""How much of the last frame's leftover counts for this one's."""

LEAST = 1e-8
"""Keeps silence from being divided by."""

Spectra = npt.NDArray[np.complex128]
Powers = npt.NDArray[np.float64]


class AdaptiveFilter:
    """Subtracts the device's echo as far as it is linear; learns within a second of speech."""

    def __init__(self) -> None:
        shape = PARTS, FRAME + 1
        self._last = np.zeros(FRAME)
        self._played: Spectra = np.zeros(shape, np.complex128)
        self._room: Spectra = np.zeros(shape, np.complex128)
        self._doubt: Powers = np.ones(shape)
        self._leftover: Powers = np.zeros(FRAME + 1)

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return *heard* without the echo of *played* and of the frames before it."""
        self._played[1:] = self._played[:-1].copy()
        self._played[0] = np.fft.rfft(np.concatenate((self._last, played)))
        self._last = played.astype(np.float64)
        if not self._played.any():
            return heard
        echo = np.fft.irfft((self._room * self._played).sum(axis=0))[FRAME:]
        left = heard - echo
        self._learn(np.fft.rfft(np.concatenate((np.zeros(FRAME), left))))
        return left.astype(np.float32)

    def forget(self) -> None:
        """Expect nothing more of what was played; the room itself is remembered."""
        self._last[:] = 0.0
        self._played[:] = 0.0

    def _learn(self, left: Spectra) -> None:
        """Put down to the room what the leftover and our doubt make likely."""
        power = np.square(np.abs(left))
        self._leftover = SMOOTHING * self._leftover + (1.0 - SMOOTHING) * power
        explained = 0.5 * (self._doubt * np.square(np.abs(self._played))).sum(axis=0)
        step = self._doubt * self._played.conj() / (explained + self._leftover + LEAST)
        forgotten = 1.0 - MEMORY**2
        self._doubt *= MEMORY**2 * (1.0 - 0.5 * (step * self._played).real)
        self._doubt += forgotten * np.square(np.abs(self._room))
        change = np.fft.irfft(step * left, axis=1)
        change[:, FRAME:] = 0.0
        self._room += np.fft.rfft(change, axis=1)
