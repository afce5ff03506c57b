"""One passage on its way: which sentence sounds, which rest runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicecheckin.conversation.messages import Chime, Effect, PlayBack, Speak
from voicecheckin.conversation.pace import SENTENCE_REST, THOUGHT_REST, WORDS_A_MINUTE, Pace
from voicecheckin.conversation.script import Passage


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words to say."""

    text: str


@dataclass(frozen=True, slots=True)
class Bell:
    """A bell to sound."""

    name: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Seconds of quiet, before the couple's pace is applied."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Replay:
    """An offer to let be heard: of tonight (0 or 1), or those kept earlier (None)."""

    floor: int | None


Item = Sentence | Bell | Rest | Replay


def items(passage: Passage) -> Iterator[Item]:
    """A passage with the rests between its sentences and thoughts spelled out."""
    previous: object = 0.0
    for part in passage:
        if isinstance(part, float):
            yield Rest(part)
        else:
            if isinstance(previous, tuple):
                yield Rest(THOUGHT_REST)
            for number, sentence in enumerate(part):
                if number:
                    yield Rest(SENTENCE_REST)
                yield Sentence(sentence)
        previous = part


class PromptQueue:
    """A row of sentences, bells and rests that is lived through one by one."""

    def __init__(self, row: Sequence[Item], step: str) -> None:
        self._row = list(row)
        self._step = step
        self._at = -1
        self.until: float | None = None
        """When the rest that is running ends (seconds); None while something sounds."""

    @property
    def finished(self) -> bool:
        """Whether everything has been said and rested."""
        return self._at >= len(self._row)

    @property
    def sounding(self) -> bool:
        """Whether a sentence or a bell is sounding, so that SpeechEnded is to come."""
        return 0 <= self._at < len(self._row) and not isinstance(self._row[self._at], Rest)

    def advance(self, now: float, pace: Pace) -> Effect | None:
        """Begin the next item; what has to be performed for it, if anything."""
        self._at += 1
        self.until = None
        if self.finished:
            return None
        match self._row[self._at]:
            case Sentence(text):
                return Speak(text, self._step, pace.tempo, pace.gain)
            case Bell(name):
                return Chime(name, self._step)
            case Replay(floor):
                return PlayBack(floor, self._step)
            case Rest(seconds):
                self.until = now + pace.seconds(seconds)
        return None

    def show_instead(self) -> None:
        """Put a bell and a rest in the place of the sentence that cannot be spoken."""
        item = self._row[self._at]
        if isinstance(item, Sentence):
            seconds = len(item.text.split()) * 60 / WORDS_A_MINUTE
            self._row[self._at : self._at + 1] = [Bell("hand_over"), Rest(seconds)]
            self._at -= 1

    def after_rest(self, long: float) -> list[Item] | None:
        """What follows the next rest of *long* seconds, the running one included; None without."""
        unsaid = self.unsaid()
        for place, item in enumerate(unsaid, 1):
            if isinstance(item, Rest) and item.seconds >= long:
                return unsaid[place:]
        return None

    def unsaid(self) -> list[Item]:
        """What is left, from the start of the sentence or the rest that it was in."""
        return self._row[max(0, self._at) :]
