"""Saying things, one sentence at a time, and going back to listening."""

from collections.abc import Callable, Sequence

from voicecheckin.conversation.messages import Effect, Hush, Listen
from voicecheckin.conversation.moments import LISTENING, Moment
from voicecheckin.conversation.pace import AFTER_VOICE, SENTENCE_REST, Pace
from voicecheckin.conversation.saying import Item, Rest, Saying, items
from voicecheckin.conversation.script import Passage, Script, Step
from voicecheckin.conversation.wishes import PRESENCE
from voicecheckin.conversation.wording import NOT_FORGOTTEN, Wording

LONGEST_WAIT_FOR_VOICE = 60.0
"""Seconds a rest is stretched while people talk; after that the noise is no person."""

PARTING = (Moment.CLOSING, Moment.FAREWELL)
"""Moments whose words are the same whatever happened (SR-08)."""


class Speaking:
    """The part of a check-in that has the word: it collects effects and keeps the deadline."""

    moment: Moment
    trigger: Callable[[str], bool]

    def __init__(self, script: Script, names: tuple[str, str], pace: Pace) -> None:
        self.pace = pace
        self.wording = Wording(script, names)
        self.step: Step | None = None
        self.floor: int | None = None
        """Whose turn it is: 0, 1, or None when both are asked."""
        self.voice = False
        """Whether somebody at the table is speaking just now."""
        self.now = 0.0
        self.effects: list[Effect] = []
        self.saying: Saying | None = None
        self.listening_deadline: float | None = None
        self._prompt: list[Item] = []
        self._notices: list[str] = []
        self._open: Listen | None = None
        self._stretched = 0.0

    @property
    def step_id(self) -> str:
        """The id of the step that is under way, or nothing."""
        return self.step.id if self.step else ""

    def prompt(self, passage: Passage, before: float = 0.0) -> None:
        """Say what this moment is about; `repeat` says it again."""
        self._prompt = list(items(passage))
        self.say([*self._told_first(), *([Rest(before)] if before else []), *self._prompt])

    def take_notice(self, line: str) -> None:
        """Say this recurring line before the next prompt; nobody is interrupted for it."""
        if self.moment not in PARTING:
            self._notices.append(line)
        elif line == NOT_FORGOTTEN:
            self.say_aside(self.wording.line(line))

    def _told_first(self) -> list[Item]:
        """What the device has to tell about itself, once both are known to be here."""
        here = self.step is not None and self.step.topic != PRESENCE
        if not here or self.moment in PARTING:
            return []
        lines, self._notices = self._notices, []
        return [
            item
            for line in lines
            for item in (*items(self.wording.line(line)), Rest(SENTENCE_REST))
        ]

    def say(self, row: Sequence[Item]) -> None:
        """Say *row* instead of whatever was being said."""
        self.hush()
        self.listening_deadline = None
        self.saying = Saying(row, self.step_id)
        self.go_on_saying()

    def say_aside(self, passage: Passage) -> None:
        """Say something in between; afterwards the interrupted sentence begins again."""
        unsaid = self.saying.unsaid() if self.saying else []
        self.say([*items(passage), Rest(SENTENCE_REST), *unsaid])

    def say_again(self, passage: Passage = ()) -> None:
        """Say this moment's prompt once more, after a word in between."""
        self.say([*items(passage), *([Rest(SENTENCE_REST)] if passage else []), *self._prompt])

    def go_on_saying(self) -> None:
        """Begin what comes next in the row; at its end the moment is told so."""
        while self.saying is not None:
            effect = self.saying.advance(self.now, self.pace)
            if effect is not None:
                self.effects.append(effect)
                return
            if not self.saying.finished:
                return
            self.saying = None
            self.trigger("said")
            return

    def rest_is_over(self) -> None:
        """A rest has run out; it is stretched for as long as somebody talks."""
        assert self.saying is not None
        if self.voice and self._stretched < LONGEST_WAIT_FOR_VOICE:
            self._stretched += AFTER_VOICE
            self.saying.until = self.now + AFTER_VOICE
            return
        self._stretched = 0.0
        self.go_on_saying()

    def hush(self) -> None:
        """Stop sounding at once."""
        if self.saying is not None and self.saying.sounding:
            self.effects.append(Hush())
        self.saying = None

    def listen(
        self, answers: Sequence[str] = (), *, turn: bool = False, patience: float = 1.0
    ) -> None:
        """Listen for *answers* and the open commands from now on."""
        wanted = Listen(tuple(answers), turn, self.step_id, self.floor, patience)
        if wanted != self._open:
            self._open = wanted
            self.effects.append(wanted)

    @property
    def is_listening(self) -> bool:
        """Whether the device has finished speaking and waits for the people."""
        return self.saying is None and self.moment in LISTENING
