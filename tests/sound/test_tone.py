"""Who cannot see the light hears that the device listens, if that is wished."""

import numpy as np

from voicecheckin.conversation.messages import Listen, Speak
from voicecheckin.sound.frames import FRAME, Samples, silence
from voicecheckin.sound.tone import WithTone


class Speaker:
    """A sound that remembers what was played."""

    seconds, latency = 0.0, 0

    def __init__(self) -> None:
        self.played: list[Samples] = []

    def exchange(self, frame: Samples) -> Samples:
        self.played.append(frame)
        return silence()

    def reopen(self, timeout: float) -> bool:
        return True

    def close(self) -> None:
        """Nothing to let go of."""


def test_a_short_soft_tone_sounds_once_when_people_are_listened_to() -> None:
    speaker = Speaker()
    sound = WithTone(speaker)
    for effect in (Speak("Hello."), Listen(step="O0"), Listen(("yes", "no"), step="O0")):
        sound.did(effect, 0.0)
        sound.exchange(silence())
    for _ in range(20):
        sound.exchange(silence())
    loud = [bool(np.abs(frame).max() > 0) for frame in speaker.played]
    assert loud == [False, False] + [True] * 5 + [False] * 16
    assert max(float(np.abs(frame).max()) for frame in speaker.played) < 0.05


def test_what_sounds_meanwhile_is_left_as_it_is() -> None:
    speaker = Speaker()
    sound, voice = WithTone(speaker), np.full(FRAME, 0.1, np.float32)
    sound.did(Listen(turn=True), 0.0)
    sound.exchange(voice)
    assert voice.max() == np.float32(0.1)
    assert abs(float(speaker.played[0].mean()) - 0.1) < 0.01
