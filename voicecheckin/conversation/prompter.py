"""What the device says: one queue of sentences, bells and rests at a time."""

from collections.abc import Iterable

from voicecheckin.conversation.messages import Hush
from voicecheckin.conversation.pace import AFTER_VOICE, AGREED_BREAK, SENTENCE_REST, Pace
from voicecheckin.conversation.present import Present
from voicecheckin.conversation.prompt_queue import Item, PromptQueue, Rest, items
from voicecheckin.conversation.script import Passage

LONGEST_WAIT_FOR_VOICE = 60.0
"""Seconds a rest is stretched while people talk; after that the noise is no person."""


class Prompter:
    """Has the word, or has given it away; knows what it said last, and how to say it again."""

    def __init__(self, present: Present, pace: Pace) -> None:
        self._present = present
        self._pace = pace
        self._queue: PromptQueue | None = None
        self._prompt: list[Item] = []
        self._notices: list[Passage] = []
        self._stretched = 0.0
        self._said = False
        self.step_id = ""
        """The id of the step that is under way; it goes along with all that is said."""
        self.may_tell = False
        """Whether this is a moment for the device to tell something about itself."""

    @property
    def busy(self) -> bool:
        """Whether something is still to be said or rested."""
        return self._queue is not None

    @property
    def sounding(self) -> bool:
        """Whether a sentence or a bell is sounding, so that SpeechEnded is to come."""
        return self._queue is not None and self._queue.sounding

    @property
    def deadline(self) -> float | None:
        """When the rest that is running ends (seconds); None while something sounds."""
        return self._queue.until if self._queue is not None else None

    def take_said(self) -> bool:
        """Whether everything has been said since this was asked last."""
        said, self._said = self._said, False
        return said

    def prompt(self, row: Iterable[Item], before: float = 0.0) -> None:
        """Say what this is about, after a rest of *before* seconds; `repeat` says it again."""
        self._prompt = list(row)
        self.say([*self._told_first(), *([Rest(before)] if before else []), *self._prompt])

    def notice(self, passage: Passage) -> None:
        """Say this before the next prompt; nobody is interrupted for it."""
        self._notices.append(passage)

    def say(self, row: Iterable[Item]) -> None:
        """Say *row* instead of whatever was being said."""
        self.hush()
        self._queue = PromptQueue(list(row), self.step_id)
        self._advance()

    def say_aside(self, passage: Passage) -> None:
        """Say something in between; afterwards the interrupted sentence begins again."""
        self.say([*items(passage), Rest(SENTENCE_REST), *self._unsaid()])

    def say_again(self, passage: Passage = ()) -> None:
        """Say this moment's prompt once more, after a word in between."""
        self.say([*items(passage), *([Rest(SENTENCE_REST)] if passage else []), *self._prompt])

    def speech_ended(self) -> None:
        """What sounded has sounded: begin what comes next."""
        if self.sounding:
            self._advance()

    def show_instead(self) -> None:
        """No voice can speak this sentence: a bell, and the time it takes to read it."""
        if self._queue is not None and self.sounding:
            self._queue.show_instead()
            self._advance()

    def rest_ended(self) -> None:
        """A rest has run out; it is stretched for as long as somebody talks."""
        assert self._queue is not None
        if self._present.voice and self._stretched < LONGEST_WAIT_FOR_VOICE:
            self._stretched += AFTER_VOICE
            self._queue.until = self._present.now + AFTER_VOICE
            return
        self._stretched = 0.0
        self._advance()

    @property
    def can_go_on(self) -> bool:
        """Whether a rest runs that can be ended, or a break is being explained."""
        return self.busy and not (self.sounding and self._after_break() is None)

    def end_rest(self) -> None:
        """They asked to go on: the rest that runs is over, or the break that is being explained."""
        if self.busy and not self.sounding:
            self._advance()
            return
        after = self._after_break()
        if after is not None:
            self.say(after)

    def hush(self) -> None:
        """Stop sounding at once, and forget what was to follow."""
        if self.sounding:
            self._present.ask_for(Hush())
        self._queue, self._said = None, False

    def stand_still(self) -> None:
        """Stop sounding; the interrupted sentence is the first to come."""
        if self._queue is not None:
            unsaid = self._unsaid()
            self.hush()
            self._queue = PromptQueue(unsaid, self.step_id)  # not begun: it waits

    def _after_break(self) -> list[Item] | None:
        """What follows a break that is still to come; None without one."""
        return self._queue.after_rest(AGREED_BREAK) if self._queue is not None else None

    def _unsaid(self) -> list[Item]:
        return self._queue.unsaid() if self._queue is not None else []

    def _told_first(self) -> list[Item]:
        if not self.may_tell:
            return []
        told, self._notices = self._notices, []
        return [one for passage in told for one in (*items(passage), Rest(SENTENCE_REST))]

    def _advance(self) -> None:
        assert self._queue is not None
        effect = self._queue.advance(self._present.now, self._pace)
        if effect is not None:
            self._present.ask_for(effect)
        elif self._queue.finished:
            self._queue, self._said = None, True
