"""Pause, and a microphone or a speaker that is gone: standing still without losing the place."""

from collections.abc import Callable

from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.messages import Ending, Hush
from voicecheckin.conversation.pace import PAUSE_CLOSE, PAUSE_REMINDER, SOUND_PATIENCE, Pace
from voicecheckin.conversation.present import Present, Stopwatch
from voicecheckin.conversation.prompt_queue import PromptQueue, Rest, items
from voicecheckin.conversation.prompter import Prompter
from voicecheckin.conversation.script import Passage
from voicecheckin.conversation.states import SUSPENSION, Hold, Suspended

Reminder = Callable[[], Passage]
"""What is said while a pause lasts: how to go on."""


class Suspension:
    """Runs beside every flow; while it holds, none of them advances."""

    def __init__(
        self, prompter: Prompter, present: Present, pace: Pace, watch: Stopwatch, reminder: Reminder
    ) -> None:
        self._prompter = prompter
        self._present = present
        self._pace = pace
        self._watch = watch
        self._reminder = reminder
        self._was_paused = False
        self._reminded = False
        self._since = 0.0
        self._lost_at = 0.0
        self._word: PromptQueue | None = None
        self._machine = StateMachine(self, SUSPENSION, Suspended.FLOWING)

    @property
    def state(self) -> Suspended:
        """Whether the conversation flows, is paused, or has lost its microphone or speaker."""
        return Suspended(self._machine.state)

    @property
    def flows(self) -> bool:
        """Whether the conversation goes on."""
        return self.state is Suspended.FLOWING

    @property
    def deadline(self) -> float:
        """When standing still has lasted long (seconds)."""
        if self.state is Suspended.LOST:
            return self._lost_at + SOUND_PATIENCE
        return self._since + (PAUSE_CLOSE if self._reminded else PAUSE_REMINDER)

    @property
    def lasted(self) -> float:
        """Seconds for which the conversation has stood still."""
        return 0.0 if self.flows else self._present.now - self._since

    def pause(self) -> None:
        """Be quiet until somebody says "go on"; no hurry."""
        self._stand_still()
        self._machine.fire(Hold.PAUSE)
        self._reminded = False
        self._say(self._reminder())

    def go_on(self) -> bool:
        """End a pause; False where there was none."""
        return self._move_again(Hold.GO_ON)

    def lose_sound(self) -> None:
        """Nothing sounds any more, so nothing advances."""
        self._stand_still()
        if self._machine.fire(Hold.LOSE_SOUND):
            self._hush()
            self._lost_at = self._present.now

    def regain_sound(self) -> bool:
        """Sound is back; False if it was not gone, or if the couple had paused."""
        if self.state is not Suspended.LOST:
            return False
        if self._move_again(Hold.REGAIN_SOUND):
            return True
        self._reminded = False
        self._say(self._reminder())
        return False

    def release(self) -> None:
        """The sitting ends: stand still no longer, say nothing more."""
        self._hush()
        if not self.flows:
            self._watch.go()
        self._machine.fire(Hold.RELEASE)

    def speech_ended(self) -> None:
        """A sentence said while standing still has sounded."""
        if self._word is not None:
            effect = self._word.advance(self._present.now, self._pace)
            if effect is None:
                self._word = None
            else:
                self._present.ask_for(effect)

    def lasts_long(self) -> Ending | None:
        """Say the way back once more; after an hour, or without sound, how it is to end."""
        if self.state is Suspended.LOST:
            return Ending.SOUND_GONE
        if self._reminded:
            return Ending.QUIET
        self._reminded = True
        self._say(self._reminder())
        return None

    # What the table calls.

    def note_pause(self) -> None:
        """Remember, when sound is lost, whether the couple had paused."""
        self._was_paused = self.state is Suspended.PAUSED

    def was_paused(self) -> bool:
        """Whether the couple had paused before sound was lost."""
        return self._was_paused

    def _stand_still(self) -> None:
        if self.flows:
            self._since = self._present.now
            self._watch.stop()
            self._prompter.stand_still()

    def _move_again(self, hold: Hold) -> bool:
        moved = self._machine.fire(hold) and self.flows
        if moved:
            self._watch.go()
            self._hush()
        return moved

    def _say(self, passage: Passage) -> None:
        """Say it without rests: nobody is waited for."""
        self._hush()
        said = [item for item in items(passage) if not isinstance(item, Rest)]
        self._word = PromptQueue(said, self._prompter.step_id)
        self.speech_ended()

    def _hush(self) -> None:
        if self._word is not None:
            self._present.ask_for(Hush())
        self._word = None
