"""The sound card: a microphone and a speaker that may come and go."""

import logging
import time

from voicecheckin.errors import DeviceLost, SoundUnavailable
from voicecheckin.sound.frames import FRAME_SECONDS, Samples, silence
from voicecheckin.sound.portaudio import find, let_go, portaudio, restart
from voicecheckin.sound.streams import NO_LISTENER, SILENT, Microphone, MicrophoneListener, Speaker

WAKING = 5.0
"""Seconds a device may take for its first frame; PulseAudio's null sinks take 2."""

MOST_PATIENCE = 4.0
"""Seconds without sound that a busy computer is granted in the end, instead of 0.9."""

logger = logging.getLogger(__name__)


class CardSound:
    """A `Sound` on real devices; each is remembered by name and found again by it."""

    def __init__(
        self, microphone: str = "", speaker: str = "", listener: MicrophoneListener = NO_LISTENER
    ) -> None:
        """Open the devices with these names, or whose names hold them; empty for the default."""
        self._names = microphone, speaker
        self._listener = listener
        self._frames = 0
        self._away = 0.0
        self._lost_since: float | None = None
        self._patience, self._was_there = SILENT, True
        self._open()

    @property
    def seconds(self) -> float:
        """Seconds since it was opened, by the microphone's clock; by ours while it is lost."""
        lost = 0.0 if self._lost_since is None else time.monotonic() - self._lost_since
        return self._frames * FRAME_SECONDS + self._away + lost

    @property
    def latency(self) -> int:
        """Frames until the frame played last has sounded."""
        return self._speaker.latency

    def exchange(self, frame: Samples) -> Samples:
        """Play *frame* after those that wait, and return the next one heard."""
        if self._lost_since is not None:
            raise DeviceLost("The sound is gone, and has not been reopened.")
        began = time.monotonic()
        try:
            self._speaker.play(frame, self._patience)
            heard = self._microphone.frame(self._patience)
        except DeviceLost as loss:
            logger.warning("%s", loss)
            self._lost_since = began
            raise
        self._frames += 1
        return heard

    def reopen(self, timeout: float) -> bool:
        """Let both devices go and look for them by name once; takes about *timeout* if in vain."""
        until = time.monotonic() + timeout
        self._listener.searching()
        self.close()
        try:
            restart()
            self._open()
        except SoundUnavailable as missing:
            logger.info("%s", missing)
            self._was_there = False
            time.sleep(max(0.0, until - time.monotonic()))
            return False
        if self._lost_since is not None:
            self._away += time.monotonic() - self._lost_since
            self._lost_since = None
        # It never was away? Then the computer is busy, and gets more time from now on.
        self._patience = min(2 * self._patience, MOST_PATIENCE) if self._was_there else SILENT
        self._was_there = True
        logger.info("the sound is back")
        return True

    def close(self) -> None:
        """Let both devices go; one that hangs is left behind."""
        let_go(self._close)

    def _close(self) -> None:
        self._speaker.close()
        self._microphone.close()

    def _open(self) -> None:
        """Open both and wait until they are awake."""
        microphone, speaker = self._names
        ears, mouth = find("input", microphone), find("output", speaker)
        self._names = ears.name, mouth.name
        self._speaker = Speaker(mouth)
        try:
            self._microphone = Microphone(ears, self._listener)
        except SoundUnavailable:
            self._speaker.close()
            raise
        try:
            self._wake()
        except DeviceLost as loss:
            self.close()
            raise SoundUnavailable(f"{loss} It was opened, but gave no sound.") from loss

    def _wake(self) -> None:
        until = time.monotonic() + WAKING
        self._microphone.frame(WAKING)
        while not self._speaker.awake and time.monotonic() < until:
            self._microphone.frame()
        self._microphone.skip()
        self._speaker.play(silence())


def available(microphone: str = "", speaker: str = "") -> str:
    """Return why there is no sound card to use, in one sentence; empty if there is."""
    try:
        portaudio()
        find("input", microphone)
        find("output", speaker)
    except SoundUnavailable as missing:
        return str(missing)
    return ""
