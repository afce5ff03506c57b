"""A question with a few answers, its silences and its misunderstandings."""

from voicecheckin.conversation.flows.flow import Miss, Stage
from voicecheckin.conversation.pace import CHOICE_LIMIT, CLASSES, LEAST_TO_ANSWER
from voicecheckin.conversation.reprompt import RepromptPolicy

HEARING = 3.0
"""Seconds from the end of an answer until it has been understood, at the latest."""


class ClosedQuestion:
    """Asks again in other words once; then doubt has a meaning, and the evening goes on.

    A consent is waited for longer than a choice, and never obtained by waiting: there, doubt means
    no (SR-01). A choice holds nobody up for more than half a minute.
    """

    def __init__(
        self, stage: Stage, answers: tuple[str, ...], doubt: str, *, plain: bool = False
    ) -> None:
        """*doubt* is the answer that stands in the end; *plain*: it asks for consent."""
        self._stage = stage
        self._plain = plain
        self.answers = answers
        self.doubt = doubt
        self._policy = RepromptPolicy.of_consent(stage.pace)
        self._misses = 0
        self._until: float | None = None

    def open_ears(self, step: str, floor: int | None) -> None:
        """It has been asked: listen for the answers."""
        now = self._stage.present.now
        if self._until is None:
            self._until = now + self._stage.pace.patience(CHOICE_LIMIT)
        self._until = max(self._until, now + LEAST_TO_ANSWER)
        self._stage.listening.listen(
            step,
            floor,
            self.answers,
            patience=CLASSES["C"].silence,
            plain=self._plain,
        )
        self.wait_in_silence(now)

    def wait_in_silence(self, since: float) -> None:
        """Nobody speaks, since then (seconds)."""
        self._policy.quiet_from(since)
        deadline = self._policy.deadline
        if not self._plain and self._until is not None:
            deadline = min(deadline, max(self._until, since + HEARING))
        self._stage.listening.wait_until(since, deadline)

    def meet_silence(self, floor: int | None) -> str:
        """Meet a long silence with a word; the answer that doubt means once it was long enough."""
        over = self._until is not None and self._stage.present.now >= self._until
        key = None if over and not self._plain else self._policy.next_cue()
        if key is None:
            return self.doubt
        self.say_line(key, floor)
        return ""

    def give_time(self, floor: int | None) -> None:
        """All the patience there was at first, again."""
        self._until = None
        self._policy.start_over(self._stage.present.now)
        self.say_line("more_time", floor)

    def misunderstand(self, floor: int | None, miss: Miss) -> str:
        """Ask again in other words, once; after that the answer that doubt means.

        A choice is not asked for again where hardly any time would be left for it.
        """
        self._misses += 1
        if self._misses > 1 or self._is_late:
            return self.doubt
        self.say_line(miss.value, floor)
        return ""

    def say_line(self, key: str, floor: int | None) -> None:
        """Say one of the recurring lines in between, with the answers that count here."""
        choices = self._stage.wording.choices(self.answers)
        self._stage.prompter.say_aside(self._stage.wording.line(key, floor, choices=choices))

    @property
    def _is_late(self) -> bool:
        """Whether a choice has held them up nearly long enough."""
        left = self._until - self._stage.present.now if self._until is not None else CHOICE_LIMIT
        return not self._plain and left < 2 * LEAST_TO_ANSWER
