"""A room without sound: prompts on the screen, answers on the keyboard, talk at the table."""

import logging
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from rich.console import Console
from rich.text import Text

from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Effect,
    Event,
    Heard,
    Hush,
    Interrupted,
    Listen,
    PlayBack,
    Record,
    Recorded,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.states import Suspended
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.rooms.lines import Lines
from voicecheckin.rooms.typed import COMMANDS, answer_to, choices

logger = logging.getLogger(__name__)

A_WORD, A_SENTENCE = 0.2, 0.5
"""Seconds to read a word, and to come to rest after a sentence."""
BELL = 0.5
"""Seconds that a bell takes on the screen."""
LOOK = 0.2
"""Seconds between two looks at whether somebody wants to break off."""
TOLD_REST = 3.0
"""Seconds from which a rest is told, so that nobody takes it for the end."""
SPILT = 1.0
"""Seconds after a sentence in which an Enter was still meant for it."""
GLANCE = 0.4
"""Seconds that a sentence is there at least: a key that is held down skips no help line unseen."""
TWICE = 5.0
"""Seconds within which two Enters end a pause."""

HOW = "(Enter goes on: after a sentence, a rest or a turn. Type help to see what you can say.)"
A_REST = "(a quiet moment; Enter goes on)"
A_PAUSE = "(a pause; type go on, or press Enter twice)"
TOO_EARLY = "(that came before the question; please say it again)"
ALOUD = "(say it aloud, please; what is typed goes nowhere)"
CLOSED = "(nothing more can be typed, so we end here)"


class Going(Protocol):
    """What the room has to know of the conversation in it."""

    @property
    def busy(self) -> bool:
        """Whether the device has something left to say or to rest, before it waits for people."""
        ...

    @property
    def suspended(self) -> Suspended:
        """Whether the conversation flows, or is paused."""
        ...


class TextRoom:
    """The couple talks aloud to one another; only short phrases are typed, and none is kept.

    Enter skips what is being shown, ends a rest or a turn, and twice a pause; it is never an
    answer. A line typed before its question counts once that is asked: of the one it is asked of,
    and never as a consent.
    """

    def __init__(
        self,
        book: Phrasebook,
        console: Console,
        names: tuple[str, str],
        going: Going,
        keys: Lines,
        spoken: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Show on *console*, read from *keys*.

        *spoken* holds how answers are offered aloud, as `Script.spoken` does: they look the same.
        """
        self._book = book
        self._spoken = spoken
        self._console = console
        self._names = names
        self._going = going
        self._keys = keys
        self._began = keys.now()
        self._listen = Listen()
        self._sounds_until: float | None = None
        self._typed_ahead: str | None = None
        self._talking = False
        self._told: object = None
        self._handed_over = self._entered = self._shown_at = float("-inf")
        self._coming: deque[Event] = deque()
        self._step: str | None = None
        self._ended = self._interrupted = False

    def interrupt(self) -> None:
        """Let `wait` return Interrupted soon; may be called from a signal handler."""
        self._interrupted = True

    def now(self) -> float:
        """Seconds since the room opened."""
        return self._keys.now() - self._began

    def perform(self, effect: Effect) -> None:
        """Begin *effect*."""
        match effect:
            case Speak(text, step):
                self._show_sentence(text, step)
            case Chime():
                self._sounds_until = self.now() + BELL
            case PlayBack():
                self._sounds_until = self.now()
            case Record():
                self._coming.append(Recorded(0.0))
            case Hush():
                self._sounds_until = None
            case Listen():
                self._turn_to(effect)

    def wait(self, until: float | None) -> Event:
        """Return the next event, or TimedOut once *until* (seconds) has passed."""
        while not self._interrupted:
            if not self._coming:
                self._hand_over(until)
            if self._coming:
                return self._coming.popleft()
            due = [at for at in (self._sounds_until, until) if at is not None]
            line = self._keys.next(max(0.0, min([LOOK, *(at - self.now() for at in due)])))
            if line is not None:
                self._take(line.strip())
            elif self._sounds_until is not None and self.now() >= self._sounds_until:
                self._end_sound()
            elif until is not None and self.now() >= until:
                return TimedOut()
            elif self._keys.ended and not self._ended:
                self._ended = self._interrupted = True
                self._hint(CLOSED)
        self._interrupted = False
        return Interrupted()

    # What goes on.

    @property
    def _sounds(self) -> bool:
        return self._sounds_until is not None

    @property
    def _paused(self) -> bool:
        return self._going.suspended is not Suspended.FLOWING

    @property
    def _waits(self) -> bool:
        """Whether people are waited for: nothing is shown, and no rest is under way."""
        return not (self._sounds or self._paused or self._going.busy)

    @property
    def _asks(self) -> bool:
        return self._waits and bool(self._listen.answers) and not self._listen.turn

    def _turn_to(self, listen: Listen) -> None:
        """Listen for something else; what one typed is no word of the other, nor a consent."""
        here = (listen.step, listen.floor) == (self._listen.step, self._listen.floor)
        if self._typed_ahead is not None and (not here or listen.plain or listen.turn):
            self._typed_ahead = None
            self._hint(TOO_EARLY)
        self._listen, self._told = listen, None

    def _hand_over(self, until: float | None) -> None:
        """Tell people, once, that they are waited for, or that it is quiet *until* then."""
        talks = self._waits and self._listen.turn
        if talks is not self._talking:
            self._talking, self._handed_over = talks, self.now()
            self._coming.append(VoiceBegan() if talks else VoiceEnded())
            if talks:
                self._hint(self._invitation())
        elif self._asks and self._typed_ahead is not None:
            self._answer(self._typed_ahead)
            self._typed_ahead = None
        elif self._asks and self._told is not self._listen:
            self._told, self._handed_over = self._listen, self.now()
            self._show_choices()
        elif self._rests_long(until) and self._told != until:
            self._told = until
            self._hint(A_REST)

    def _rests_long(self, until: float | None) -> bool:
        rests = self._going.busy and not (self._sounds or self._paused)
        return rests and until is not None and until - self.now() > TOLD_REST

    # What is typed.

    def _take(self, line: str) -> None:
        if line:
            self._take_words(line)
        elif self._sounds:
            if self.now() - self._shown_at >= GLANCE:
                self._end_sound()
        elif self._going.busy and not self._paused:
            self._coming.append(Heard(Command.GO_ON))
        elif self.now() - self._handed_over < SPILT:
            pass
        elif self._paused:
            self._knock()
        elif self._talking:
            self._end_talk(Heard(Command.DONE))
        elif self._asks:
            self._show_choices()

    def _knock(self) -> None:
        """Enter was pressed in a pause: the second time, it goes on."""
        before, self._entered = self._entered, self.now()
        if self._entered - before > TWICE:
            self._hint(A_PAUSE)
        else:
            self._entered = float("-inf")
            self._coming.append(Heard(Command.GO_ON))

    def _take_words(self, line: str) -> None:
        if self._asks:
            self._answer(line)
            return
        answers = self._listen.answers if self._talking else ()
        phrase = self._book.match(line, (*self._book.commands, *answers)).phrase
        if phrase is not None:
            known = Answered(phrase) if phrase in answers else Heard(COMMANDS[phrase])
            self._typed_ahead = None  # a stop is not asked to be said again
            self._end_talk(known)
        elif self._talking:
            self._hint(ALOUD)
        elif self._paused:
            self._hint(A_PAUSE)
        else:
            self._typed_ahead = line

    def _answer(self, line: str) -> None:
        self._coming.append(answer_to(self._listen, line, self._book))

    def _end_talk(self, event: Event) -> None:
        """Who types does not talk, for the moment."""
        self._coming += [VoiceEnded(), event] if self._talking else [event]
        self._talking = False

    def _end_sound(self) -> None:
        self._sounds_until, self._handed_over = None, self.now()
        self._coming.append(SpeechEnded())

    # What is shown: line by line, in the order of speech, and never again.

    def _show_sentence(self, text: str, step: str) -> None:
        if self._step is None:
            self._hint(HOW)
        if step != self._step:
            self._step = step
            self._show("")
        self._show(text)
        self._shown_at = self.now()
        self._sounds_until = self._shown_at + A_SENTENCE + A_WORD * len(text.split())

    def _invitation(self) -> str:
        floor, answers = self._listen.floor, self._named()
        whose = "" if floor is None else f"{self._names[floor]}: "
        if answers:
            return f"{whose}{', '.join(answers)}; or go on aloud, then press Enter."
        return f"{whose}aloud, as long as you like. Then press Enter."

    def _show_choices(self) -> None:
        always = [one for one in ("help", "pause", "pass", "stop") if one not in self._named()]
        numbers = [number for number, _ in choices(self._book, self._listen)]
        pairs = zip(numbers, self._named(), strict=True)
        offered = (f"{number} {name}".strip() for number, name in pairs)
        self._hint(f"{', '.join(offered)} (or: {', '.join(always)})")

    def _named(self) -> list[str]:
        """The answers as they are offered aloud."""
        offered = (answer for _, answer in choices(self._book, self._listen))
        return [self._spoken.get(answer, answer) for answer in offered]

    def _hint(self, text: str) -> None:
        self._show(f"  {text}", "dim")

    def _show(self, text: str, style: str = "") -> None:
        try:
            self._console.print(Text(text, style))
        except OSError as error:
            logger.info("nothing can be shown: %s", error.strerror)
