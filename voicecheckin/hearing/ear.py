"""Frames in, events out: whether somebody speaks, and which known phrase it was."""

import math

from voicecheckin.conversation.messages import Event, Listen, VoiceBegan, VoiceEnded
from voicecheckin.hearing.bargein import FrameContext, Signs
from voicecheckin.hearing.deciding import Decisions
from voicecheckin.hearing.endpointing import (
    GAP,
    Began,
    Ended,
    Endpointer,
    Faltered,
    Mark,
    Paused,
    Resumed,
)
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.policy import POLICY
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.hearing.utterance import Utterance
from voicecheckin.hearing.vad import VoiceActivity
from voicecheckin.hearing.work import AtOnce, Work
from voicecheckin.sound.frames import FRAME_SECONDS, Samples

SILENT_DEVICE = FrameContext()


class Ear:
    """Listens for answers after a question, and for commands at any moment.

    No sound is kept beyond six seconds, no transcript is made, and events carry no words.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        phrasebook: Phrasebook,
        work: Work | None = None,
    ) -> None:
        self._decisions = Decisions(recogniser, phrasebook, work or AtOnce())
        self._activity = VoiceActivity()
        self._ends = Endpointer()
        self.lag = 0.0
        """Seconds by which the last VoiceBegan came after the voice's first sound."""
        self._listen = Listen(turn=True)
        self._utterance = Utterance()
        self._context = SILENT_DEVICE
        self._since_tts = math.inf
        self._announced = False
        self._stale = False

    def listen(self, effect: Listen) -> None:
        """Listen for this from now on; speech that has begun goes on."""
        self._listen = effect
        self._ends.patience = effect.patience
        if effect.answers:
            self._utterance.interruption = self._utterance.during_tts
        self._stale = True
        self._refresh()

    def hear(self, frame: Samples, context: FrameContext = SILENT_DEVICE) -> list[Event]:
        """Take the next frame (480 samples), and what is known of it beside its sound."""
        self._note_device(context)
        self._since_tts = 0.0 if context.during_tts else self._since_tts + FRAME_SECONDS
        interrupts = self._interrupts()
        events: list[Event] = []
        for chunk in self._activity.hear(frame):
            if chunk.nearer:
                self._start_over()
            was_active = self._ends.active
            marks = self._ends.hear(chunk.samples, chunk.probability)
            if self._ends.active and not was_active:
                self._utterance = Utterance()
                self._decisions.withdraw_early()
            if chunk.probability >= POLICY.audible:
                self._utterance.note(context, interrupts=interrupts, asked=self._asks)
            self._ends.gap = POLICY.gap if self._utterance.interruption else GAP
            for mark in marks:
                events += self._take(mark)
        events += self._announce()
        return events + self._decisions.delivered(self._listen)

    def close(self) -> None:
        """Let the recogniser's thread go; what is still undecided is dropped."""
        self._decisions.close()

    @property
    def signs(self) -> Signs:
        """What is noticed at this moment; a cup that is set down does not stir.

        A command is known before the silence after it is long enough to act on: whoever goes on
        speaking may have meant something else.
        """
        still = self._ends.still
        return Signs(
            voice=self._ends.voice,
            stirring=self._ends.active and not still,
            commanded=still and self._decisions.commanded,
        )

    @property
    def _asks(self) -> bool:
        """Whether a question was asked, and what is said now answers it."""
        return bool(self._listen.answers) and not self._listen.turn

    def _interrupts(self) -> bool:
        """Whether a word now interrupts the device: it speaks, or rests between two sentences."""
        asking = self._listen.turn or self._listen.answers
        rests = not asking and self._since_tts < POLICY.between_sentences
        return self._context.during_tts or rests

    def _note_device(self, context: FrameContext) -> None:
        """What was heard over the device may be its echo: once it is silent, answers start afresh.

        Somebody who is in the middle of a command, or has surely said one, goes on being heard.
        """
        spoke, self._context = self._context.during_tts, context
        somebody = context.can_be_voice or self._decisions.surely_commanded
        if self._interrupts() and not somebody and not self._announced:
            self._forget()
        if spoke and not context.during_tts and not self._announced:
            if self._ends.active and somebody:
                self._ends.cut()
                self._utterance.unasked = False
            else:
                self._forget()
                self._activity.reset()

    def _forget(self) -> None:
        """Drop speech that has begun; what was decided of it is complete."""
        self._decisions.complete()
        self._ends.forget()
        self._decisions.withdraw_early()

    def _start_over(self) -> None:
        """Drop the faint talk in whose midst somebody near has begun to speak."""
        self._decisions.withdraw()
        self._decisions.withdraw_early()
        self._ends.forget()

    def _announce(self) -> list[Event]:
        """Tell of a voice, as soon as it is sure, somebody's, and not said over the device."""
        context = self._context
        if self._announced or context.during_tts or not context.can_be_voice:
            return []
        self._announced = self._ends.voice
        return [VoiceBegan()] if self._announced else []

    def _take(self, mark: Mark) -> list[Event]:
        match mark:
            case Began(lag):
                self.lag = lag
            case Resumed():
                self._decisions.withdraw()
                self._utterance.during_tts = self._context.during_tts
                self._utterance.interruption = self._interrupts()
            case Faltered(since_pause):
                self._decisions.look_early(since_pause, self._utterance, self._listen)
            case Paused():
                self._decisions.begin(mark, self._utterance, self._listen)
            case Ended(silence):
                return self._end(silence)
        return []

    def _end(self, silence: float) -> list[Event]:
        self._decisions.complete()
        announced, self._announced = self._announced, False
        self._refresh()
        return [VoiceEnded(silence)] if announced else []

    def _refresh(self) -> None:
        """Let the detector forget the last turn, once nobody is in the middle of a word."""
        if self._stale and not self._ends.active:
            self._activity.reset()
            self._stale = False
