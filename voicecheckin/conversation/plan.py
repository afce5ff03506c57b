"""The steps of one evening in their order: what was skipped, and the clock's say in it."""

from collections import deque
from collections.abc import Sequence
from enum import Enum

from voicecheckin.conversation import facts
from voicecheckin.conversation.facts import EVENINGS
from voicecheckin.conversation.journey import GENTLE, held_often, main_topics, returning
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import CLOSE_BEGUN, CLOSE_OFFERED, NO_DEEP_AFTER
from voicecheckin.conversation.script import Role, Script, Step
from voicecheckin.conversation.shape import QUESTIONS, Shape

OFFER_TO_CLOSE = "time offer"
"""The branch that offers to close after 45 minutes; going on needs both."""
AGAIN = (Role.PRESENCE, Role.CONSENT, Role.HELP, Role.TAKE_UP)
"""What is said and asked again where a sitting that was cut off goes on (SR-09, SR-37)."""


REPAIR = (Role.SORRY, Role.WELCOME, Role.REPAIR)
"""Who would say sorry, whether it is welcome, and the turn of whoever would: only together."""


class Part(Enum):
    """The three parts of an evening."""

    OPENING = "opening"
    MAIN = "main"
    CLOSING = "closing"


class EveningPlan:
    """The evening's steps in order; main topics join once it is known which evening it is."""

    def __init__(self, script: Script, options: SittingOptions) -> None:
        self._script = script
        self._options = options
        self.shape = Shape(options)
        """Which evening it is, and how long, as far as is known by now."""
        self._ahead = deque(self._opening())
        self._part = Part.OPENING
        self._shares = options.starter
        self._offered_close = False
        self._takes_up = True
        self._small = False
        self._wounded = False
        self._titles: tuple[str, ...] = ()
        self._topic = ""
        self._gentle_but_for: str | None = None
        self._sorry: list[int] = []
        self._welcome: list[int] = []
        self._asked_about = {step.needs[0] for step in script.steps if step.needs is not None}
        self._facts = facts.known(options)

    @property
    def starter(self) -> int:
        """Who is asked first in this step: alternates from share to share (SR-07)."""
        return self._shares % 2

    @property
    def held_often(self) -> tuple[str, str]:
        """The topic that is asked about because it was set aside so often, and its title."""
        topic = held_often(self._options.held)
        return topic, self.title_of(topic)

    def title_of(self, topic: str) -> str:
        """What a topic is called aloud; nothing where it has no name."""
        return next((step.title for step in self._steps_of([topic]) if step.title), "")

    def floors(self, step: Step) -> Sequence[int]:
        """Who is asked or speaks in a step, in this order."""
        both = (self.starter, 1 - self.starter)
        match step.role:
            case Role.WELCOME:
                return [1 - floor for floor in both if floor in self._sorry]
            case Role.REPAIR:
                return [floor for floor in both if floor in self._welcome]
        return both

    def note(self, step: Step, meaning: str, given: Sequence[tuple[int | None, str]]) -> None:
        """Remember an answer for as long as the evening needs it; drop the others at once."""
        if step.id in self._asked_about:
            self._facts[step.id] = meaning
        yes = [floor for floor, answer in given if answer == "yes" and floor is not None]
        match step.role:
            case role if role in QUESTIONS:
                self.shape.note(role, meaning)
            case Role.BRIEF if meaning == "yes":
                self.shape.be_brief()
            case Role.SORRY:
                self._sorry = yes
            case Role.WELCOME:
                self._welcome = [1 - floor for floor in yes]
            case Role.TAKE_UP:
                self._takes_up = meaning == "yes"

    def titles_offered(self, topic: str) -> tuple[str, ...]:
        """The titles of tonight's topics up to *topic*; passing one changes nothing (SR-06)."""
        title = self.title_of(topic)
        shared = any(step.kind == "share" for step in self._steps_of([topic]))
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

    def begin_again(self, topic: str) -> None:
        """Take a topic up from its first turn; its gate was opened, and both said yes again."""
        self.go_to(self._turns_of(topic)[0])

    def be_gentle(self, but_for: str = "", *, wounded: bool = False) -> None:
        """Open nothing deep any more tonight, but for the topic *but_for*.

        *wounded*: something hurt, so that nobody is asked for wishes or an apology either.
        """
        self._gentle_but_for = but_for
        if wounded:
            self._wounded = True
            self._facts[GENTLE] = "yes"

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
            is_open = step.topic == self._topic
            if self._too_deep(step, elapsed):
                self._land(step.topic) if is_open else self.skip_topic(step.topic)
            elif self._wanted(step, elapsed):
                return step
        return None

    def _land(self, topic: str) -> None:
        """Drop what is left of a topic, but for what brings back to solid ground."""
        self._ahead = deque(one for one in self._ahead if one.topic != topic or one.landing)

    def wrap_up(self, *, small: bool = False) -> None:
        """Drop the rest of the main topics and go on with the closing ones.

        *small*: they wanted a smaller evening, so that nothing more is asked for but an offer.
        """
        self._small |= small
        if self._part is not Part.CLOSING:
            self._ahead.clear()
            self._begin_closing()

    def is_main(self, step: Step) -> bool:
        """Whether a step belongs to the evening's own topics, not to the frame."""
        frame = {*self._script.opening, *self._script.closing, *returning(self._script)}
        return step.topic not in frame

    def is_in_turns(self, step: Step) -> bool:
        """Whether a step of the evening's own topics is a turn, or comes after one.

        A gate is neither: whatever it was answered with stands.
        """
        topic = self._steps_of([step.topic])
        turns = self._turns_of(step.topic)
        begun = bool(turns) and topic.index(step) >= [one.id for one in topic].index(turns[0])
        return self.is_main(step) and step.role is not Role.GATE and begun

    @property
    def is_under_way(self) -> bool:
        """Whether the evening's own topics are under way, and more of them are to come."""
        return self._part is Part.MAIN and bool(self._ahead)

    def _opening(self) -> list[Step]:
        """What comes first; where a sitting goes on, only what is asked again, and its topic."""
        topics: Sequence[str] = self._script.opening
        if self._options.resume:
            steps = (self._script.of_role(role) for role in AGAIN)
            again = {step.topic for step in steps if step is not None}
            topics = [topic for topic in topics if topic in again]
        return self._steps_of(topics)

    def _lay_out(self) -> bool:
        match self._part:
            case Part.OPENING:
                self._part = Part.MAIN
                self._ahead.extend(self._steps_of(self._main_topics()))
            case Part.MAIN:
                self._begin_closing()
            case Part.CLOSING:
                return False
        return True

    def _begin_closing(self) -> None:
        self._part = Part.CLOSING
        self._ahead.extend(
            step for step in self._steps_of(self._script.closing) if step.role is not Role.CLOSING
        )

    def _main_topics(self) -> Sequence[str]:
        if self.shape.is_brief:
            return ()
        options = self._options
        topics = main_topics(
            self._script,
            self.shape.coming if self.shape.evening is None else self.shape.evening,
            self.shape.length or facts.USUAL,
            options.held,
            options.round,
            offered=options.offered,
            light=options.notice == "one_night",
        )
        if options.resume not in topics:
            return topics
        left = list(topics)[list(topics).index(options.resume) :]
        return left if self._takes_up else left[1:]

    def _offers_close(self, elapsed: float) -> bool:
        if elapsed < CLOSE_OFFERED or self._offered_close or not self._ahead:
            return False
        self._offered_close = True
        return OFFER_TO_CLOSE in self._script.branches

    def _too_deep(self, step: Step, elapsed: float) -> bool:
        """No deep topic opens after 35 minutes or a heavy moment, none is left half way (SR-25)."""
        opens = step.topic != self._topic
        self._topic = step.topic
        if not opens and step.pacing != "D":
            return False
        of_topic = [one for one in (step, *self._ahead) if one.topic == step.topic]
        if not any(one.pacing == "D" and not one.landing for one in of_topic):
            return False
        if self._gentle_but_for is None:
            return elapsed >= NO_DEEP_AFTER
        return self._gentle_but_for != step.topic  # both have just said that it goes on

    def _wanted(self, step: Step, elapsed: float) -> bool:
        late = elapsed >= CLOSE_BEGUN or self.shape.is_brief
        asks_much = step.kind == "share" or step.role in REPAIR
        if self._part is Part.CLOSING and late and asks_much:
            return False
        if step.role in QUESTIONS and not self.shape.wants(step.role):
            return False
        if step.role in (Role.WELCOME, Role.REPAIR) and not self.floors(step):
            return False
        if step.role is Role.SORRY and (self._small or self._wounded):
            return False  # nobody is asked what there is no room for, or what a wound would answer
        if step.role is Role.RECORD and self._gentle_but_for is not None:
            return False
        if step.needs is None:
            return True
        asked, answers = step.needs
        return self._fact(asked) in answers

    def _fact(self, name: str) -> str:
        evening = self.shape.evening
        match name:
            case facts.EVENING:
                return "" if evening is None else EVENINGS[evening]
            case facts.LENGTH:
                return self.shape.length
            case facts.FIRST:
                return "yes" if evening == 1 else "no"
        return self._facts.get(name, "")

    def _turns_of(self, topic: str) -> Sequence[str]:
        return [step.id for step in self._steps_of([topic]) if step.kind == "share"]

    def _steps_of(self, topics: Sequence[str]) -> list[Step]:
        return [step for topic in topics for step in self._script.steps if step.topic == topic]
