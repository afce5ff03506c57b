"""A turn and its answer: one partner shares, the other says back what arrived."""

from dataclasses import dataclass, replace

from voicecheckin.conversation.asking import Asking
from voicecheckin.conversation.listening import Patience
from voicecheckin.conversation.messages import Keep
from voicecheckin.conversation.moments import Moment
from voicecheckin.conversation.pace import (
    CLASSES,
    DIGEST_REST,
    FALSE_START,
    LISTENER,
    PASS_REST,
    Pacing,
)
from voicecheckin.conversation.saying import Bell, Item, Rest, items
from voicecheckin.conversation.script import Passage

FELT_HEARD_ANSWERS = ("yes", "nearly", "not yet")
MORE_ANSWERS = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in a shared step."""

    speaker: int
    """Who shares; the other one listens and says back."""
    second: bool = False
    """Whether the other partner has had a turn in this step already."""
    tries: int = 0
    """How often the speaker was not yet heard."""


class Sharing(Asking):
    """The moments from inviting to digesting."""

    turn: Turn = Turn(0)
    _asked_for_more: int = 0
    _spoken: bool = False
    _passed: bool = False
    _unheard: bool = False
    """Whether somebody was not yet heard, after one more try: the topic comes back."""
    _resuming: bool = False

    def begin_share(self) -> None:
        """Open a shared step: the partner whose turn it is begins."""
        self.turn = Turn(self.program.starter)
        self.program.begin_share()
        self._passed = self.set_aside = False

    def begin_inviting(self) -> None:
        """Invite the speaker; the set-up is said once, to both."""
        assert self.step is not None
        self.floor = self.turn.speaker
        self._asked_for_more = 0
        self.listen()
        self.prompt(self._invitation(), self._rest_before() + self._class().before)
        self._resuming = False

    def _invitation(self) -> Passage:
        assert self.step is not None
        if self._resuming:
            return self.wording.line("carry_on", self.turn.speaker)
        if self.turn.tries:
            return self.wording.line("one_line", self.turn.speaker)
        invite = self.step.invite if self.turn.second else (*self.step.say, *self.step.invite)
        return self.wording.to(invite, self.turn.speaker)

    def begin_thinking(self) -> None:
        """Keep quiet while the speaker thinks."""
        self.hush()
        self.patience = Patience(self._class(), self.pace)
        self.open_ears()

    def begin_sharing(self) -> None:
        """Somebody speaks: whatever the device was about to say can wait."""
        self.hush()
        self.floor = self.turn.speaker
        self.listening_deadline = None
        self.listen(self.answers(), turn=True)

    def withdraw(self) -> None:
        """The voice goes on: a prompt that had begun is taken back."""
        self.hush()
        self._spoken = True
        self.listening_deadline = None

    def begin_more(self) -> None:
        """Ask whether there is more; a turn is never closed by silence without it (SR-23)."""
        self._asked_for_more += 1
        self.say(list(items(self.wording.line("more", self.floor, self._asked_for_more - 1))))

    def begin_receiving(self) -> None:
        """A breath before the other partner is invited; speech re-opens the turn."""
        self.say([Rest(self._listener_class().before), Bell("hand_over")])

    def begin_handing_over(self) -> None:
        """Invite the listener to say what arrived."""
        assert self.step is not None
        self.floor = 1 - self.turn.speaker
        self._spoken = False
        self._asked_for_more = 0
        own = self.wording.to(self.step.listener, self.floor)
        self.prompt(own or self.wording.line("listener", self.floor))

    def begin_saying_back(self) -> None:
        """The listener has the floor now."""
        self.hush()
        self.floor = 1 - self.turn.speaker
        self._spoken = self.voice
        self.patience = Patience(self._listener_class(), self.pace)
        self.open_ears()

    def begin_felt_heard(self) -> None:
        """Ask the speaker whether it arrived."""
        self.floor = self.turn.speaker
        self.patience = Patience(CLASSES["C"], self.pace)
        self.listen()
        self.prompt(self.wording.line("felt_heard", self.floor), CLASSES["C"].before)

    def tries_once_more(self) -> bool:
        """After "not yet" there is one more try; this is no exam."""
        return self._meaning == "not yet" and not self.turn.tries

    def try_again(self) -> None:
        """The speaker says the one line that matters most."""
        self.turn = replace(self.turn, tries=self.turn.tries + 1)

    def pass_turn(self, *, set_aside: bool = False) -> None:
        """Pass the turn, or set the whole topic aside; both sound alike whoever does it."""
        self._passed, self.set_aside = True, set_aside
        if set_aside:
            self.action = "next topic"
        self.trigger("pass_over")

    def begin_digesting(self) -> None:
        """Let it settle before anything else is said."""
        self.floor = None
        self.listen()
        self._unheard |= self._meaning == "not yet" and not self._passed
        row: list[Item] = [*items(self._thanks())]
        row.append(Rest(PASS_REST if self._passed else DIGEST_REST))
        self.say(row)

    def _thanks(self) -> Passage:
        if self.set_aside:
            return self.wording.line("held")
        if self._passed:
            return self.wording.line("passed")
        if self._meaning == "not yet":
            return self.wording.line("heard_later")
        return self.wording.line("thanks")

    def other_shares_next(self) -> bool:
        """Whether the second partner's turn in this step is still to come."""
        return not self.turn.second and not self.set_aside

    def turn_to_other(self) -> None:
        """The other partner begins a turn of their own."""
        self.turn = Turn(1 - self.turn.speaker, second=True)
        self._passed = False

    def end_rest(self) -> None:
        """They asked to go on: the rest has been long enough."""
        if self.saying is not None and not self.saying.sounding:
            self.go_on_saying()

    # What a turn waits for.

    def open_ears(self) -> None:
        """Everything has been said: listen, and know how long."""
        if self.moment in (Moment.ASKING, Moment.FELT_HEARD):
            self.listen(self.answers(), patience=self._class().silence)
        else:
            self.listen(self.answers(), turn=True)
        self.patience.quiet_from(self.now)
        self.wait_in_silence(self.now)

    def wait_in_silence(self, since: float) -> None:
        """Set the deadline of a silence that began at *since* (seconds)."""
        own = self._listener_class() if self.listener_has_floor() else self._class()
        match self.moment:
            case _ if self.tentative:
                self.listening_deadline = self.given_up_at if self.voice else since + FALSE_START
            case _ if self.voice:
                self.listening_deadline = None
            case Moment.MORE:
                self.listening_deadline = since + self.pace.seconds(own.more)
            case Moment.SHARING:
                self.listening_deadline = since + self.pace.seconds(self._silence(own))
            case Moment.SAYING_BACK if self._spoken:
                self.listening_deadline = since + self.pace.seconds(self._silence(own))
            case _:
                self.patience.quiet_from(since)
                self.listening_deadline = self.patience.deadline

    def cue(self) -> None:
        """Meet a long silence with a word, three times at most; then the sitting ends quietly."""
        key = None if self.tentative else self.patience.next_cue()
        if key is None:
            self.trigger("fall_quiet")
        else:
            self.say_line(key, choices=self.wording.choices(self.answers()))

    def answers(self) -> tuple[str, ...]:
        """The answers that this moment listens for."""
        if self.moment is Moment.ASKING and self.step is not None:
            return self.step.answers
        if self.moment is Moment.FELT_HEARD:
            return FELT_HEARD_ANSWERS
        return MORE_ANSWERS if self._asked_for_more else ()

    def doubt_means(self) -> str:
        """The answer that stands when nothing was understood in the end."""
        if self.moment is Moment.ASKING and self.step is not None:
            return self.step.doubt
        return "nearly" if self.moment is Moment.FELT_HEARD else ""

    def listener_has_floor(self) -> bool:
        """Whether it is the listener's line, not the speaker's turn."""
        return self.floor is not None and self.floor != self.turn.speaker

    def has_spoken(self) -> bool:
        """Whether the listener has said something already."""
        return self._spoken

    def somebody_speaks(self) -> bool:
        """Whether a voice is heard just now."""
        return self.voice

    def _silence(self, own: Pacing) -> float:
        """Seconds of quiet until it asks for more; who was asked too early is given longer."""
        return own.more if self._asked_for_more else own.silence

    def _class(self) -> Pacing:
        assert self.step is not None
        if self.moment is Moment.FELT_HEARD:
            return CLASSES["C"]
        return CLASSES[self.step.pacing or "C"]

    def _listener_class(self) -> Pacing:
        assert self.step is not None
        return LISTENER["D" if self.step.pacing == "D" else "R"]

    def topic_is_over(self, topic: str) -> None:
        """A topic lies behind both: it was offered, or it is held for another evening."""
        self.effects.append(Keep(topic, self.set_aside or self._unheard))
        self.wording.tell_topics(self.program.titles_offered(topic))
        self.nothing_waits()

    def nothing_waits(self) -> None:
        """What comes next has been set aside by nobody yet."""
        self.set_aside = self._unheard = False
