"""What comes next, and branches that are put in between."""

from dataclasses import dataclass

from voicecheckin.conversation.messages import Ending
from voicecheckin.conversation.moments import Moment
from voicecheckin.conversation.offering import Offering
from voicecheckin.conversation.script import Step
from voicecheckin.conversation.sharing import Turn

BEGIN = {
    "tell": "tell",
    "settle": "settle",
    "ask": "ask",
    "share": "invite",
    "record": "announce",
    "replay": "replay",
}
"""The trigger that begins a step of each kind."""
BEGIN_AGAIN = {
    Moment.TELLING: "tell",
    Moment.SETTLING: "settle",
    Moment.ASKING: "ask",
    Moment.INVITING: "invite",
    Moment.THINKING: "invite",
    Moment.SHARING: "invite",
    Moment.MORE: "invite",
    Moment.RECEIVING: "hand_over",
    Moment.HANDING_OVER: "hand_over",
    Moment.SAYING_BACK: "hand_over",
    Moment.FELT_HEARD: "check_heard",
    Moment.DIGESTING: "digest",
    Moment.ANNOUNCING: "announce",
    Moment.RECORDING: "announce",
    Moment.PLAYING_BACK: "replay",
}
"""How an interrupted moment is taken up again; the others lead on to what comes next."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an interposed branch left the conversation."""

    step: Step | None
    begin: str
    asked: tuple[list[int | None], list[str]]
    turn: Turn


class Proceeding(Offering):
    """The moment between two steps."""

    ending: Ending
    _began: float | None = None
    _away: float = 0.0
    _left: Place | None = None
    _left_at: float = 0.0
    _topic: str = ""

    @property
    def elapsed(self) -> float:
        """Seconds of this sitting, without pauses and branches."""
        return self.now - (self._began or 0.0) - self._away

    def turn_to_branch(self, branch: str) -> None:
        """Turn to a branch of the script; the interrupted moment is kept for later."""
        again = BEGIN_AGAIN.get(self.moment, "")
        place = Place(self.step, again, (self._asked, self._answers), self.turn)
        nested = self.program.in_branch
        if not self.program.interpose(branch):
            return
        if not nested:
            self._left, self._left_at = place, self.now
        self.hush()
        self._asked, self.floor, self.action = [], None, "next"
        self.trigger("interpose")

    def choose_next(self) -> None:
        """Follow the last answer, then begin whatever comes next tonight."""
        action, self.action = self.action, "next"
        if action in ("close", "decline", "quiet"):
            self.ending = {"close": Ending.STOPPED, "quiet": Ending.QUIET}.get(
                action, Ending.DECLINED
            )
            self.trigger("fall_quiet" if action == "quiet" else "close")
            return
        self._follow(action)
        place = self._place_left()
        if place is not None:
            self._return_to(place)
        else:
            self._go_on()

    def _follow(self, action: str) -> None:
        match action:
            case "next":
                pass
            case "resume":
                self.program.leave_branch()
            case "arrive":
                self._leave_for_arrival()
            case "wrap up":
                self.program.wrap_up()
            case "next topic":
                self._leave_the_topic()
            case "again" if self.step is not None:
                self.program.go_to(self.step.id)
            case step_id:
                self.program.go_to(step_id)

    def _leave_the_topic(self) -> None:
        """Drop what is left of the topic; from a branch, of the topic that it came from."""
        step = self._left.step if self._left is not None else self.step
        if step is not None:
            self.program.skip_topic(step.topic)
        self._forget_place()

    def _forget_place(self) -> None:
        """Do not return to where a branch began."""
        self.program.leave_branch()
        if self._left is not None:
            self._away += self.now - self._left_at
        self._left = None

    def _leave_for_arrival(self) -> None:
        """After a time-out the sitting begins again at its breaths; what was hot stays behind."""
        self._forget_place()
        self.program.arrive_again()

    def _place_left(self) -> Place | None:
        """The place that a branch left, once the branch is over."""
        if self._left is None or self.program.branch_goes_on:
            return None
        place = self._left
        self._forget_place()
        return place if place.begin else None

    def _return_to(self, place: Place) -> None:
        self.step = place.step
        self._asked, self._answers = place.asked
        self.turn = place.turn
        self.floor = None
        self._resuming = place.begin == "invite"
        self.trigger(place.begin)

    def _go_on(self) -> None:
        step = self.program.next(self.elapsed)
        self._leave_topic(step)
        self.step, self.floor, self._asked = step, None, []
        self.wording.round += 1
        if step is None:
            self.trigger("close")
            return
        if step.kind == "share":
            self.begin_share()
        elif step.kind == "record":
            self.begin_offers()
        self.trigger(BEGIN[step.kind])

    def _leave_topic(self, step: Step | None) -> None:
        if self.program.in_branch:
            return
        if not self._topic:
            self.nothing_waits()
        elif step is None or step.topic != self._topic:
            self.topic_is_over(self._topic)
        self._topic = step.topic if step is not None and self.program.is_main(step) else ""
