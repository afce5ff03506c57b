"""A check-in that a test leads by hand."""

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Effect,
    Event,
    Heard,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.moments import Moment


class Evening:
    """A check-in that is led by hand; speech takes a second, rests take what they take."""

    def __init__(self, evening: int = 2, **more: object) -> None:
        self.checkin = CheckIn(SMALL, evening=evening, **more)  # type: ignore[arg-type]
        self.now = 0.0
        self.said: list[str] = []
        self.done: list[Effect] = []
        self.rests: list[float] = []
        self.send(Started())

    def send(self, event: Event, after: float = 0.0) -> list[Effect]:
        self.now += after
        effects = self.checkin.handle(event, self.now)
        self.done += effects
        self.said += [effect.text for effect in effects if isinstance(effect, Speak)]
        return effects

    @property
    def sounding(self) -> bool:
        saying = self.checkin.saying
        return saying is not None and saying.sounding

    def listen_out(self) -> "Evening":
        """Let the device finish what it is saying."""
        while self.checkin.saying is not None:
            if self.sounding:
                self.send(SpeechEnded(), after=1.0)
            else:
                assert self.checkin.deadline is not None
                self.rests.append(self.checkin.deadline - self.now)
                self.send(TimedOut(), after=self.checkin.deadline - self.now)
        return self

    def answer(self, *meanings: str) -> "Evening":
        for meaning in meanings:
            self.listen_out()
            self.send(Answered(meaning), after=1.0)
        return self.listen_out()

    def settle(self) -> "Evening":
        """Both consents, the breaths, up to the first turn."""
        return self.answer("yes", "yes", "yes", "nothing", "nothing", "ready")

    def talk(self, seconds: float = 5.0) -> "Evening":
        self.send(VoiceBegan(), after=2.0)
        self.send(VoiceEnded(), after=seconds)
        return self

    def turn(self) -> "Evening":
        """A whole turn with its answer, up to the rest after it."""
        self.talk().send(Heard(Command.DONE))
        self.listen_out().talk().send(Heard(Command.DONE))
        self.listen_out().send(Answered("yes"))
        return self

    def to(self, moment: Moment) -> "Evening":
        assert self.checkin.moment is moment, self.checkin.moment
        return self
