"""Makes sample.opus: the first minute of a rehearsed sitting, as the device's microphone hears it.

Run it with .venv/bin/python audio/make_sample.py; the two people speak with fetched voices
(voicecheckin setup --voice en_US-norman-medium), or with espeak-ng's.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from voicecheckin.cli.assembly import Wished, rehearsed_sitting
from voicecheckin.conversation.messages import Effect, Event
from voicecheckin.loop import run
from voicecheckin.rooms.observed import ObservedRoom
from voicecheckin.rooms.people import couple
from voicecheckin.settings import Settings, VoiceSettings
from voicecheckin.sound.frames import RATE
from voicecheckin.sound.kitchen import Kitchen, KitchenSound

SECONDS = 62
FADE = 1.5
"""Seconds in which it fades out."""


class UntilThen:
    """Ends the sitting once there is enough of it."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self._interrupt = interrupt

    def saw(self, event: Event, now: float) -> None:
        """Look at the clock."""
        if now > SECONDS:
            self._interrupt()

    def did(self, effect: Effect, now: float) -> None:
        """What the device does is only listened to."""


def main(target: Path) -> None:
    """Rehearse, cut, and write *target*."""
    settings = Settings(voice=VoiceSettings("hibari"))
    people = couple("easy", seed=1)
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "sitting.wav"
        kitchen = KitchenSound(Kitchen(seed=1), wav)
        with rehearsed_sitting(settings, Wished(evening=1), people, kitchen) as sitting:
            run(sitting.checkin, ObservedRoom(sitting.room, [UntilThen(sitting.interrupt)]))
        sound, _ = soundfile.read(wav, dtype="float32", stop=SECONDS * RATE)
    sound = sound[:, 0].copy()  # the other half is what the device plays
    count = round(FADE * RATE)
    sound[-count:] *= np.linspace(1.0, 0.0, count, dtype=np.float32)
    soundfile.write(target, sound / np.abs(sound).max() * 0.8, RATE, format="OGG", subtype="OPUS")


if __name__ == "__main__":
    main(Path(__file__).with_name("sample.opus"))
