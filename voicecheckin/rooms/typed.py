"""Choices that are typed: 1, 2, 3 in the order they are said, or words."""

import logging
import os
import threading
from collections.abc import Callable

from voicecheckin.conversation.meaning import YESES
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Effect,
    Event,
    Heard,
    Listen,
    NotUnderstood,
    OutOfPlace,
)
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.watcher import Watcher

COMMANDS = {command.value: command for command in Command}
LONGEST_LINE = 1024
"""Bytes; whatever is longer is no answer."""

logger = logging.getLogger(__name__)


def choices(book: Phrasebook, listen: Listen) -> tuple[tuple[str, str], ...]:
    """The answers as they are offered aloud, each with the number that stands for it.

    Where numbers are answers themselves, a number stands for nothing else.
    """
    offered = [answer for answer in listen.answers if answer not in YESES]
    digits = [str(place) for place in range(1, 10)]
    counted = any(book.match(digit, offered).phrase for digit in digits)
    return tuple(("" if counted else str(n), one) for n, one in enumerate(offered, 1))


def answer_to(listen: Listen, line: str, book: Phrasebook) -> Event:
    """What a typed line means where *listen* asks for an answer."""
    if (chosen := dict(choices(book, listen)).get(line)) is not None:
        return Answered(chosen)
    match = book.match(line, (*listen.answers, *book.commands))
    if match.phrase is None:
        known = line.isdecimal() or book.knows(line)
        return OutOfPlace() if known and not match.doubt else NotUnderstood(match.doubt)
    in_place = match.phrase in listen.answers
    return Answered(match.phrase) if in_place else Heard(COMMANDS[match.phrase])


class TypedAnswers:
    """Takes lines from any thread, and makes of them what the same words aloud would mean.

    A line typed while a question is still being said counts once it has been asked, of the one it
    is asked of. None is shown or kept.
    """

    def __init__(self, book: Phrasebook, post: Callable[[Event], None]) -> None:
        """*post* takes an event from any thread."""
        self._book, self._post = book, post
        self._listen = Listen()
        self._ahead: str | None = None
        self._turn = threading.Lock()

    def saw(self, event: Event, now: float) -> None:
        """What happens does not matter here."""

    def did(self, effect: Effect, now: float) -> None:
        """Notice what is asked, and of whom."""
        if not isinstance(effect, Listen):
            return
        with self._turn:
            if (effect.step, effect.floor) != (self._listen.step, self._listen.floor):
                self._ahead = None  # what one typed is no word of the other
            self._listen = effect
            ahead, self._ahead = self._ahead, None if self._asks else self._ahead
        if ahead is not None and self._asks:
            self._answer(ahead)

    def take(self, line: str) -> None:
        """A line was typed; an empty one ends a turn, and goes on after a pause."""
        line = line.strip()
        with self._turn:
            listen, asks = self._listen, self._asks
        if not line:
            self._post(Heard(Command.DONE if listen.turn else Command.GO_ON))
        elif asks:
            self._answer(line)
        elif (phrase := self._book.match(line, self._book.commands).phrase) is not None:
            self._post(Heard(COMMANDS[phrase]))
        elif not listen.turn:
            self._ahead = line

    @property
    def _asks(self) -> bool:
        return bool(self._listen.answers) and not self._listen.turn

    def _answer(self, line: str) -> None:
        self._post(answer_to(self._listen, line, self._book))


class Keyboard:
    """Reads lines from a terminal in a thread of its own, until it is closed."""

    def __init__(self, typed: Callable[[str], None], descriptor: int = 0) -> None:
        """Give each line to *typed*."""
        self._typed, self._descriptor = typed, descriptor
        self._watcher = Watcher("keyboard")
        self._watcher.start(self._follow)

    def close(self) -> None:
        """Read no more."""
        self._watcher.close()

    def _follow(self) -> None:
        waiting = b""
        while True:
            try:
                ready = self._watcher.ready([self._descriptor])
                read = os.read(self._descriptor, LONGEST_LINE) if ready else b""
            except OSError as error:
                logger.info("nothing can be typed any more: %s", error.strerror)
                return
            if not read:  # closed, or the terminal has gone: the talk goes on by voice
                return
            *lines, waiting = (waiting + read).split(b"\n")
            waiting = waiting[-LONGEST_LINE:]
            for line in lines:
                self._typed(line.decode("utf-8", "replace"))
