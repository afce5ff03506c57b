"""A closed question, asked of both at once or of each by name, and the reply to its answer."""

from collections.abc import Callable, Sequence

from voicecheckin.conversation.flows.closed_question import ClosedQuestion
from voicecheckin.conversation.flows.flow import Outcome, Stage
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.pace import CLASSES
from voicecheckin.conversation.prompt_queue import items
from voicecheckin.conversation.script import Step
from voicecheckin.conversation.states import QUESTION, State, Trigger

AT_ONCE = frozenset({"close", "decline", "quiet"})
"""Answers that lead here count at once: one "no" is enough, nobody else is asked."""
SET_ASIDE = "hold"
"""The answer that keeps a topic for another evening, where it leads past it tonight."""

Concluded = Callable[[Step, str], None]
"""Told once, before the reply is said, what a step's answers come to."""


class Question:
    """A step of kind ask; its answers are its own, and are kept through whatever interrupts it."""

    def __init__(
        self,
        stage: Stage,
        step: Step,
        starter: int,
        concluded: Concluded,
        rest_before: float = 0.0,
    ) -> None:
        """*starter* is asked first; *rest_before*: seconds of quiet before the first words."""
        self._stage = stage
        self.step = step
        self.outcome = Outcome()
        self._starter = starter
        self._asked: Sequence[int | None] = (starter, 1 - starter) if step.to == "each" else (None,)
        self._given: list[str] = []
        self._last = ""
        self._meaning = ""
        self._concluded = concluded
        self._rest_before = rest_before
        self._closed = self._ask_anew()
        self._machine = StateMachine(self, QUESTION, State.READY)

    @property
    def state(self) -> State:
        """Where the flow is."""
        return State(self._machine.state)

    @property
    def floor(self) -> int | None:
        """Who is asked just now."""
        return None if self._meaning else self._asked[len(self._given)]

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that count."""
        return self._closed.answers if self.state is State.ASKING else ()

    def take(self, trigger: Trigger) -> None:
        """Follow the table."""
        self._machine.fire(trigger)

    def answer(self, meaning: str) -> None:
        """An answer was understood, or doubt decided it."""
        if self._stage.listening.tentative:
            self._stage.listening.tentative, self._stage.pace.gain = False, 0.0
        self._last = meaning
        self.take(Trigger.ANSWERED)

    def misunderstand(self, *, doubt: bool = False, stray: bool = False) -> None:
        """Ask again in other words, or move on with what doubt means."""
        meaning = self._closed.misunderstand(self.floor, doubt=doubt, stray=stray)
        if meaning:
            self.answer(meaning)

    def wait_in_silence(self, since: float) -> None:
        """Nobody speaks, since then (seconds)."""
        self._closed.wait_in_silence(since)

    def give_time(self) -> None:
        """Somebody asked for more time."""
        if self.state is State.ASKING:
            self._closed.give_time(self.floor)

    def let_pass(self, *, hold: bool) -> None:
        """Take it as an answer if it is one here, else as doubt."""
        wish = SET_ASIDE if hold else "pass"
        chosen = wish if wish in self.answers else self._closed.doubt
        if chosen and self.state is State.ASKING:
            self.answer(chosen)

    # What the table calls.

    def ask(self) -> None:
        """Ask the question, of the partner whose turn it is or of both."""
        rest, self._rest_before = self._rest_before, 0.0
        whose = self._starter if self.floor is None else self.floor
        self._closed = self._ask_anew()
        self._stage.listening.listen(self.step.id, self.floor)
        said = self._stage.wording.to(self.step.say, whose)
        self._stage.prompter.prompt(items(said), rest + CLASSES[self.step.pacing or "C"].before)

    def open_ears(self) -> None:
        """The question has been asked: wait for the answer."""
        self._closed.open_ears(self.step.id, self.floor)

    def meet_silence(self) -> None:
        """Meet a long silence with a word; in the end the sitting falls quiet."""
        if not self._closed.meet_silence(self.floor):
            self._fall_quiet()

    def another_is_asked(self) -> bool:
        """Whether the other partner is still to be asked."""
        at_once = self.step.then.get(self._last) in AT_ONCE
        return len(self._given) + 1 < len(self._asked) and not at_once

    def ask_other(self) -> None:
        """Take this answer, turn to the other partner."""
        self._given.append(self._last)

    def conclude(self) -> None:
        """Take the answers together; with two, the stricter counts."""
        self._meaning = min((*self._given, self._last), key=self._strictness)
        action = self.step.then.get(self._meaning, "next")
        held = action == "next topic" and self._meaning == SET_ASIDE
        self.outcome = Outcome(action, held)
        self._concluded(self.step, self._meaning)

    def reply(self) -> None:
        """Say what is said to such an answer."""
        self._stage.listening.listen(self.step.id, None)
        reply = self.step.reply.get(self._meaning, ())
        self._stage.prompter.prompt(items(self._stage.wording.to(reply, None)))

    def _fall_quiet(self) -> None:
        self._stage.prompter.hush()
        self.outcome = Outcome("fall quiet")
        self.take(Trigger.GIVE_UP)

    def _ask_anew(self) -> ClosedQuestion:
        pacing = CLASSES[self.step.pacing or "C"]
        return ClosedQuestion(self._stage, self.step.answers, self.step.doubt, pacing)

    def _strictness(self, answer: str) -> int:
        strict = self.step.strict
        return strict.index(answer) if answer in strict else len(strict)
