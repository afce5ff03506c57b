"""The steps of one evening in their order: what was skipped, and the clock's say in it."""

from collections import deque
from collections.abc import Sequence
from enum import Enum

from voicecheckin.conversation import facts
from voicecheckin.conversation.facts import EVENINGS, SHORT
from voicecheckin.conversation.journey import KEEPING, held_often, main_topics, returning
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import CLOSE_BEGUN, CLOSE_OFFERED, NO_DEEP_AFTER
from voicecheckin.conversation.script import Role, Script, Step

STEERING = (Role.EVENING, Role.LENGTH, Role.SWAP, Role.BRIEF)
"""Roles of steps whose answers shape the evening."""


class Part(Enum):
    """The three parts of an evening."""

    OPENING = "opening"
    MAIN = "main"
    CLOSING = "closing"


OFFER_TO_CLOSE = "time offer"
"""The branch that offers to close after 45 minutes; going on needs both."""


class EveningPlan:
    """The evening's steps in order; main topics join once it is known which evening it is."""

    def __init__(self, script: Script, options: SittingOptions) -> None:
        self._script = script
        self._options = options
        self._resume = options.resume
        again = self._asked_again() if self._resume else script.opening
        self._ahead = deque(self._steps_of(again))
        self._part = Part.OPENING
        self._shares = options.starter
        self._offered_close = False
        self._titles: tuple[str, ...] = ()
        self._topic = ""
        self._asked_about = {step.needs[0] for step in script.steps if step.needs is not None}
        self._answered = facts.answered(options)
        self._answers = dict(self._answered)
        """What is known of the evening's shape, by the role of the question."""
        self._facts = facts.known(options)
        """What other steps hang on: facts, and answers by step id."""
        for role, answer in self._answered.items():
            step = script.of_role(role)
            if step is not None:
                self._facts[step.id] = answer

    @property
    def starter(self) -> int:
        """Who is asked first in this step: alternates from share to share (SR-07)."""
        return (self._shares + (self._answers.get(Role.SWAP) == "yes")) % 2

    @property
    def shape(self) -> tuple[int | None, str]:
        """Which evening it is, and its length, as far as they are known by now."""
        evening = self._answers.get(Role.EVENING)
        return EVENINGS.index(evening) if evening else None, self._answers.get(Role.LENGTH, "")

    @property
    def held_often(self) -> tuple[str, str]:
        """The topic that is asked about because it was set aside so often, and its title."""
        topic = held_often(self._options.held)
        return topic, next((s.title for s in self._steps_of([topic]) if s.title), "")

    def note(self, step: Step, meaning: str) -> None:
        """Remember an answer for as long as the evening needs it; drop the others at once."""
        if step.id in self._asked_about:
            self._facts[step.id] = meaning
        if step.role in STEERING:
            self._answers[step.role] = meaning
        if step.role is Role.EVENING and EVENINGS.index(meaning) == KEEPING:
            self._answers.setdefault(Role.LENGTH, SHORT)

    def titles_offered(self, topic: str) -> tuple[str, ...]:
        """The titles of tonight's topics up to *topic*; passing one changes nothing (SR-06)."""
        steps = self._steps_of([topic])
        title = next((step.title for step in steps if step.title), "")
        shared = any(step.kind == "share" for step in steps)
        if title and shared and topic not in returning(self._script):
            self._facts[facts.OFFERED] = "some"
            self._titles = (*self._titles, title)
        return self._titles

    def begin_share(self) -> None:
        """Count one more shared step, so that the other partner begins the next."""
        self._shares += 1

    def skip_topic(self, topic: str) -> None:
        """Drop what is left of a topic."""
        while self._ahead and self._ahead[0].topic == topic:
            self._ahead.popleft()

    def go_to(self, step_id: str) -> None:
        """Begin again at a step of tonight's script, and go on from there."""
        step = next(step for step in self._script.steps if step.id == step_id)
        topic = self._steps_of([step.topic])
        self.skip_topic(step.topic)
        self._ahead.extendleft(reversed(topic[topic.index(step) :]))

    def arrive_again(self) -> None:
        """Return to the arrival breaths, as after a time-out (SR-26)."""
        settle = next((step for step in self._script.steps if step.kind == "settle"), None)
        if settle is not None:
            self.go_to(settle.id)

    def next(self, elapsed: float) -> Step | str | None:
        """The next step after *elapsed* seconds of sitting; None when everything is done.

        Where it is time to offer an end, that branch's name comes first.
        """
        while self._ahead or self._lay_out():
            if self._part is Part.MAIN and elapsed >= CLOSE_BEGUN:
                self.wrap_up()
            if self._part is Part.MAIN and self._offers_close(elapsed):
                return OFFER_TO_CLOSE
            if not self._ahead:
                continue
            step = self._ahead.popleft()
            if self._too_late(step, elapsed):
                self.skip_topic(step.topic)
            elif self._wanted(step, elapsed):
                return step
        return None

    def wrap_up(self) -> None:
        """Drop the rest of the main topics and go on with the closing ones."""
        if self._part is not Part.CLOSING:
            self._ahead.clear()
            self._begin_closing()

    def is_main(self, step: Step) -> bool:
        """Whether a step belongs to the evening's own topics, not to the frame."""
        frame = {*self._script.opening, *self._script.closing, *returning(self._script)}
        return step.topic not in frame

    def _lay_out(self) -> bool:
        if self._resume:
            return self._lay_out_rest()
        match self._part:
            case Part.OPENING:
                self._part = Part.MAIN
                self._ahead.extend(self._steps_of(self._main_topics()))
            case Part.MAIN:
                self._begin_closing()
            case Part.CLOSING:
                return False
        return True

    def _lay_out_rest(self) -> bool:
        """Go on at the step where the sitting was cut off, wherever in the evening that is."""
        step_id, self._resume = self._resume, ""
        again = self._asked_again()
        opening = [topic for topic in self._script.opening if topic not in again]
        parts = (
            (Part.OPENING, opening),
            (Part.MAIN, self._main_topics()),
            (Part.CLOSING, self._script.closing),
        )
        for part, topics in parts:
            steps = [step for step in self._steps_of(topics) if step.role is not Role.CLOSING]
            ids = [step.id for step in steps]
            if step_id in ids:
                self._part = part
                self._ahead.extend(steps[ids.index(step_id) :])
                return True
        self._ahead.extend(self._steps_of(opening))
        return True

    def _begin_closing(self) -> None:
        self._part = Part.CLOSING
        self._ahead.extend(
            step for step in self._steps_of(self._script.closing) if step.role is not Role.CLOSING
        )

    @property
    def _brief(self) -> bool:
        return self._answers.get(Role.BRIEF) == "yes"

    def _main_topics(self) -> Sequence[str]:
        if self._brief:
            return ()
        options = self._options
        return main_topics(
            self._script,
            EVENINGS.index(self._answers.get(Role.EVENING, "one")),
            self._answers.get(Role.LENGTH, "usual"),
            options.held,
            options.round,
            offered=options.offered,
            light=options.notice == "one_night",
        )

    def _asked_again(self) -> list[str]:
        """Topics that come first also where a sitting that was cut off goes on (SR-37)."""
        steps = map(self._script.of_role, (Role.PRESENCE, Role.CONSENT))
        again = {step.topic for step in steps if step is not None}
        return [topic for topic in self._script.opening if topic in again]

    def _offers_close(self, elapsed: float) -> bool:
        if elapsed < CLOSE_OFFERED or self._offered_close or not self._ahead:
            return False
        self._offered_close = True
        return OFFER_TO_CLOSE in self._script.branches

    def _too_late(self, step: Step, elapsed: float) -> bool:
        """No deep topic opens after 35 minutes, and none is left half way (SR-25)."""
        opens = step.topic != self._topic
        self._topic = step.topic
        if not opens and step.pacing != "D":
            return False
        deep = any(s.pacing == "D" for s in (step, *self._ahead) if s.topic == step.topic)
        return deep and elapsed >= NO_DEEP_AFTER

    def _wanted(self, step: Step, elapsed: float) -> bool:
        late = elapsed >= CLOSE_BEGUN or self._brief
        if self._part is Part.CLOSING and step.kind == "share" and late:
            return False
        if step.role in self._answered or (step.role is Role.LENGTH and step.role in self._answers):
            return False
        if step.needs is None:
            return True
        asked, answers = step.needs
        return self._facts.get(asked) in answers

    def _steps_of(self, topics: Sequence[str]) -> list[Step]:
        return [step for topic in topics for step in self._script.steps if step.topic == topic]
