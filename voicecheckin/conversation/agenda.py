"""What comes next: the steps of the evening, and a stack of what was put in between."""

from collections import deque
from dataclasses import dataclass, field

from voicecheckin.conversation.flows.flow import Flow, Outcome, Stage
from voicecheckin.conversation.flows.parting import Parting
from voicecheckin.conversation.flows.question import Question
from voicecheckin.conversation.flows.recording import Recording
from voicecheckin.conversation.flows.telling import Telling
from voicecheckin.conversation.flows.triad import Triad
from voicecheckin.conversation.messages import AgreeDate, Ending, Keep, KeepOffers, Remember
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import BLOCK_REST
from voicecheckin.conversation.plan import EveningPlan
from voicecheckin.conversation.present import Stopwatch
from voicecheckin.conversation.script import Role, Script, Step
from voicecheckin.conversation.states import State, Trigger

LET_GO = "let go"
"""The answer after which a topic that was set aside often is not even on the list any more."""
ENDINGS = {
    "close": Ending.STOPPED,
    "decline": Ending.DECLINED,
    "quiet": Ending.QUIET,
    "fall quiet": Ending.QUIET,
}
"""The outcomes that end a sitting; the last two without a word."""


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

    def __post_init__(self) -> None:
        self.plan = EveningPlan(self.script, self.options)

    def interpose(self, name: str) -> None:
        """Put a branch's steps in between; what it interrupts is kept as it is.

        A branch that is called again while it runs begins anew.
        """
        steps = self.script.branches.get(name)
        if steps is None or self.parting:
            return
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

    def settle(self) -> None:
        """Let flows that are done lead to what follows, until one waits for something."""
        while not self.finished:
            if self.stage.prompter.take_said() and self.flow is not None:
                self.flow.take(Trigger.SAID)
            elif self.flow is not None and self.flow.state is State.DONE:
                self._follow(self.flow, self.flow.outcome)
            else:
                return

    def begin(self) -> None:
        """Begin the evening's first step."""
        if self.flow is None:
            self._begin_next()

    def part(self, ending: Ending) -> None:
        """Say goodnight: the same words at every ending (SR-08)."""
        self.ending = ending
        closing = self.script.of_role(Role.CLOSING)
        assert closing is not None
        hurried = ending is Ending.INTERRUPTED
        self._branches.clear()
        self._start(Parting(self.stage, closing, hurried=hurried))

    def fall_quiet(self, ending: Ending | None = None) -> None:
        """End without a word."""
        self.ending = ending or self.ending
        self.stage.prompter.hush()
        self.finished = True

    # What an outcome leads to.

    def _follow(self, flow: Flow, outcome: Outcome) -> None:
        if isinstance(flow, Parting):
            self.finished = True
            return
        if outcome.held:
            self._topic.held = True
        match outcome.action:
            case "close" | "decline":
                self.part(ENDINGS[outcome.action])
            case "quiet" | "fall quiet":
                self.fall_quiet(ENDINGS[outcome.action])
            case action:
                self._lead_on(flow.step, action)
                self._begin_next()

    def _lead_on(self, step: Step, action: str) -> None:
        match action:
            case "next":
                pass
            case "resume":
                self._branches[-1].ahead.clear()
            case "arrive":
                self._leave_branches()
                self.plan.arrive_again()
            case "wrap up":
                self.plan.wrap_up()
            case "next topic":
                interrupted = self._branches[0].below if self._branches else None
                self.plan.skip_topic((interrupted.step if interrupted else step).topic)
                self._leave_branches()
            case "again":
                self._go_to(step.id)
            case step_id:
                self._go_to(step_id)

    def _go_to(self, step_id: str) -> None:
        """Go on at a step: of tonight's script, or of a branch, instead of the one under way."""
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
        step = self.plan.next(self.watch.elapsed)
        if isinstance(step, str):
            self._push(Branch(step, deque(self.script.branches[step]), None, timed=False))
            return self._branches[-1].ahead.popleft()
        if self._topic.id and (step is None or step.topic != self._topic.id):
            self._leave_topic()
        is_main = step is not None and self.plan.is_main(step)
        if step is None or not is_main or step.topic != self._topic.id:
            self._topic = Topic(step.topic if step is not None and is_main else "")
        return step

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
        starter = self.plan.starter
        match step.kind:
            case "ask":
                return Question(self.stage, step, starter, self._conclude, self._rest_before(step))
            case "share":
                if not self._branches:
                    self.plan.begin_share()
                return Triad(self.stage, step, starter, self._rest_before(step))
            case "record":
                return Recording(self.stage, step, starter)
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

    def _conclude(self, step: Step, meaning: str) -> None:
        """What an answer means beyond the conversation, by the role of its question."""
        self.plan.note(step, meaning)
        match step.role:
            case Role.MEMORY:
                self.stage.present.ask_for(Remember(meaning))
            case Role.DATE:
                self.stage.present.ask_for(AgreeDate(meaning == "yes"))
            case Role.LEFT:
                self.stage.present.ask_for(Keep(self.plan.held_often[0], held=meaning != LET_GO))
            case Role.KEEP:
                self.stage.present.ask_for(KeepOffers(meaning == "keep"))
