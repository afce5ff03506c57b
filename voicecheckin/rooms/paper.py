"""A room on paper: events only, and a clock that jumps to whatever comes next."""

import heapq
from itertools import count

from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Effect,
    Event,
    Heard,
    Hush,
    Listen,
    NotUnderstood,
    OutOfPlace,
    PlayBack,
    Record,
    Recorded,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.pace import WORDS_A_MINUTE
from voicecheckin.rooms.people import Couple, Talk, Utterance

CHIME_SECONDS = 1.5
OFFER_SECONDS = 5.0
SURE = 0.3
"""Seconds of speech until the ear is sure of a voice."""
SILENT = 0.6
"""Seconds of silence until the ear is sure that the voice has ended."""
COMMANDS = {command.value: command for command in Command}


def speaking_seconds(speak: Speak) -> float:
    """How long a sentence takes (seconds), at the usual number of words a minute."""
    return max(0.5, len(speak.text.split()) * 60 / WORDS_A_MINUTE / speak.tempo)


class PaperRoom:
    """A couple and a check-in without any sound; an evening takes milliseconds."""

    def __init__(self, couple: Couple) -> None:
        self._couple = couple
        self._time = 0.0
        self._order = count()
        self._coming: list[tuple[float, int, Event | Utterance]] = []
        self._listen = Listen()
        self._sounding: int | None = None
        self._acts = 0

    def now(self) -> float:
        """Seconds since the room opened."""
        return self._time

    def perform(self, effect: Effect) -> None:
        """Begin *effect*."""
        match effect:
            case Speak():
                self._couple.note_speech()
                self._sound(speaking_seconds(effect))
            case Chime():
                self._sound(CHIME_SECONDS)
            case Hush():
                self._sounding = None
            case PlayBack():
                self._sound(OFFER_SECONDS)
            case Record():
                self._add(self._time + OFFER_SECONDS + 2.0, Recorded(OFFER_SECONDS))
            case Listen():
                self._listen = effect
                self._couple.note(effect)

    def wait(self, until: float | None) -> Event:
        """Jump to the next event, or to *until*; RuntimeError if nothing would ever come."""
        while True:
            self._let_them_act()
            if until is not None and (not self._coming or self._coming[0][0] > until):
                self._time = max(self._time, until)
                return TimedOut()
            if not self._coming:
                raise RuntimeError("waiting for ever: nothing is due and nobody will speak")
            at, number, coming = heapq.heappop(self._coming)
            self._time = max(self._time, at)
            event = self._happen(number, coming)
            if event is not None:
                return event

    def _sound(self, seconds: float) -> None:
        self._sounding = self._add(self._time + seconds, SpeechEnded())

    def _happen(self, number: int, coming: Event | Utterance) -> Event | None:
        match coming:
            case SpeechEnded():
                if number != self._sounding:
                    return None
                self._sounding = None
                return coming
            case Utterance():
                self._acts -= 1
                return self._understand(coming.meaning)
            case VoiceEnded():
                self._acts -= 1
        return coming

    def _understand(self, meaning: str | None) -> Event | None:
        listen = self._listen
        if meaning in listen.answers and meaning is not None and self._sounding is None:
            return Answered(meaning)
        if meaning in COMMANDS:
            return Heard(COMMANDS[meaning])
        if self._sounding is not None or listen.turn or not listen.answers:
            return None
        return NotUnderstood() if meaning is None else OutOfPlace()

    def _let_them_act(self) -> None:
        if self._sounding is not None or self._acts:
            return
        for act in self._couple.consider(self._time):
            match act:
                case Utterance(at, _, _, _, seconds):
                    self._voice(at, seconds)
                    self._acts += 1
                    self._add(at + seconds + SILENT + 0.1, act)
                case Talk(at, _, stretches):
                    for speech, pause in stretches:
                        self._voice(at, speech)
                        at += speech + max(pause, SILENT + 0.1)

    def _voice(self, at: float, seconds: float) -> None:
        self._acts += 1
        self._add(at + SURE, VoiceBegan())
        self._add(at + seconds + SILENT, VoiceEnded(SILENT))

    def _add(self, at: float, coming: Event | Utterance) -> int:
        number = next(self._order)
        heapq.heappush(self._coming, (at, number, coming))
        return number
