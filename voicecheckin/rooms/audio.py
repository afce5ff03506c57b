"""A room with sound: the same for a real sound card and for the simulated kitchen."""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

import numpy as np

from voicecheckin.conversation.messages import (
    Chime,
    Effect,
    Event,
    Hush,
    Interrupted,
    Listen,
    Noticed,
    PlayBack,
    Record,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    TimedOut,
    Unspoken,
)
from voicecheckin.errors import DeviceLost, VoiceCheckinError
from voicecheckin.hearing.bargein import BargeIn, FrameContext, Signs
from voicecheckin.hearing.echo.canceller import EchoCanceller
from voicecheckin.rooms.awaited import AwaitedSentence
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.level_ear import LevelEar
from voicecheckin.rooms.muted import MutedMicrophone
from voicecheckin.sound.frames import FRAME_SECONDS, Samples
from voicecheckin.sound.sound import Sound
from voicecheckin.voice.bells import bell
from voicecheckin.voice.playback import Playback
from voicecheckin.voice.tts_queue import TtsQueue

LOOK_AGAIN = 1.0
"""Seconds between two looks for a lost device."""

logger = logging.getLogger(__name__)


class RoomEar(Protocol):
    """Frames in, events out."""

    def listen(self, effect: Listen) -> None:
        """Listen for this from now on."""
        ...

    def hear(self, frame: Samples, context: FrameContext, /) -> list[Event]:
        """Take the next frame, and what is known of it beside its sound."""
        ...

    @property
    def signs(self) -> Signs:
        """What is noticed at this moment, before anything is understood."""
        ...

    def close(self) -> None:
        """Let go of models and threads."""
        ...


class Company(Protocol):
    """The simulated people in a simulated kitchen; they speak into it by themselves."""

    def on_effect(self, effect: Effect, now: float) -> None:
        """The device begins to do something."""
        ...

    def on_event(self, event: Event, now: float) -> None:
        """The device noticed something."""
        ...

    def on_frame(self, now: float, silent: bool) -> None:
        """A frame went by; *silent* while the device does not sound."""
        ...


class AudioRoom:
    """Speaks, listens and keeps time, frame by frame."""

    def __init__(
        self,
        sound: Sound,
        speech: TtsQueue,
        ear: RoomEar,
        canceller: EchoCanceller,
        company: Company | None = None,
        keepsakes: KeepsakeRecorder | None = None,
    ) -> None:
        self._sound = sound
        self._speech = speech
        self._ear = ear
        self._canceller = canceller
        self._company = company
        self._keepsakes = keepsakes or KeepsakeRecorder()
        self._playback = Playback()
        self._barge_in = BargeIn(self._playback)
        self._awaited = AwaitedSentence(speech)
        self._muted = MutedMicrophone()
        self._events: deque[Event] = deque()
        self._listening = Listen()
        self._sentence = False
        self._lost = False
        self._interrupted = False

    def now(self) -> float:
        """Seconds since the room opened: the frames that went by, and the time sound was lost."""
        return self._sound.seconds

    def perform(self, effect: Effect) -> None:
        """Begin *effect*; what concerns neither voice nor ear is not for this room."""
        match effect:
            case Speak():
                self._awaited.ask(effect, self.now())
                self._begin_speaking()
            case Chime(name):
                self._sound_out(lambda: bell(name))
            case Record():
                self._keepsakes.begin(effect)
            case PlayBack(floor):
                self._sound_out(lambda: self._keepsakes.sound(floor))
            case Hush():
                self._hush()
            case Listen():
                self._keepsakes.stop()
                self._listening = effect
                self._ear.listen(effect)
        if self._company is not None:
            self._company.on_effect(effect, self.now())

    def wait(self, until: float | None) -> Event:
        """Exchange frames until something happens, or *until* (seconds) has passed."""
        event = self._next_event(until)
        while event is None:
            if self._lost:
                self._look_for_sound(until)
            else:
                self._live()
            event = self._next_event(until)
        if self._company is not None:
            self._company.on_event(event, self.now())
        return event

    def interrupt(self) -> None:
        """Let `wait` return Interrupted soon; may be called from a signal handler."""
        self._interrupted = True

    def post(self, event: Event) -> None:
        """Let `wait` return *event* soon; may be called from any thread."""
        self._events.append(event)

    def close(self) -> None:
        """Let devices, ear and voice go, whatever state each of them is in."""
        with ExitStack() as stack:
            stack.callback(self._speech.close)
            stack.callback(self._ear.close)
            stack.callback(self._sound.close)

    def _next_event(self, until: float | None) -> Event | None:
        if self._interrupted:
            self._interrupted = False
            return Interrupted()
        if self._events:
            return self._events.popleft()
        if until is not None and self.now() >= until:
            return TimedOut()
        return None

    def _live(self) -> None:
        """Let one frame go by: play, hear, understand."""
        self._begin_speaking()
        frame = self._playback.frame()
        try:
            heard = self._sound.exchange(frame)
        except DeviceLost:
            self._lose_sound()
            return
        if self._playback.passed(self._sound.latency):
            self._events.extend((*self._barge_in.settle(), SpeechEnded()))
            self._sentence = False
        self._events.extend(self._muted.hear(heard))
        self._listen(heard, frame)
        if self._company is not None:
            self._company.on_frame(self.now(), not self._sounding())

    def _listen(self, heard: Samples, played: Samples) -> None:
        """Hear a frame; over the device's own voice, believe only what cannot be its echo."""
        clean = self._canceller.cancel(heard, played)
        context = self._barge_in.context(self.now(), self._playback.sounding, self._canceller)
        events = self._barge_in.credible(self._heard(clean, context), context)
        if self._sentence:
            events += self._barge_in.give_way(context, self._ear.signs)
        self._events.extend(events)
        recorded = self._keepsakes.hear(clean, events)
        if recorded is not None:
            self._events.append(recorded)

    def _play(self, samples: Samples, louder: float = 0.0, *, sentence: bool) -> None:
        """Begin to play; only sentences give way to a voice, a bell rings out."""
        self._sentence = sentence
        self._events.extend(self._barge_in.settle())
        self._playback.play(samples, louder)

    def _begin_speaking(self) -> None:
        """Play the sentence that was asked for once it is rendered, or tell that it cannot be."""
        match self._awaited.take(self.now()):
            case Unspoken() as told:
                self._events.append(told)
            case np.ndarray() as samples:
                self._play(samples, self._awaited.gain, sentence=True)

    def _sound_out(self, fetch: Callable[[], Samples]) -> None:
        """Play what *fetch* gives, or tell that it cannot be had."""
        try:
            samples = fetch()
        except VoiceCheckinError as problem:
            logger.error("%s", problem)
            self._events.append(Unspoken())
        else:
            self._play(samples, sentence=False)

    def _hush(self) -> None:
        """Stop what sounds or was to sound; nothing of it will have ended."""
        self._awaited.forget()
        self._sentence = False
        self._playback.hush()
        ended = SpeechEnded | Unspoken
        self._events = deque(event for event in self._events if not isinstance(event, ended))
        self._events.extend(self._barge_in.settle())

    def _heard(self, frame: Samples, context: FrameContext) -> list[Event]:
        """Let the ear hear a frame; one that fails is replaced by one that only hears voices."""
        try:
            return self._ear.hear(frame, context)
        except Exception:
            logger.exception("the ear failed")
            self._ear = LevelEar()
            self._ear.listen(self._listening)
            return [Noticed("deaf")]

    def _sounding(self) -> bool:
        return self._playback.sounding or self._awaited.pending

    def _lose_sound(self) -> None:
        """Note that nothing sounds any more; what was being said has not been said."""
        self._lost = True
        self._awaited.forget()
        self._barge_in.settle()
        self._playback.forget()
        self._canceller.forget()
        self._events.append(SoundLost())

    def _look_for_sound(self, until: float | None) -> None:
        left = LOOK_AGAIN if until is None else min(LOOK_AGAIN, until - self.now())
        if self._sound.reopen(max(left, FRAME_SECONDS)):
            self._lost = False
            self._events.append(SoundBack())
