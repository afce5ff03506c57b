"""A room with sound in the simulated kitchen, with ears that hear no more than loudness."""

import numpy as np

from tests.voice.engines import Murmur
from voicecheckin.conversation.messages import Command, Event, Heard, Listen, Speak, VoiceBegan
from voicecheckin.hearing.bargein import FrameContext, Signs
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.frames import Samples, loudness
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

SENTENCE = Speak("ten letter")
"""One second of murmur."""
LOUD = -35.0
"""dB relative to full scale, above which a test's ear hears a voice."""


class LevelEar:
    """Hears a voice wherever there is sound, and nothing else."""

    signs = Signs()

    def __init__(self) -> None:
        self.listened: list[Listen] = []
        self.while_speaking: list[bool] = []
        self.levels: list[float] = []
        self._voice = False
        self.broken = False

    def listen(self, effect: Listen) -> None:
        """Note what to listen for."""
        self.listened.append(effect)

    def hear(self, frame: Samples, context: FrameContext) -> list[Event]:
        """Note the frame; a voice begins where it is loud and the device silent."""
        if self.broken:
            raise IndexError("broken")
        self.while_speaking.append(context.during_tts)
        self.levels.append(loudness(frame))
        loud = self.levels[-1] > LOUD and not context.during_tts
        began, self._voice = loud and not self._voice, loud
        return [VoiceBegan()] if began else []

    def close(self) -> None:
        """Nothing to let go of."""


class BargeInEar(LevelEar):
    """Also knows of voices while the device speaks, and takes long ones for stop if told so."""

    def __init__(self) -> None:
        super().__init__()
        self.hears_stop = False
        self.errs = False

    @property
    def signs(self) -> Signs:
        """A voice where it was loud lately; a command there too, wrongly, if it errs."""
        return Signs(
            voice=max(self.levels[-10:]) > LOUD,
            stirring=self.levels[-1] > LOUD,
            commanded=self.errs and max(self.levels[-5:]) > LOUD,
        )

    def hear(self, frame: Samples, context: FrameContext) -> list[Event]:
        """Hear stop in whatever is loud."""
        events = super().hear(frame, context)
        return [*events, Heard(Command.STOP)] if self.hears_stop else events


class Played:
    """What an evening's device plays: when (seconds), and how loud its loudest sample is."""

    def __init__(self, evening: "Evening") -> None:
        self.levels: list[tuple[float, float]] = []
        self._kitchen, self._exchange = evening.kitchen, evening.kitchen.exchange
        evening.kitchen.exchange = self.exchange  # type: ignore[method-assign]  # listens in

    def exchange(self, frame: Samples) -> Samples:
        """Note the frame and play it."""
        self.levels.append((self._kitchen.seconds, float(np.abs(frame).max())))
        return self._exchange(frame)


class Evening:
    """A room in a kitchen, with everything that belongs to it."""

    def __init__(
        self, kitchen: Kitchen | None = None, ear: LevelEar | None = None, echo: str = "webrtc"
    ) -> None:
        self.kitchen = KitchenSound(kitchen or Kitchen(noise=None, delay=0.09))
        self.ear = ear or LevelEar()
        self.engine = Murmur()
        self.room = AudioRoom(
            self.kitchen,
            ImmediateTts(Voice(self.engine)),
            self.ear,
            canceller(echo),
        )
