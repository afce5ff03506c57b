"""What comes next tonight: steps, skipped topics, branches, and the clock's say in it."""

from collections import deque
from collections.abc import Sequence
from enum import Enum

from voicecheckin.conversation.journey import KEEPING, held_often, main_topics, returning
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import CLOSE_BEGUN, CLOSE_OFFERED, NO_DEEP_AFTER
from voicecheckin.conversation.script import Script, Step
from voicecheckin.conversation.wishes import (
    ASKED_AGAIN,
    BRIEF_STEP,
    CLOSING_STEP,
    EVENING_STEP,
    EVENINGS,
    LENGTH_STEP,
    OFFER_TO_CLOSE,
    OFFERED,
    SHORT,
    STEERING,
    SWAP_STEP,
)


class Part(Enum):
    """The three parts of an evening."""

    OPENING = "opening"
    MAIN = "main"
    CLOSING = "closing"


class Program:
    """The evening's steps in order; main topics join once it is known which evening it is."""

    def __init__(self, script: Script, wishes: SittingOptions) -> None:
        self._script = script
        self._wishes = wishes
        self._resume = wishes.resume
        opening = [topic for topic in script.opening if not self._resume or topic in ASKED_AGAIN]
        self._ahead = deque(self._steps_of(opening))
        self._part = Part.OPENING
        self._branch: deque[Step] | None = None
        self._shares = wishes.starter
        self._offered_close = False
        self._titles: tuple[str, ...] = ()
        self.topic = ""
        """The topic of the step that is under way."""
        self._asked_about = {step.needs[0] for step in script.steps if step.needs is not None}
        self.facts = wishes.facts()
        """What was answered to the closed questions of this evening, or is known, by step id."""

    @property
    def starter(self) -> int:
        """Who is asked first in this step: alternates from share to share (SR-07)."""
        return (self._shares + (self.facts.get(SWAP_STEP) == "yes")) % 2

    @property
    def shape(self) -> tuple[int | None, str]:
        """Which evening it is, and its length, as far as they are known by now."""
        evening = self.facts.get(EVENING_STEP)
        number = EVENINGS.index(evening) if evening is not None else None
        return number, self.facts.get(LENGTH_STEP, "")

    @property
    def in_branch(self) -> bool:
        """Whether interposed steps are under way."""
        return self._branch is not None

    @property
    def branch_goes_on(self) -> bool:
        """Whether the branch has steps left."""
        return bool(self._branch)

    @property
    def held_often(self) -> tuple[str, str]:
        """The topic that is asked about because it was set aside so often, and its title."""
        topic = held_often(self._wishes.held)
        return topic, next((s.title for s in self._steps_of([topic]) if s.title), "")

    def note(self, step: Step, meaning: str) -> None:
        """Remember an answer for as long as the evening needs it; drop the others at once."""
        if step.id in self._asked_about or step.id in STEERING:
            self.facts[step.id] = meaning
        if step.id == EVENING_STEP and EVENINGS.index(meaning) == KEEPING:
            self.facts.setdefault(LENGTH_STEP, SHORT)

    def titles_offered(self, topic: str) -> tuple[str, ...]:
        """The titles of tonight's topics up to *topic*; passing one changes nothing (SR-06)."""
        steps = self._steps_of([topic])
        title = next((step.title for step in steps if step.title), "")
        shared = any(step.kind == "share" for step in steps)
        if title and shared and topic not in returning(self._script):
            self.facts[OFFERED] = "some"
            self._titles = (*self._titles, title)
        return self._titles

    def begin_share(self) -> None:
        """Count one more shared step, so that the other partner begins the next."""
        self._shares += 1

    def interpose(self, branch: str) -> bool:
        """Put a branch's steps before everything else; False if the script has no such branch."""
        steps = self._script.branches.get(branch)
        if steps is None:
            return False
        self._branch = deque(steps)
        return True

    def leave_branch(self) -> None:
        """Drop what is left of the interposed steps."""
        self._branch = None

    def skip_topic(self, topic: str) -> None:
        """Drop what is left of a topic."""
        while self._ahead and self._ahead[0].topic == topic:
            self._ahead.popleft()

    def go_to(self, step_id: str) -> None:
        """Begin again at a step of the branch or of tonight's script, and go on from there."""
        for steps in self._script.branches.values():
            ids = [step.id for step in steps]
            if step_id in ids:
                self._branch = deque(steps[ids.index(step_id) :])
                return
        step = next(step for step in self._script.steps if step.id == step_id)
        topic = self._steps_of([step.topic])
        self.skip_topic(step.topic)
        self._ahead.extendleft(reversed(topic[topic.index(step) :]))

    def arrive_again(self) -> None:
        """Return to the arrival breaths, as after a time-out (SR-26)."""
        settle = next((step for step in self._script.steps if step.kind == "settle"), None)
        if settle is not None:
            self.go_to(settle.id)

    def next(self, elapsed: float) -> Step | None:
        """The next step after *elapsed* seconds of sitting; None when everything is done."""
        if self._branch:
            return self._branch.popleft()
        self._branch = None
        while True:
            if not self._ahead and not self._lay_out():
                return None
            if self._part is Part.MAIN and self._offers_close(elapsed):
                return self.next(elapsed)
            if not self._ahead:
                continue
            step = self._ahead.popleft()
            if self._too_late(step, elapsed):
                self.skip_topic(step.topic)
            elif self._wanted(step, elapsed):
                return step

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
        opening = [topic for topic in self._script.opening if topic not in ASKED_AGAIN]
        parts = (
            (Part.OPENING, opening),
            (Part.MAIN, self._main_topics()),
            (Part.CLOSING, self._script.closing),
        )
        for part, topics in parts:
            steps = [step for step in self._steps_of(topics) if step.id != CLOSING_STEP]
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
            step for step in self._steps_of(self._script.closing) if step.id != CLOSING_STEP
        )

    @property
    def _brief(self) -> bool:
        return self.facts.get(BRIEF_STEP) == "yes"

    def _main_topics(self) -> Sequence[str]:
        evening = EVENINGS.index(self.facts.get(EVENING_STEP, "one"))
        length = self.facts.get(LENGTH_STEP, "usual")
        if self._brief:
            return ()
        wishes = self._wishes
        return main_topics(
            *(self._script, evening, length, wishes.held, wishes.round),
            offered=wishes.offered,
            light=wishes.notice == "one_night",
        )

    def _offers_close(self, elapsed: float) -> bool:
        if elapsed >= CLOSE_BEGUN:
            self.wrap_up()
            return True
        if elapsed < CLOSE_OFFERED or self._offered_close or not self._ahead:
            return False
        self._offered_close = True
        return self.interpose(OFFER_TO_CLOSE)

    def _too_late(self, step: Step, elapsed: float) -> bool:
        """No deep topic opens after 35 minutes, and none is left half way (SR-25)."""
        opens = step.topic != self.topic
        self.topic = step.topic
        if not opens and step.pacing != "D":
            return False
        deep = any(s.pacing == "D" for s in (step, *self._ahead) if s.topic == step.topic)
        return deep and elapsed >= NO_DEEP_AFTER

    def _wanted(self, step: Step, elapsed: float) -> bool:
        late = elapsed >= CLOSE_BEGUN or self._brief
        if self._part is Part.CLOSING and step.kind == "share" and late:
            return False
        if step.kind == "ask" and step.id in self._wishes.facts():
            return False
        if step.id == LENGTH_STEP and LENGTH_STEP in self.facts:
            return False
        if step.needs is None:
            return True
        asked, answers = step.needs
        return self.facts.get(asked) in answers

    def _steps_of(self, topics: Sequence[str]) -> list[Step]:
        return [step for topic in topics for step in self._script.steps if step.topic == topic]
