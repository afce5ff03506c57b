"""What a maker would build first from the same parts: say, listen, recognise, look for a word.

SpeechRecognition's `listen` with its own settings, `recognize_sphinx` for each call, and a voice
that comes back once everything has been said, as pyttsx3's `say` and `runAndWait` do.
"""

import time

import numpy as np
import speech_recognition  # type: ignore[import-untyped]  # ships no types

from voicecheckin.sound.frames import FRAME, RATE, Samples, silence
from voicecheckin.sound.kitchen import KitchenSound
from voicecheckin.voice.voice import Voice

WORDS = ("yes", "no", "stop")
"""What it looks for in a transcript; the first one counts."""
AUDIBLE = 0.001
"""Of full scale; what is softer, 30 dB below the device when it steps back, counts as silence."""


class Loudspeaker(KitchenSound):
    """A kitchen that remembers when something was last played."""

    sounded = 0.0
    """Seconds."""

    def exchange(self, frame: Samples) -> Samples:
        """Play and hear a frame."""
        if np.abs(frame).max() > AUDIBLE:
            self.sounded = self.seconds
        return super().exchange(frame)


class Over(Exception):
    """Nothing more will be said."""


class KitchenSource(speech_recognition.AudioSource):  # type: ignore[misc]  # has no types
    """A microphone of SpeechRecognition's kind in a simulated kitchen."""

    SAMPLE_RATE, SAMPLE_WIDTH, CHUNK = RATE, 2, 1024

    def __init__(self, kitchen: KitchenSound, until: float) -> None:
        self.stream = self
        self._kitchen = kitchen
        self._until = until
        self._rest = b""

    def __enter__(self) -> "KitchenSource":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self, count: int) -> bytes:
        """The next samples; Over once there is nothing more to come."""
        while len(self._rest) < 2 * count:
            if self._kitchen.seconds >= self._until:
                raise Over
            heard = self._kitchen.exchange(silence())
            self._rest += (heard * 32767).astype(np.int16).tobytes()
        taken, self._rest = self._rest[: 2 * count], self._rest[2 * count :]
        return taken


class Naive:
    """The program that one would build first."""

    def __init__(self, kitchen: Loudspeaker, voice: Voice) -> None:
        self.kitchen = kitchen
        self._voice = voice
        self._recognizer = speech_recognition.Recognizer()

    def say(self, text: str) -> None:
        """As pyttsx3's say and runAndWait: it comes back once everything has been said."""
        sound = self._voice.sentence(text)
        for start in range(0, len(sound), FRAME):
            frame = sound[start : start + FRAME]
            self.kitchen.exchange(np.pad(frame, (0, FRAME - len(frame))))

    def listen(self, until: float) -> speech_recognition.AudioData | None:
        """What `listen` takes for a phrase; None if it is still waiting by then (seconds)."""
        try:
            with KitchenSource(self.kitchen, until) as source:
                return self._recognizer.listen(source)
        except Over:
            return None

    def understand(self, audio: speech_recognition.AudioData) -> tuple[str | None, float]:
        """Which of the words it was, and how long that took (seconds of one processor)."""
        began = time.process_time()
        try:
            words = self._recognizer.recognize_sphinx(audio).lower().split()
        except speech_recognition.UnknownValueError:
            words = []
        found = next((word for word in WORDS if word in words), None)
        return found, time.process_time() - began
