"""Telling, and asking closed questions: both partners at once, or each by name."""

from voicecheckin.conversation.listening import Patience
from voicecheckin.conversation.messages import AgreeDate, Keep, Remember
from voicecheckin.conversation.pace import BLOCK_REST, CLASSES
from voicecheckin.conversation.program import Program
from voicecheckin.conversation.speaking import Speaking
from voicecheckin.conversation.wishes import DATE_STEP, HELD_STEP, LET_GO, MEMORY_STEP

AT_ONCE = frozenset({"close", "decline", "quiet"})
"""Answers that lead here count at once: one "no" is enough, nobody else is asked."""
SET_ASIDE = "hold"
"""The answer that keeps a topic for another evening, where it leads past it tonight."""


class Asking(Speaking):
    """The moments telling, settling, asking and replying."""

    program: Program
    patience: Patience
    tentative: bool = False
    """Whether the sitting may have begun by mistake: nobody has answered yet."""
    given_up_at: float = 0.0
    """When such a sitting ends even if voices are heard (seconds)."""
    action: str = "next"
    """What follows when the reply has been said."""
    set_aside: bool = False
    """Whether the topic under way is held for another evening."""

    _asked: list[int | None]
    _answers: list[str]
    _meaning: str = ""
    _meaning_of_both: str = ""
    _chapter: str = ""

    def begin_telling(self) -> None:
        """Say a step that asks nothing."""
        assert self.step is not None
        self.listen()
        self.prompt(self.wording.to(self.step.say, self.floor), self._rest_before())

    def begin_asking(self) -> None:
        """Ask the question, of the partner whose turn it is or of both."""
        assert self.step is not None
        if not self._asked:
            first = self.program.starter
            self._asked = [first, 1 - first] if self.step.to == "each" else [None]
            self._answers = []
        self.floor = self._asked[len(self._answers)]
        self.patience = Patience(CLASSES[self.step.pacing or "C"], self.pace)
        self.listen()
        before = self._rest_before() + CLASSES[self.step.pacing or "C"].before
        whose = self.program.starter if self.floor is None else self.floor
        self.prompt(self.wording.to(self.step.say, whose), before)

    def another_is_asked(self) -> bool:
        """Whether the other partner is still to be asked."""
        assert self.step is not None
        at_once = self.step.then.get(self._meaning) in AT_ONCE
        return len(self._answers) + 1 < len(self._asked) and not at_once

    def ask_other(self) -> None:
        """Take this answer, turn to the other partner."""
        self._answers.append(self._meaning)

    def answer(self, meaning: str) -> None:
        """An answer was understood, or doubt decided it."""
        if self.tentative:
            self.tentative, self.pace.gain = False, 0.0
        self._meaning = meaning
        self.trigger("answered")

    def begin_replying(self) -> None:
        """Take the answers together; with two, the stricter counts."""
        assert self.step is not None
        step, given = self.step, [*self._answers, self._meaning]
        meaning = min(given, key=lambda one: _strictness(step.strict, one))
        self._asked = []
        self.floor = None
        self.program.note(step, meaning)
        self._meaning_of_both = meaning
        self.action = step.then.get(meaning, "next")
        if self.action == "next topic":
            self.set_aside = meaning == SET_ASIDE
        if step.id == DATE_STEP:
            self.effects.append(AgreeDate(meaning == "yes"))
        if step.id == MEMORY_STEP:
            self.effects.append(Remember(meaning))
        if step.id == HELD_STEP:
            self.effects.append(Keep(self.program.held_often[0], held=meaning != LET_GO))
        self.listen()
        self.prompt(self.wording.to(step.reply.get(meaning, ()), None))

    def miss(self, line: str) -> None:
        """Ask again in other words, or move on: in the end doubt means what the script says."""
        assert self.step is not None
        meaning = self.doubt_means()
        if self.patience.runs_out and meaning:
            self.answer(meaning)
            return
        choices = self.wording.choices(self.answers())
        self.say_line(line, choices=choices)

    def doubt_means(self) -> str:
        """The answer that stands when nothing was understood in the end."""
        raise NotImplementedError

    def answers(self) -> tuple[str, ...]:
        """The answers that this moment listens for."""
        raise NotImplementedError

    def say_line(self, key: str, choices: str = "") -> None:
        """Say one of the recurring lines in between."""
        self.say_aside(self.wording.line(key, self.floor, choices=choices))

    def _rest_before(self) -> float:
        """A longer rest where a new chapter begins."""
        assert self.step is not None
        new = self._chapter not in ("", self.step.chapter) and not self.program.in_branch
        self._chapter = self._chapter if self.program.in_branch else self.step.chapter
        return BLOCK_REST if new else 0.0


def _strictness(strict: tuple[str, ...], answer: str) -> int:
    return strict.index(answer) if answer in strict else len(strict)
