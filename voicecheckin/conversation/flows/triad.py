"""A turn and its answer: one partner shares, the other says back what arrived."""

from dataclasses import dataclass, replace

from voicecheckin.conversation.flows.closed_question import ClosedQuestion
from voicecheckin.conversation.flows.flow import Outcome, Stage
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.pace import (
    CLASSES,
    DIGEST_REST,
    LISTENER,
    PASS_REST,
    Pacing,
)
from voicecheckin.conversation.prompt_queue import Bell, Rest, items
from voicecheckin.conversation.reprompt import RepromptPolicy
from voicecheckin.conversation.script import Passage, Step
from voicecheckin.conversation.states import LISTENING, REPLY, TRIAD, TURN, State, Trigger

FELT_HEARD_ANSWERS = ("yes", "nearly", "not yet")
MORE_ANSWERS = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Turn:
    """One partner's turn in a shared step."""

    speaker: int
    """Who shares; the other one listens and says back."""
    second: bool = False
    """Whether the other partner has had a turn in this step already."""
    tries: int = 0
    """How often the speaker was not yet heard."""
    passed: bool = False
    """Whether it was passed, or the topic set aside."""


class Triad:
    """A step of kind share: speak, say back, felt heard, for each of the two."""

    def __init__(self, stage: Stage, step: Step, starter: int, rest_before: float = 0.0) -> None:
        """*starter* shares first; *rest_before*: seconds of quiet before the first words."""
        self._stage = stage
        self.step = step
        self.floor: int | None = starter
        self._turn = Turn(starter)
        self._set_aside = False
        self._unheard = False
        self._given_up = False
        self._rest_before = rest_before
        self._asked_for_more = 0
        self._spoken = False
        self._resuming = False
        self._meaning = ""
        self._closed: ClosedQuestion | None = None
        self._policy = RepromptPolicy(self._class, stage.pace)
        self._machine = StateMachine(self, TRIAD, State.READY)

    @property
    def state(self) -> State:
        """Where the flow is."""
        return State(self._machine.state)

    @property
    def outcome(self) -> Outcome:
        """Whether it was set aside, or somebody was not heard: then the topic comes back."""
        if self._given_up:
            return Outcome("fall quiet")
        return Outcome(
            "next topic" if self._set_aside else "next", self._set_aside or self._unheard
        )

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that count just now."""
        if self.state is State.FELT_HEARD:
            return FELT_HEARD_ANSWERS
        return MORE_ANSWERS if self._asked_for_more else ()

    def take(self, trigger: Trigger) -> None:
        """Follow the table."""
        self._machine.fire(trigger)

    def answer(self, meaning: str) -> None:
        """The speaker says whether it arrived; or somebody, whether there is more."""
        if self.state is State.FELT_HEARD:
            self._meaning = meaning
            self.take(Trigger.ANSWERED)
        else:
            self.take(Trigger.CONTINUE_TURN if meaning == "yes" else Trigger.FINISH_TURN)

    def misunderstand(self, *, doubt: bool = False, stray: bool = False) -> None:
        """Ask again whether it arrived; in a turn, talk is not meant for the device."""
        if self._closed is not None and self.state is State.FELT_HEARD:
            meaning = self._closed.misunderstand(self.floor, doubt=doubt, stray=stray)
            if meaning:
                self.answer(meaning)

    def give_time(self) -> None:
        """Somebody asked for more time: the rest begins again, or all patience does."""
        if self.state is State.DIGESTING:
            self.digest()
        elif self.state is State.FELT_HEARD and self._closed is not None:
            self._closed.give_time(self.floor)
        elif self.state in LISTENING:
            self._policy.start_over(self._stage.present.now)
            self._say_aside("more_time")

    def let_pass(self, *, hold: bool) -> None:
        """Pass the turn, or set the whole topic aside; both sound alike whoever does it."""
        if self.state in TURN or self.state in REPLY:
            self._turn = replace(self._turn, passed=True)
            self._set_aside = hold
            self.take(Trigger.PASS_OVER)

    def wait_in_silence(self, since: float) -> None:
        """Nobody speaks, since then (seconds): know how long that is left alone."""
        own = self._listener_class if self.listener_has_floor() else self._class
        silence = self._stage.pace.seconds(own.more if self._asked_for_more else own.silence)
        if self.state is State.FELT_HEARD and self._closed is not None:
            self._closed.wait_in_silence(since)
        elif self.state is State.MORE:
            self._stage.listening.wait_until(since, since + self._stage.pace.seconds(own.more))
        elif self.state is State.SHARING or (self.state is State.SAYING_BACK and self._spoken):
            self._stage.listening.wait_until(since, since + silence)
        else:
            self._policy.quiet_from(since)
            self._stage.listening.wait_until(since, self._policy.deadline)

    # What the table calls: a turn.

    def invite(self) -> None:
        """Invite the speaker; the set-up is said once, to both."""
        rest, self._rest_before = self._rest_before, 0.0
        self.floor = self._turn.speaker
        self._asked_for_more = 0
        self._stage.listening.listen(self.step.id, self.floor)
        self._stage.prompter.prompt(items(self._invitation()), rest + self._class.before)
        self._resuming = False

    def carry_on(self) -> None:
        """Something was put in between: the turn is taken up, not asked for anew."""
        self._resuming = True

    def let_think(self) -> None:
        """Keep quiet while the speaker thinks."""
        self._stage.prompter.hush()
        self._policy = RepromptPolicy(self._class, self._stage.pace)
        self.open_ears()

    def let_share(self) -> None:
        """Somebody speaks: whatever the device was about to say can wait."""
        self._stage.prompter.hush()
        self.floor = self._turn.speaker
        self._stage.listening.deadline = None
        self._stage.listening.listen(self.step.id, self.floor, self.answers, turn=True)

    def withdraw(self) -> None:
        """The voice goes on: a prompt that had begun is taken back."""
        self._stage.prompter.hush()
        self._spoken = True
        self._stage.listening.deadline = None

    def ask_for_more(self) -> None:
        """Ask whether there is more; a turn is never closed by silence without it (SR-23)."""
        again, self._asked_for_more = self._asked_for_more, self._asked_for_more + 1
        self._stage.prompter.say(items(self._stage.wording.line("more", self.floor, again)))

    # Its answer.

    def receive(self) -> None:
        """A breath before the other partner is invited; speech re-opens the turn."""
        self._stage.prompter.say([Rest(self._listener_class.before), Bell("hand_over")])

    def hand_over(self) -> None:
        """Invite the listener to say what arrived."""
        self.floor = 1 - self._turn.speaker
        self._spoken = False
        self._asked_for_more = 0
        own = self._stage.wording.to(self.step.listener, self.floor)
        self._stage.prompter.prompt(items(own or self._stage.wording.line("listener", self.floor)))

    def let_say_back(self) -> None:
        """The listener has the floor now."""
        self._stage.prompter.hush()
        self.floor = 1 - self._turn.speaker
        self._spoken = self._stage.present.voice
        self._policy = RepromptPolicy(self._listener_class, self._stage.pace)
        self.open_ears()

    def check_heard(self) -> None:
        """Ask the speaker whether it arrived."""
        self.floor = self._turn.speaker
        self._closed = ClosedQuestion(self._stage, FELT_HEARD_ANSWERS, "nearly", CLASSES["C"])
        self._stage.listening.listen(self.step.id, self.floor)
        asked = items(self._stage.wording.line("felt_heard", self.floor))
        self._stage.prompter.prompt(asked, CLASSES["C"].before)

    def try_again(self) -> None:
        """The speaker says the one line that matters most."""
        self._turn = replace(self._turn, tries=self._turn.tries + 1)

    def digest(self) -> None:
        """Let it settle before anything else is said."""
        self.floor = None
        self._stage.listening.listen(self.step.id, None)
        self._unheard |= self._meaning == "not yet" and not self._turn.passed
        rest = Rest(PASS_REST if self._turn.passed else DIGEST_REST)
        self._stage.prompter.say([*items(self._thanks()), rest])

    def end_rest(self) -> None:
        """The rest has been long enough."""
        self._stage.prompter.end_rest()

    def turn_to_other(self) -> None:
        """The other partner begins a turn of their own."""
        self._turn = Turn(1 - self._turn.speaker, second=True)

    def open_ears(self) -> None:
        """Everything has been said: listen, and know how long."""
        if self.state is State.FELT_HEARD and self._closed is not None:
            self._closed.open_ears(self.step.id, self.floor)
            return
        self._stage.listening.listen(self.step.id, self.floor, self.answers, turn=True)
        self._policy.quiet_from(self._stage.present.now)
        self.wait_in_silence(self._stage.present.now)

    def meet_silence(self) -> None:
        """Meet a long silence with a word, three times at most; then the sitting falls quiet."""
        if self.state is State.FELT_HEARD and self._closed is not None:
            met = self._closed.meet_silence(self.floor)
        else:
            key = self._policy.next_cue()
            met = key is not None
            if key is not None:
                self._say_aside(key)
        if not met:
            self._given_up = True
            self._stage.prompter.hush()
            self.take(Trigger.GIVE_UP)

    # What the table asks.

    def listener_has_floor(self) -> bool:
        """Whether it is the listener's line, not the speaker's turn."""
        return self.floor is not None and self.floor != self._turn.speaker

    def has_spoken(self) -> bool:
        """Whether the listener has said something already."""
        return self._spoken

    def somebody_speaks(self) -> bool:
        """Whether a voice is heard just now."""
        return self._stage.present.voice

    def tries_once_more(self) -> bool:
        """After "not yet" there is one more try; this is no exam."""
        return self._meaning == "not yet" and not self._turn.tries

    def other_shares_next(self) -> bool:
        """Whether the second partner's turn in this step is still to come."""
        return not self._turn.second and not self._set_aside

    # Its words and times.

    def _invitation(self) -> Passage:
        wording, speaker = self._stage.wording, self._turn.speaker
        if self._resuming:
            return wording.line("carry_on", speaker)
        if self._turn.tries:
            return wording.line("one_line", speaker)
        step = self.step
        return wording.to(step.invite if self._turn.second else (*step.say, *step.invite), speaker)

    def _thanks(self) -> Passage:
        if self._set_aside:
            return self._stage.wording.line("held")
        if self._turn.passed:
            return self._stage.wording.line("passed")
        if self._meaning == "not yet":
            return self._stage.wording.line("heard_later")
        return self._stage.wording.line("thanks")

    def _say_aside(self, key: str) -> None:
        choices = self._stage.wording.choices(self.answers)
        self._stage.prompter.say_aside(self._stage.wording.line(key, self.floor, choices=choices))

    @property
    def _class(self) -> Pacing:
        return CLASSES[self.step.pacing or "C"]

    @property
    def _listener_class(self) -> Pacing:
        return LISTENER["D" if self.step.pacing == "D" else "R"]
