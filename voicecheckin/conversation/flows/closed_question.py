"""A question with a few answers, its silences and its misunderstandings."""

from voicecheckin.conversation.flows.flow import Stage
from voicecheckin.conversation.pace import Pacing
from voicecheckin.conversation.reprompt import RepromptPolicy


class ClosedQuestion:
    """Asks again in other words, and knows what doubt means in the end."""

    def __init__(self, stage: Stage, answers: tuple[str, ...], doubt: str, pacing: Pacing) -> None:
        """*doubt* is the answer that stands when nothing was understood in the end."""
        self._stage = stage
        self.answers = answers
        self.doubt = doubt
        self._pacing = pacing
        self._policy = RepromptPolicy(pacing, stage.pace)

    def open_ears(self, step: str, floor: int | None) -> None:
        """It has been asked: listen for the answers."""
        self._stage.listening.listen(step, floor, self.answers, patience=self._pacing.silence)
        self.wait_in_silence(self._stage.present.now)

    def wait_in_silence(self, since: float) -> None:
        """Nobody speaks, since then (seconds)."""
        self._policy.quiet_from(since)
        self._stage.listening.wait_until(since, self._policy.deadline)

    def meet_silence(self, floor: int | None) -> bool:
        """Meet a long silence with a word; False once it is time to fall quiet."""
        key = None if self._stage.listening.tentative else self._policy.next_cue()
        if key is not None:
            self.say_line(key, floor)
        return key is not None

    def give_time(self, floor: int | None) -> None:
        """All the patience there was at first, again."""
        self._policy.start_over(self._stage.present.now)
        self.say_line("more_time", floor)

    def misunderstand(self, floor: int | None, *, doubt: bool, stray: bool) -> str:
        """Ask again in other words; the answer that doubt means once that was often enough."""
        if stray:
            self._policy.strays += 1
            line = "out_of_place"
        else:
            self._policy.misses += 1
            first = "doubt" if doubt else "unclear_1"
            line = first if self._policy.misses == 1 else "unclear_2"
        if self._policy.runs_out and self.doubt:
            return self.doubt
        self.say_line(line, floor)
        return ""

    def say_line(self, key: str, floor: int | None) -> None:
        """Say one of the recurring lines in between, with the answers that count here."""
        choices = self._stage.wording.choices(self.answers)
        self._stage.prompter.say_aside(self._stage.wording.line(key, floor, choices=choices))
