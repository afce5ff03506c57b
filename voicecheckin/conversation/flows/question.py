"""A closed question, asked of both at once or of each by name, and the reply to its answer."""

from collections.abc import Callable, Sequence

from voicecheckin.conversation.flows.closed_question import ClosedQuestion
from voicecheckin.conversation.flows.flow import Miss, Outcome, Stage
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.meaning import ASSENT, AT_ONCE, PRESENT, YESES
from voicecheckin.conversation.pace import CLASSES
from voicecheckin.conversation.prompt_queue import Item, items
from voicecheckin.conversation.script import Role, Step
from voicecheckin.conversation.states import QUESTION, State, Trigger

SET_ASIDE = "hold"
"""The answer that keeps a topic for another evening, where it leads past it tonight."""
OTHER = "other"
"""The key of the reply to every answer but yes that has none of its own."""

Given = Sequence[tuple[int | None, str]]
"""Who was asked (None: both), and what was answered."""
Concluded = Callable[[Step, str, Given], None]
"""Told once, before the reply is said, what a step's answers come to."""


class Question:
    """A step of kind ask; its answers are its own, and are kept through whatever interrupts it."""

    def __init__(
        self,
        stage: Stage,
        step: Step,
        floors: Sequence[int],
        concluded: Concluded,
        rest_before: float = 0.0,
    ) -> None:
        """*floors* are asked in this order; *rest_before*: seconds of quiet before the words."""
        self._stage = stage
        self.step = step
        self.outcome = Outcome()
        self._first = floors[0]
        self._asked: Sequence[int | None] = floors if step.to == "each" else (None,)
        self._given: list[tuple[int | None, str]] = []
        self._last = ""
        self._meaning = ""
        self._by_doubt = False
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
        """An answer was understood."""
        if self._stage.listening.tentative:
            self._stage.listening.tentative, self._stage.pace.gain = False, 0.0
        self._last = "yes" if meaning in YESES else meaning
        self.take(Trigger.ANSWERED)

    def misunderstand(self, miss: Miss) -> None:
        """Ask again in other words, or move on with what doubt means."""
        self._decide(self._closed.misunderstand(self.floor, miss))

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
        if self.state is State.ASKING:
            if wish in self.answers:
                self.answer(wish)
            else:
                self._decide(self._closed.doubt)

    # What the table calls.

    def ask(self) -> None:
        """Ask the question, of the partner whose turn it is or of both."""
        rest, self._rest_before = self._rest_before, 0.0
        whose = self._first if self.floor is None else self.floor
        self._closed = self._ask_anew()
        self._stage.listening.listen(self.step.id, self.floor)
        said = self._stage.wording.to(self.step.say, whose)
        self._stage.prompter.prompt(items(said), rest + CLASSES[self.step.pacing or "C"].before)

    def open_ears(self) -> None:
        """The question has been asked: wait for the answer."""
        self._closed.open_ears(self.step.id, self.floor)

    def meet_silence(self) -> None:
        """Meet a long silence with a word; in the end it is taken as doubt.

        Where nobody may be there at all, nobody is spoken to, or asked once more.
        """
        if self._stage.listening.tentative and self._stage.listening.asks_again():
            self.ask()
        elif self._stage.listening.tentative:
            self._stage.prompter.hush()
            self.outcome = Outcome("fall quiet")
            self.take(Trigger.GIVE_UP)
        else:
            self._decide(self._closed.meet_silence(self.floor))

    def another_is_asked(self) -> bool:
        """Whether the other partner is still to be asked."""
        at_once = self.step.then.get(self._last) in AT_ONCE
        return len(self._given) + 1 < len(self._asked) and not at_once

    def ask_other(self) -> None:
        """Take this answer, turn to the other partner."""
        self._given.append((self.floor, self._last))

    def conclude(self) -> None:
        """Take the answers together; with two, the stricter counts."""
        self._given.append((self.floor, self._last))
        self._meaning = min((answer for _, answer in self._given), key=self._strictness)
        action = self.step.then.get(self._meaning, "next")
        held = action == "next topic" and self._meaning == SET_ASIDE
        self.outcome = Outcome(action, held)
        self._concluded(self.step, self._meaning, self._given)

    def reply(self) -> None:
        """Say what is said to such an answer; what was chosen for them is said as well."""
        self._stage.listening.listen(self.step.id, None)
        usual = () if self._meaning == "yes" else self.step.reply.get(OTHER, ())
        reply = self.step.reply.get(self._meaning, usual)
        said: list[Item] = list(items(self._stage.wording.to(reply, None)))
        if self._by_doubt and not self.step.plain:
            choice = self._stage.wording.choices((self._meaning,))
            said = [*items(self._stage.wording.line("chosen", choices=choice)), *said]
        self._stage.prompter.prompt(said)

    def _decide(self, meaning: str) -> None:
        """Take *meaning* as the answer, if doubt has come to that."""
        if meaning:
            self._by_doubt = True
            self._last = meaning
            self.take(Trigger.ANSWERED)

    def _ask_anew(self) -> ClosedQuestion:
        step = self.step
        yeses: tuple[str, ...] = ()
        if step.role is Role.PRESENCE:
            yeses = (PRESENT,)
        elif "yes" in step.answers and not step.plain:
            yeses = (ASSENT,)
        return ClosedQuestion(self._stage, (*step.answers, *yeses), step.doubt, plain=step.plain)

    def _strictness(self, answer: str) -> int:
        strict = self.step.strict
        return strict.index(answer) if answer in strict else len(strict)
