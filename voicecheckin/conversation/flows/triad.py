"""A turn and its answer: one partner shares, the other responds; then the other way round."""

from collections.abc import Sequence

from voicecheckin.conversation.flows.closed_question import ClosedQuestion
from voicecheckin.conversation.flows.flow import Miss, Outcome, Stage
from voicecheckin.conversation.flows.turn import Reply, Stretches, Turn
from voicecheckin.conversation.machine import StateMachine
from voicecheckin.conversation.pace import (
    CLASSES,
    DIGEST_REST,
    LISTENER,
    MISSED_REST,
    OPTIONAL_REST,
    PASS_REST,
    Pacing,
)
from voicecheckin.conversation.prompt_queue import Bell, Item, Rest, items
from voicecheckin.conversation.reprompt import RepromptPolicy
from voicecheckin.conversation.script import Passage, Step
from voicecheckin.conversation.states import LISTENING, REPLY, TRIAD, TURN, State, Trigger

FELT_HEARD_ANSWERS = ("yes", "nearly", "not yet")
MORE_ANSWERS = ("no", "yes")
LEAVE_OFF_ANSWERS = ("yes", "no")
MIRROR = "mirror"
"""The response that is said back, so that the speaker is asked about it."""


class Triad:
    """A step of kind share; it owns its turns, tries and passes."""

    def __init__(
        self, stage: Stage, step: Step, floors: Sequence[int], rest_before: float = 0.0
    ) -> None:
        """*floors* share in this order; *rest_before*: seconds of quiet before the first words."""
        self._stage = stage
        self.step = step
        self._floors = floors
        self.floor: int | None = floors[0]
        self._number = 0
        self._turn = Turn(floors[0])
        self._reply = Reply(step)
        self._set_aside = False
        self._unheard = False
        self._shared = False
        self._given_up = False
        self._rest_before = rest_before
        self._resuming = False
        self._closed = ClosedQuestion(stage, FELT_HEARD_ANSWERS, "nearly")
        self._policy = RepromptPolicy.of_turn(self._class, stage.pace)
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
        action = "next topic" if self._set_aside else "next"
        if self._unheard and self.step.pacing == "D":
            action = "hold gently"  # who was not heard twice is not led on into the next question
        return Outcome(action, self._set_aside or self._unheard, self._shared)

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that count just now."""
        if self.state is State.FELT_HEARD:
            return FELT_HEARD_ANSWERS
        if self.state in REPLY:
            return ()
        if self._turn.leaving:
            return LEAVE_OFF_ANSWERS
        return MORE_ANSWERS if self._turn.asked_for_more else ()

    def take(self, trigger: Trigger) -> None:
        """Follow the table."""
        self._machine.fire(trigger)

    def answer(self, meaning: str) -> None:
        """The speaker says whether it arrived, whether there is more, or whether to leave it."""
        if self.state is State.FELT_HEARD:
            self._turn.heard = meaning
            self.take(Trigger.ANSWERED)
        elif self._turn.leaving:
            if meaning == "yes":
                self.take(Trigger.PASS_OVER)
            else:
                self._stay()
                self.take(Trigger.CONTINUE_TURN)
        else:
            self.take(Trigger.CONTINUE_TURN if meaning == "yes" else Trigger.FINISH_TURN)

    def misunderstand(self, miss: Miss) -> None:
        """Ask again whether it arrived; in a turn, talk is not meant for the device."""
        if self.state is State.FELT_HEARD:
            meaning = self._closed.misunderstand(self.floor, miss)
            if meaning:
                self.answer(meaning)

    def give_time(self) -> None:
        """Somebody asked for more time: the rest begins again, or all patience does."""
        if self.state is State.DIGESTING:
            self.digest()
        elif self.state is State.FELT_HEARD:
            self._closed.give_time(self.floor)
        elif self.state in LISTENING:
            self._policy.start_over(self._stage.present.now)
            self._say_aside("more_time")

    def let_pass(self, *, hold: bool) -> None:
        """Pass the turn, or set the whole topic aside; both sound alike whoever does it.

        In the middle of a turn it may not be the speaker who says so: the speaker is asked.
        """
        if self.state in (State.SHARING, State.MORE) and self._turn.talk.begun:
            self._set_aside = hold
            self.take(Trigger.LEAVE_OFF)
        elif self.state is State.SAYING_BACK and self._reply.is_optional:
            self.take(Trigger.SKIP_REPLY)
        elif self.state in TURN or self.state in REPLY:
            self._set_aside = hold
            self.take(Trigger.PASS_OVER)

    def wait_in_silence(self, since: float) -> None:
        """Nobody speaks, since then (seconds): know how long that is left alone."""
        self._note_silence(since)
        rhythm, pace = self._stage.rhythm, self._stage.pace
        match self.state:
            case State.FELT_HEARD:
                self._closed.wait_in_silence(since)
            case State.MORE | State.LEAVING_OFF:
                self._stage.listening.wait_until(since, since + pace.seconds(self._class.more))
            case State.SHARING:
                silence = rhythm.silence(self._turn.speaker, pace.seconds(self._class.silence))
                self._stage.listening.wait_until(since, since + silence)
            case State.SAYING_BACK if self._reply.spoken:
                least = pace.seconds(self._listener_class.silence)
                silence = rhythm.silence(self._turn.listener, least)
                self._stage.listening.wait_until(since, since + silence)
            case State.SAYING_BACK if self._reply.is_optional:
                self._stage.listening.wait_until(since, since + pace.seconds(OPTIONAL_REST))
            case _:
                self._policy.quiet_from(since)
                self._stage.listening.wait_until(since, self._policy.deadline)

    # What the table calls: a turn.

    def invite(self) -> None:
        """Invite the speaker; the set-up is said once, to both."""
        rest, self._rest_before = self._rest_before, 0.0
        self.floor = self._turn.speaker
        self._turn.asked_for_more = self._turn.leaving = False
        self._stage.listening.listen(self.step.id, self.floor)
        self._stage.prompter.prompt(items(self._invitation()), rest + self._class.before)
        self._resuming = False

    def carry_on(self) -> None:
        """Something was put in between: the turn is taken up, not asked for anew."""
        self._resuming = True

    def let_think(self) -> None:
        """Keep quiet while the speaker thinks."""
        self._stage.prompter.hush()
        self._policy = RepromptPolicy.of_turn(self._class, self._stage.pace)
        self.open_ears()

    def let_share(self) -> None:
        """Somebody speaks: whatever the device was about to say can wait."""
        self._stage.prompter.hush()
        self.floor = self._turn.speaker
        self._note_voice(self._turn.talk, self._turn.speaker)
        self._stage.listening.deadline = None
        self._stage.listening.listen(self.step.id, self.floor, self.answers, turn=True)

    def withdraw(self) -> None:
        """The voice goes on: a prompt that had begun is taken back."""
        self._stage.prompter.hush()
        if self.state is State.SHARING:
            self._note_voice(self._turn.talk, self._turn.speaker)
        else:
            self._note_voice(self._reply.talk, self._turn.listener)
            self._reply.spoken = True
        self._stage.listening.deadline = None

    def ask_for_more(self) -> None:
        """Ask whether there is more, once: no turn is closed by silence without it (SR-23)."""
        self._turn.asked_for_more = True
        self._stay()
        self._stage.prompter.say(self._more())

    def ask_to_leave_off(self) -> None:
        """Ask the speaker whether to leave it there, since somebody said so."""
        self._turn.leaving = True
        self._stage.prompter.say(items(self._stage.wording.line("leave_off", self.floor)))

    def pass_turn(self) -> None:
        """Note that the turn was passed; a pass is never counted beyond the evening."""
        self._turn.passed = True

    # Its answer.

    def receive(self) -> None:
        """A breath before anything else is said; speech re-opens the turn."""
        self._shared = True
        rest = Rest(self._listener_class.before)
        self._stage.prompter.say([rest, Bell("hand_over")] if self._reply.lines else [rest])

    def hand_over(self) -> None:
        """Invite the listener to respond."""
        self.floor = self._turn.listener
        self._reply.ask()
        self._stage.listening.listen(self.step.id, self.floor)
        self._stage.prompter.prompt(items(self._invitation_to_respond()))

    def answer_further(self) -> None:
        """There is a second thing that the listener may say."""
        self._reply.next()

    def let_say_back(self) -> None:
        """The listener has the floor now."""
        self._stage.prompter.hush()
        self.floor = self._turn.listener
        self._reply.spoken = self._stage.present.voice
        self._policy = RepromptPolicy.of_turn(self._listener_class, self._stage.pace)
        self.open_ears()

    def check_heard(self) -> None:
        """Ask the speaker whether it arrived."""
        self.floor = self._turn.speaker
        self._closed = ClosedQuestion(self._stage, FELT_HEARD_ANSWERS, "nearly")
        self._stage.listening.listen(self.step.id, self.floor)
        asked = items(self._stage.wording.line("felt_heard", self.floor))
        self._stage.prompter.prompt(asked, self._listener_class.before)

    def try_again(self) -> None:
        """The speaker says the one line that matters most."""
        self._turn = Turn(self._turn.speaker, tries=self._turn.tries + 1)
        self._reply = Reply(self.step)

    def digest(self) -> None:
        """Let it settle before anything else is said."""
        self.floor = None
        self._stage.listening.listen(self.step.id, None)
        self._stage.prompter.say(self._digested())

    def turn_to_other(self) -> None:
        """The other partner begins a turn of their own."""
        self._number += 1
        self._turn, self._reply = Turn(self._floors[self._number]), Reply(self.step)

    def open_ears(self) -> None:
        """Everything has been said: listen, and know how long."""
        if self.state is State.FELT_HEARD:
            self._closed.open_ears(self.step.id, self.floor)
            return
        self._stage.listening.listen(self.step.id, self.floor, self.answers, turn=True)
        self._policy.quiet_from(self._stage.present.now)
        self.wait_in_silence(self._stage.present.now)

    def meet_silence(self) -> None:
        """Meet a long silence with a word, three times at most; then the sitting falls quiet."""
        if self.state is State.FELT_HEARD:
            meaning = self._closed.meet_silence(self.floor)
            if meaning:
                self.answer(meaning)
            return
        key = self._policy.next_cue()
        if key is not None:
            self._say_aside(key)
        else:
            self._given_up = True
            self._stage.prompter.hush()
            self.take(Trigger.GIVE_UP)

    # What the table asks.

    def somebody_speaks(self) -> bool:
        """Whether a voice is heard just now."""
        return self._stage.present.voice

    def turn_is_open(self) -> bool:
        """Whether the listener's first invitation has only begun, so that the turn may go on."""
        return not self._reply.number

    def still_asking(self) -> bool:
        """Whether the device is in the middle of its question: the reply before it goes on."""
        return self._stage.prompter.busy

    def was_not_asked_for_more(self) -> bool:
        """Whether the speaker has not been asked yet in this turn."""
        return not self._turn.asked_for_more

    def is_asked_for_more(self) -> bool:
        """Whether silence in this turn is met with a question; light turns are left as they are."""
        return self.was_not_asked_for_more() and bool(self._reply.lines)

    def is_answered(self) -> bool:
        """Whether the listener is asked to say anything to it."""
        return bool(self._reply.lines)

    def is_answered_further(self) -> bool:
        """Whether there is a second thing that the listener may say."""
        return self._reply.goes_on

    def is_checked(self) -> bool:
        """Whether the speaker is asked about the reply; never who owned something."""
        return self.step.response == MIRROR

    def reply_is_awaited(self) -> bool:
        """Whether the listener has not said yet what nobody else can say."""
        return not self._reply.spoken and not self._reply.is_optional

    def tries_once_more(self) -> bool:
        """After "not yet" there is one more try; this is no exam."""
        return self._turn.heard == "not yet" and not self._turn.tries

    def other_shares_next(self) -> bool:
        """Whether another turn in this step is to come: not after what was not heard twice."""
        left = self._number + 1 < len(self._floors)
        return left and not self._set_aside and not self._turn.missed

    # Its words and times.

    def _invitation(self) -> Passage:
        wording, speaker, step = self._stage.wording, self._turn.speaker, self.step
        if self._resuming:
            return wording.line("carry_on", speaker)
        if self._turn.tries:
            return wording.line("one_line", speaker)
        again = self._number > 0
        return wording.to(step.invite if again else (*step.say, *step.invite), speaker)

    def _invitation_to_respond(self) -> Passage:
        listener, line = self._turn.listener, self._reply.lines[self._reply.number]
        own = self._stage.wording.to(self.step.listener, listener)
        return (not self._reply.number and own) or self._stage.wording.line(line, listener)

    def _more(self) -> list[Item]:
        if self._stage.tone_for_more:
            return [Bell("hand_over")]
        return list(items(self._stage.wording.line("more", self.floor)))

    def _digested(self) -> list[Item]:
        line, rest = "thanks", DIGEST_REST
        if self._set_aside:
            line, rest = "held", PASS_REST
        elif self._turn.passed:
            line, rest = "passed", PASS_REST
        elif self._turn.missed:
            self._unheard = True
            missed = self._stage.wording.line("missed", self._turn.listener)
            quiet = [*items(missed), Rest(MISSED_REST)]
            return [*quiet, *items(self._stage.wording.line("heard_later")), Rest(PASS_REST)]
        return [*items(self._stage.wording.line(line)), Rest(rest)]

    def _note_voice(self, talk: Stretches, floor: int) -> None:
        """Somebody speaks, perhaps after a pause: that much patience they need."""
        pause = talk.begin(self._stage.present.now)
        if pause:
            self._stage.rhythm.note(floor, pause)

    def _note_silence(self, since: float) -> None:
        if self.state is State.SAYING_BACK:
            self._reply.talk.end(since)
            return
        was_long = self._turn.talk.end(since)
        self._shared |= self._turn.talk.begun
        if was_long:
            self._stay()

    def _stay(self) -> None:
        """The speaker does not leave it there, whoever asked for it."""
        if self._turn.leaving:
            self._turn.leaving = self._set_aside = False
            self._stage.listening.listen(self.step.id, self.floor, self.answers, turn=True)

    def _say_aside(self, key: str) -> None:
        choices = self._stage.wording.choices(self.answers)
        self._stage.prompter.say_aside(self._stage.wording.line(key, self.floor, choices=choices))

    @property
    def _class(self) -> Pacing:
        return CLASSES[self.step.pacing or "C"]

    @property
    def _listener_class(self) -> Pacing:
        return LISTENER["D" if self.step.pacing == "D" else "R"]
