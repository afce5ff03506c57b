"""What comes next: the steps of the evening, and a stack of what was put in between."""

from collections import deque
from dataclasses import dataclass, field

from voicecheckin.conversation.flows.flow import Flow, Outcome, Stage
from voicecheckin.conversation.flows.parting import Parting
from voicecheckin.conversation.flows.question import Given, Question
from voicecheckin.conversation.flows.recording import Recording
from voicecheckin.conversation.flows.telling import Telling
from voicecheckin.conversation.flows.triad import Triad
from voicecheckin.conversation.messages import (
    AgreeDate,
    AllowPhrase,
    Command,
    ConfirmNames,
    Ending,
    Keep,
    KeepOffers,
    Remember,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import BLOCK_REST
from voicecheckin.conversation.plan import EveningPlan
from voicecheckin.conversation.present import Stopwatch
from voicecheckin.conversation.script import Role, Script, Step
from voicecheckin.conversation.states import State, Trigger

SMALLER = "smaller"
"""The branch that offers a smaller evening to two who passed everything, once."""
MOST_PASSED = 2
"""Steps in a row that both passed, after which it is offered."""
DISAGREE = Command.DISAGREE.value
"""The branch in which both say how it was for them."""
TOO_MUCH = Command.OVERWHELMED.value
"""The branch that is not gone through twice in an evening: the second one closes."""


@dataclass(slots=True)
class Branch:
    """Steps that were put in between, and how far they have come."""

    name: str
    ahead: deque[Step]
    below: Flow | None
    """The flow that it interrupted; it is taken up again, unchanged, once the branch is over."""
    timed: bool = True
    """Whether its time is none of the evening's."""


@dataclass(slots=True)
class Topic:
    """The main topic that is under way."""

    id: str = ""
    held: bool = False
    """Whether it is to come back on another evening."""


@dataclass(slots=True)
class Passes:
    """How many steps in a row both have passed; known for this evening only (SR-06)."""

    in_a_row: int = 0
    offered: bool = False

    def note(self, outcome: Outcome) -> None:
        """Another step is done."""
        if outcome.shared is not None:
            self.in_a_row = 0 if outcome.shared else self.in_a_row + 1

    def suggests_less(self) -> bool:
        """Whether to offer a smaller evening; once."""
        if self.offered or self.in_a_row < MOST_PASSED:
            return False
        self.offered = True
        return True


@dataclass(slots=True)
class Agenda:
    """Holds the flow that is under way, and knows which one follows it."""

    script: Script
    options: SittingOptions
    stage: Stage
    watch: Stopwatch
    plan: EveningPlan = field(init=False)
    flow: Flow | None = None
    """The step that is under way; None before the first and after the last."""
    ending: Ending = Ending.COMPLETED
    """How the sitting ends, as far as is known."""
    finished: bool = False
    """Whether nothing follows any more."""
    _branches: list[Branch] = field(default_factory=list)
    _topic: Topic = field(default_factory=Topic)
    _chapter: str = ""
    _passes: Passes = field(default_factory=Passes)
    _was_too_much: bool = False
    _agreed: bool = False
    _objected: bool = False

    def __post_init__(self) -> None:
        self.plan = EveningPlan(self.script, self.options)
        self.stage.wording.held = self.plan.held_often[1]
        self.stage.wording.resumed = self.plan.title_of(self.options.resume)
        self._tell_shape()

    def object_to(self) -> None:
        """Somebody sees it differently: whoever has the floor finishes first, and is answered."""
        if isinstance(self.flow, Triad) and self.flow.state is not State.DIGESTING:
            self._objected = True
        else:
            self.interpose(DISAGREE)

    @property
    def objection_waits(self) -> bool:
        """Whether somebody sees it differently, and will be heard after this turn."""
        return self._objected

    def interpose(self, name: str) -> None:
        """Put a branch's steps in between; what it interrupts is kept as it is.

        A branch that is called again while it runs begins anew.
        """
        steps = self.script.branches.get(name)
        if steps is None or self.parting:
            return
        if name == TOO_MUCH and self._was_too_much:
            self.part(Ending.STOPPED)
            return
        self._was_too_much = self._was_too_much or name == TOO_MUCH
        running = next((one for one in self._branches if one.name == name), None)
        self.stage.prompter.hush()
        if running is None:
            self._push(Branch(name, deque(steps), self.flow))
        else:
            while self._branches[-1] is not running:
                self._pop()
            running.ahead = deque(steps)
        self._begin_next()

    @property
    def parting(self) -> bool:
        """Whether the last words are being said."""
        return isinstance(self.flow, Parting)

    @property
    def is_agreed(self) -> bool:
        """Whether both have said that they take part."""
        return self._agreed

    def settle(self) -> None:
        """Let flows that are done lead to what follows, until one waits for something."""
        while not self.finished:
            if self.stage.prompter.take_said() and self.flow is not None:
                self._go_on_with(self.flow)
            elif self.flow is not None and self.flow.state is State.DONE:
                self._follow(self.flow, self.flow.outcome)
            else:
                return

    def _go_on_with(self, flow: Flow) -> None:
        """Everything has been said; after a turn, who sees it differently is heard first."""
        if self._objected and flow.state is State.DIGESTING:
            self._objected = False
            self.interpose(DISAGREE)
        else:
            flow.take(Trigger.SAID)

    def begin(self) -> None:
        """Begin the evening's first step."""
        self._begin_next()

    def part(self, ending: Ending) -> None:
        """Say goodnight: the same words at every ending (SR-08)."""
        self.ending = ending
        self.stage.prompter.hush()
        closing = self.script.of_role(Role.CLOSING)
        assert closing is not None
        hurried = ending is Ending.INTERRUPTED
        self._branches.clear()
        self._start(Parting(self.stage, closing, hurried=hurried))

    def fall_quiet(self, ending: Ending) -> None:
        """End without a word."""
        self.ending = ending
        self.stage.prompter.hush()
        self.finished = True

    # What an outcome leads to.

    def _follow(self, flow: Flow, outcome: Outcome) -> None:
        if isinstance(flow, Parting):
            self.finished = True
            return
        if outcome.held:
            self._topic.held = True
        if not self._branches:
            self._passes.note(outcome)
        match outcome.action:
            case "close":
                self.part(Ending.STOPPED)
            case "decline":
                self.part(Ending.DECLINED)
            case "fall quiet":
                self.fall_quiet(Ending.QUIET)
            case action:
                self._lead_on(flow.step, action)
                self._begin_next()

    def _lead_on(self, step: Step, action: str) -> None:
        match action:
            case "next":
                pass
            case "resume":
                self._resume()
            case "wrap up":
                self.plan.wrap_up(small=step.role is Role.SMALLER)
            case "next topic":
                self._leave_topic_for(step)
            case "hold topic":
                self._leave_interrupted(step, held=True)
            case "hold gently":
                self.plan.be_gentle()
                self._leave_interrupted(step, held=True)
            case "let it rest":  # nobody is led to a wound again
                self.plan.be_gentle(wounded=True)
                self._leave_interrupted(step, held=False)
            case "topic again":
                self._begin_topic_again(step)
            case "faster":
                self.stage.pace.change("faster")
                self._resume()
            case "again":
                self._go_to(step.id)
            case place:
                self._go_to(place)

    def _resume(self) -> None:
        """Drop what is left of the branch under way."""
        if self._branches:
            self._branches[-1].ahead.clear()

    def _interrupted(self, step: Step) -> Step:
        """The step of the evening itself that is under way, or was as a branch began."""
        below = self._branches[0].below if self._branches else None
        return below.step if below is not None else step

    def _leave_topic_for(self, step: Step) -> None:
        """Drop what is left of the topic; from a branch, of the topic that it came from."""
        self.plan.skip_topic(self._interrupted(step).topic)
        self._leave_branches()

    def _leave_interrupted(self, step: Step, *, held: bool) -> None:
        """Leave what was interrupted, *held* for another evening or in peace.

        A turn of the frame is over, and the rest of the frame goes on.
        """
        interrupted = self._interrupted(step)
        is_main = self.plan.is_main(interrupted)
        if is_main:
            self._topic.held = held
        if is_main or interrupted.kind == "share":
            self._leave_topic_for(step)
        else:
            self._resume()

    def _begin_topic_again(self, step: Step) -> None:
        """Take the topic up from its first turn, and nothing else that is deep (SR-26).

        Where no turn had begun, what was interrupted goes on: a gate is asked again, and what was
        passed stays passed.
        """
        interrupted = self._interrupted(step)
        self.plan.be_gentle(but_for=interrupted.topic)
        if self.plan.is_in_turns(interrupted):
            self._leave_branches()
            self.plan.begin_again(interrupted.topic)
        else:
            self._resume()

    def _go_to(self, step_id: str) -> None:
        """Go on at a branch, or at a step: of tonight's script, or of a branch."""
        if step_id in self.script.branches:
            step_id = self.script.branches[step_id][0].id
        for name, steps in self.script.branches.items():
            ids = [step.id for step in steps]
            if step_id in ids:
                if not self._branches:
                    self._push(Branch(name, deque(), None, timed=False))
                self._branches[-1].ahead = deque(steps[ids.index(step_id) :])
                return
        self.plan.go_to(step_id)

    def _begin_next(self) -> None:
        """Take up what was interrupted, or begin the next step, or say goodnight."""
        while self._branches and not self._branches[-1].ahead:
            below = self._pop().below
            if below is not None:
                self.flow = below
                self._enter(below, Trigger.RESUME)
                return
        step = self._branches[-1].ahead.popleft() if self._branches else self._next_of_evening()
        if step is None:
            self.part(Ending.COMPLETED)
        else:
            self.stage.wording.round += 1
            self._start(self._flow_for(step))

    def _next_of_evening(self) -> Step | None:
        may_be_less = self.plan.is_under_way and SMALLER in self.script.branches
        if may_be_less and self._passes.suggests_less():
            return self._first_of(SMALLER)
        step = self.plan.next(self.watch.elapsed)
        if isinstance(step, str):
            return self._first_of(step)
        if self._topic.id and (step is None or step.topic != self._topic.id):
            self._leave_topic()
        is_main = step is not None and self.plan.is_main(step)
        if step is None or not is_main or step.topic != self._topic.id:
            self._topic = Topic(step.topic if step is not None and is_main else "")
        return step

    def _first_of(self, branch: str) -> Step:
        """The first step of a branch that begins between two steps of the evening."""
        self._push(Branch(branch, deque(self.script.branches[branch]), None, timed=False))
        return self._branches[-1].ahead.popleft()

    def _leave_topic(self) -> None:
        """A topic lies behind both: it was offered, or it is held for another evening."""
        self.stage.present.ask_for(Keep(self._topic.id, self._topic.held))
        self.stage.wording.tell_topics(self.plan.titles_offered(self._topic.id))

    def _push(self, branch: Branch) -> None:
        self._branches.append(branch)
        if branch.timed:
            self.watch.stop()

    def _pop(self) -> Branch:
        branch = self._branches.pop()
        if branch.timed:
            self.watch.go()
        return branch

    def _leave_branches(self) -> None:
        """Do not return to where a branch began."""
        while self._branches:
            self._pop()

    # Flows.

    def _start(self, flow: Flow) -> None:
        self.flow = flow
        self._enter(flow, Trigger.BEGIN)

    def _enter(self, flow: Flow, trigger: Trigger) -> None:
        presence = self.script.of_role(Role.PRESENCE)
        first = presence is not None and flow.step.topic == presence.topic
        self.stage.prompter.step_id = flow.step.id
        self.stage.prompter.may_tell = not first and not isinstance(flow, Parting)
        flow.take(trigger)

    def _flow_for(self, step: Step) -> Flow:
        floors = self.plan.floors(step)
        match step.kind:
            case "ask":
                return Question(self.stage, step, floors, self._conclude, self._rest_before(step))
            case "share":
                if not self._branches:
                    self.plan.begin_share()
                return Triad(self.stage, step, floors, self._rest_before(step))
            case "record":
                return Recording(self.stage, step, floors[0])
            case "replay":
                return Telling(self.stage, step)
            case _:
                return Telling(self.stage, step, self._rest_before(step))

    def _rest_before(self, step: Step) -> float:
        """A longer rest where a new chapter begins."""
        if self._branches:
            return 0.0
        new = self._chapter not in ("", step.chapter)
        self._chapter = step.chapter
        return BLOCK_REST if new else 0.0

    def _conclude(self, step: Step, meaning: str, given: Given) -> None:
        """What an answer means beyond the conversation, by the role of its question."""
        self.plan.note(step, meaning, given)
        self._tell_shape()
        match step.role:
            case Role.CONSENT:
                self._agreed = meaning == "yes"
            case Role.NAME:
                self._take_names(confirmed=meaning == "yes")
            case Role.MEMORY:
                memory = self.options.memory if meaning == "yes" else "nothing"
                self.stage.present.ask_for(Remember(memory))
            case Role.PHRASE:
                self.stage.present.ask_for(AllowPhrase(meaning == "yes"))
            case Role.DATE:
                self.stage.present.ask_for(AgreeDate(meaning == "yes"))
            case Role.LEFT:
                self.stage.present.ask_for(Keep(self.plan.held_often[0], held=meaning != "yes"))
            case Role.KEEP:
                self.stage.present.ask_for(KeepOffers(meaning == "yes"))

    def _tell_shape(self) -> None:
        """Let the wording know which evening it is, and which one follows it."""
        self.stage.wording.tell_evening(self.plan.shape.evening, self.plan.shape.coming)

    def _take_names(self, *, confirmed: bool) -> None:
        """Names that either does not want are not used again tonight."""
        if confirmed:
            self.stage.present.ask_for(ConfirmNames())
        else:
            self.stage.wording.forget_names()
