"""A microphone alone, while nothing is played: between sittings."""

import logging
import time

from voicecheckin.errors import DeviceLost, SoundUnavailable
from voicecheckin.sound.card import WAKING
from voicecheckin.sound.frames import Samples
from voicecheckin.sound.portaudio import find, let_go, restart
from voicecheckin.sound.streams import NO_LISTENER, Microphone, MicrophoneListener

logger = logging.getLogger(__name__)


class OpenMicrophone:
    """Frames of a microphone that may come and go; it is found again by its name.

    It need not be there at first: a USB device may wake later than the program.
    """

    def __init__(self, name: str = "", listener: MicrophoneListener = NO_LISTENER) -> None:
        """Listen to the microphone whose name holds *name*, or to the default."""
        self._name = name
        self._listener = listener
        self._microphone: Microphone | None = None

    def frame(self) -> Samples:
        """Return the next frame; DeviceLost while there is none."""
        if self._microphone is None:
            raise DeviceLost("The microphone is not open.")
        try:
            return self._microphone.frame()
        except DeviceLost as loss:
            logger.warning("%s", loss)
            self.close()
            raise

    def open(self, timeout: float) -> bool:
        """Look for it once; takes about *timeout* seconds if in vain."""
        until = time.monotonic() + timeout
        self._listener.searching()
        self.close()
        try:
            restart()
            self._microphone = Microphone(find("input", self._name), self._listener)
            self._microphone.frame(WAKING)
        except (SoundUnavailable, DeviceLost) as missing:
            logger.info("%s", missing)
            self.close()
            time.sleep(max(0.0, until - time.monotonic()))
            return False
        return True

    def close(self) -> None:
        """Close it; one that hangs is left behind."""
        if self._microphone is not None:
            let_go(self._microphone.close)
        self._microphone = None
