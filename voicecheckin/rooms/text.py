"""A room without sound: prompts on the screen, answers on the keyboard, talk at the table."""

import logging
import os
import select
import time
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

from voicecheckin.conversation.meaning import YESES
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
from voicecheckin.ear.phrases import Phrasebook

logger = logging.getLogger(__name__)

A_WORD, A_SENTENCE = 0.2, 0.5
"""Seconds to read a word, and to come to rest after a sentence."""
BELL = 0.5
"""Seconds that a bell takes on the screen."""
LOOK = 0.2
"""Seconds between two looks at whether somebody wants to break off."""
LONGEST_LINE = 4096
"""Bytes; whoever types more has fallen asleep on the keyboard."""

COMMANDS = {command.value: command for command in Command}


class TextRoom:
    """The couple talks aloud to one another; only short phrases are typed, and none is kept.

    Enter skips what is being shown, ends a turn, and goes on after a rest or a pause.
    """

    def __init__(
        self,
        book: Phrasebook,
        console: Console,
        names: tuple[str, str],
        keyboard: int = 0,
        spoken: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Show on *console*, read lines from the file descriptor *keyboard*.

        *spoken* holds how answers are offered aloud, as `Script.spoken` does: they look the same.
        """
        self._book = book
        self._spoken = spoken
        self._console = console
        self._names = names
        self._keys = _Lines(keyboard)
        self._began = time.monotonic()
        self._listen = Listen()
        self._sounds_until: float | None = None
        self._typed_ahead: str | None = None
        self._turn_opens = False
        self._talking = False
        self._coming: deque[Event] = deque()
        self._step = ""
        self._interrupted = False

    def interrupt(self) -> None:
        """Let `wait` return Interrupted soon; may be called from a signal handler."""
        self._interrupted = True

    def now(self) -> float:
        """Seconds since the room opened."""
        return time.monotonic() - self._began

    def perform(self, effect: Effect) -> None:
        """Begin *effect*."""
        match effect:
            case Speak(text, step):
                if step != self._step:
                    self._step, self._typed_ahead = step, None
                    self._show("")
                self._show(text)
                self._sounds_until = self.now() + A_SENTENCE + A_WORD * len(text.split())
            case Chime():
                self._sounds_until = self.now() + BELL
            case PlayBack():
                self._sounds_until = self.now()
            case Record():
                self._coming.append(Recorded(0.0))
            case Hush():
                self._sounds_until = None
            case Listen():
                if effect.floor != self._listen.floor:  # what one typed is no word of the other
                    self._typed_ahead = None
                self._listen = effect
                self._turn_opens = effect.turn
                if effect.answers and not effect.turn:
                    self._show_choices()

    def wait(self, until: float | None) -> Event:
        """Return the next event, or TimedOut once *until* (seconds) has passed."""
        while not self._interrupted:
            self._note_turn()
            if self._typed_ahead is not None and self._asks:
                self._answer(self._typed_ahead)
                self._typed_ahead = None
            if self._coming:
                return self._coming.popleft()
            due = [at for at in (self._sounds_until, until) if at is not None]
            line = self._keys.next(max(0.0, min([LOOK, *(at - self.now() for at in due)])))
            if line is not None:
                self._take(line)
            elif self._sounds_until is not None and self.now() >= self._sounds_until:
                self._end_sound()
            elif until is not None and self.now() >= until:
                return TimedOut()
            elif self._keys.end_is_news():
                self._coming.append(Heard(Command.STOP))
        self._interrupted = False
        return Interrupted()

    @property
    def _asks(self) -> bool:
        return self._sounds_until is None and bool(self._listen.answers) and not self._listen.turn

    def _note_turn(self) -> None:
        """A turn on the floor is spoken aloud: for the conversation, a voice that goes on."""
        if self._talking and not self._listen.turn:
            self._talking = False
            self._coming.append(VoiceEnded())
        elif self._turn_opens and self._sounds_until is None:
            self._turn_opens = False
            self._talking = True
            self._coming.append(VoiceBegan())
            whose = "" if self._listen.floor is None else f"{self._names[self._listen.floor]}: "
            self._hint(f"{whose}aloud, as long as you like. Then press Enter.")

    def _take(self, line: str) -> None:
        if line.strip():
            self._take_words(line)
        elif self._sounds_until is not None:
            self._end_sound()
        elif self._talking:
            self._talking = False
            self._coming += [VoiceEnded(), Heard(Command.DONE)]
        elif self._asks:
            self._show_choices()
        else:
            self._coming.append(Heard(Command.GO_ON))

    def _take_words(self, line: str) -> None:
        if self._asks:
            self._answer(line)
            return
        answers = self._listen.answers if self._sounds_until is None else ()
        phrase = self._book.match(line, (*self._book.commands, *answers)).phrase
        if phrase in answers and phrase is not None:
            self._coming.append(Answered(phrase))
        elif phrase in COMMANDS:
            self._coming.append(Heard(COMMANDS[phrase]))
        elif self._sounds_until is not None:
            self._end_sound()
            self._typed_ahead = line

    def _answer(self, line: str) -> None:
        answers = self._listen.answers
        match = self._book.match(line, (*answers, *self._book.commands))
        if match.phrase is None:
            known = not match.doubt and self._book.knows(line)
            self._coming.append(OutOfPlace() if known else NotUnderstood(match.doubt))
        elif match.phrase in answers:
            self._coming.append(Answered(match.phrase))
        else:
            self._coming.append(Heard(COMMANDS[match.phrase]))

    def _end_sound(self) -> None:
        self._sounds_until = None
        self._coming.append(SpeechEnded())

    def _show_choices(self) -> None:
        offered = (answer for answer in self._listen.answers if answer not in YESES)
        choices = (self._spoken.get(answer, answer) for answer in offered)
        self._hint(f"{', '.join(choices)} (or: help, pause, pass, stop)")

    def _hint(self, text: str) -> None:
        self._show(f"  {text}", "dim")

    def _show(self, text: str, style: str = "") -> None:
        try:
            self._console.print(Text(text, style))
        except OSError as error:
            logger.info("nothing can be shown: %s", error.strerror)


class _Lines:
    """Lines from a file descriptor, waited for no longer than wanted."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting = b""
        self._ended = False
        self._told = False

    def next(self, timeout: float) -> str | None:
        """The next line without its end; None after *timeout* seconds, or when there is no more."""
        until = time.monotonic() + timeout
        while b"\n" not in self._waiting:
            left = max(0.0, until - time.monotonic())
            if self._ended:
                if self._told:
                    time.sleep(left)
                return None
            if not self._read(left):
                return None
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line.decode("utf-8", "replace")

    def _read(self, left: float) -> bool:
        """Wait *left* seconds at most for more; a terminal that is gone counts as the end."""
        try:
            ready, _, _ = select.select([self._descriptor], [], [], left)
            read = os.read(self._descriptor, LONGEST_LINE) if ready else b""
        except OSError:
            ready, read = [self._descriptor], b""
        if ready and not read:
            self._ended = True
            read = b"\n" if self._waiting else b""
        self._waiting = (self._waiting + read)[-LONGEST_LINE:]
        return bool(ready)

    def end_is_news(self) -> bool:
        """Whether the end of all lines was reached, told once."""
        news = self._ended and not self._told
        self._told = self._told or news
        return news
