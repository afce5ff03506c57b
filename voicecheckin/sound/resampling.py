"""Changes the rate of sound that arrives bit by bit, and cuts it into frames."""

import numpy as np
import soxr

from voicecheckin.sound.frames import Samples


class FrameResampler:
    """Takes sound of one rate in pieces of any length; gives frames of another rate."""

    def __init__(self, rate: int, wanted: int, frame: int) -> None:
        """Go from *rate* to *wanted* Hz, in frames of *frame* samples."""
        same = rate == wanted
        self._stream = None if same else soxr.ResampleStream(rate, wanted, 1, dtype="float32")
        self._frame = frame
        self._left: Samples = np.zeros(0, np.float32)

    def push(self, piece: Samples) -> list[Samples]:
        """Take the next piece; return the frames that are complete by now, often none or one."""
        if self._stream is not None:
            piece = self._stream.resample_chunk(piece)
        sound = np.concatenate((self._left, piece))
        count = len(sound) // self._frame
        self._left = sound[count * self._frame :]
        return list(sound[: count * self._frame].reshape(count, self._frame))
