"""Pause, and a microphone or a speaker that is gone: standing still without losing the place."""

from voicecheckin.conversation.holding import HoldingPlace
from voicecheckin.conversation.messages import Ending, Hush
from voicecheckin.conversation.moments import Holding, Moment
from voicecheckin.conversation.pace import PAUSE_CLOSE, PAUSE_REMINDER, SOUND_PATIENCE
from voicecheckin.conversation.proceeding import Proceeding
from voicecheckin.conversation.saying import Rest, Saying, items


class Pausing(Proceeding):
    """What runs beside every moment."""

    holding: HoldingPlace
    _word: Saying | None = None
    """What is said while the conversation stands still."""
    _held_since: float = 0.0
    _lost_at: float = 0.0
    _reminded: bool = False

    def pause(self) -> None:
        """Be quiet until somebody says "go on"; no hurry."""
        if self.holding.flows:
            self._stand_still()
        self.holding.trigger("pause")
        self._reminded = False
        self._say_word("paused")

    def go_on(self) -> None:
        """Take up the sentence or the question where it was left."""
        if self.holding.trigger("go_on"):
            self._move_again("resumed")

    def lose_sound(self) -> None:
        """Stand still: nothing advances while nothing sounds."""
        self.voice = False
        if self.holding.flows:
            self._stand_still()
        if self.holding.trigger("lose_sound"):
            self.hush_word()
            self._lost_at = self.now

    def regain_sound(self) -> None:
        """Sound is back: say so, and ask the same question again."""
        if not self.holding.trigger("regain_sound"):
            return
        if self.holding.flows:
            self._move_again("sound_back")
        else:
            self._reminded = False
            self._say_word("paused")

    def _stand_still(self) -> None:
        self._held_since = self.now
        if self.saying is not None:
            unsaid = self.saying.unsaid()
            self.hush()
            self.saying = Saying(unsaid, self.step_id)  # not begun: it waits for "go on"
        self.listening_deadline = None
        self.listen()

    def _move_again(self, key: str) -> None:
        self._away += self.now - self._held_since
        self.hush_word()
        self.say_word_and_resume(key)

    def say_word_and_resume(self, key: str) -> None:
        """Say a word, then the interrupted sentence, the question, or "carry on"."""
        word = self.wording.line(
            key, self.floor, choices=self.wording.choices(self.answers()) or key
        )
        if self.saying is not None:
            self.say_aside(word)
        elif self.moment in (Moment.ASKING, Moment.FELT_HEARD):
            self.say_again(word)
        else:
            self.say_aside((*word, *self.wording.line("carry_on", self.floor)))

    def _say_word(self, key: str) -> None:
        self.hush_word()
        row = [item for item in items(self.wording.line(key)) if not isinstance(item, Rest)]
        self._word = Saying(row, self.step_id)
        self.word_ended()

    def word_ended(self) -> bool:
        """A sentence said while standing still has sounded; False if there was none."""
        if self._word is None:
            return False
        effect = self._word.advance(self.now, self.pace)
        if effect is None:
            self._word = None
        else:
            self.effects.append(effect)
        return True

    def hush_word(self) -> None:
        """Stop what is being said while standing still."""
        if self._word is not None:
            self.effects.append(Hush())
        self._word = None

    def held_deadline(self) -> float:
        """When standing still has lasted long (seconds)."""
        if self.holding.mode is Holding.LOST:
            return self._lost_at + SOUND_PATIENCE
        return self._held_since + (PAUSE_CLOSE if self._reminded else PAUSE_REMINDER)

    def held_too_long(self) -> None:
        """Say the way back once more; after an hour, or without sound, end without a word."""
        if self.holding.mode is Holding.LOST or self._reminded:
            lost = self.holding.mode is Holding.LOST
            self.ending = Ending.SOUND_GONE if lost else Ending.QUIET
            self.trigger("fall_quiet")
        else:
            self._reminded = True
            self._say_word("paused")
