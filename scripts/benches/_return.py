"""How long it takes until a couple is asked the same question again, after something broke."""

from dataclasses import dataclass, field

from benches._kitchen import NAMES, live

from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Effect, Event, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.loop import run
from voicecheckin.rooms.observed import ObservedRoom
from voicecheckin.rooms.paper import PaperRoom, speaking_seconds
from voicecheckin.rooms.people import Couple, couples
from voicecheckin.sound.kitchen import Kitchen, KitchenSound

FIRST, AWAY = 1.0, 5.0
"""Seconds into the sentence after which the devices are unplugged, and for which they are gone."""


class Seen(Exception):
    """Enough was seen."""


@dataclass
class Crashed:
    """Looks on at a sitting that begins anew: what comes before the question is asked again."""

    step: str
    seconds: float = 0.0
    """Until the question."""
    words: float = 0.0
    """Of these, seconds in which the device speaks."""

    def saw(self, event: Event, now: float) -> None:
        """Events do not matter."""

    def did(self, effect: Effect, now: float) -> None:
        """End with the question; add up the words before it."""
        if not isinstance(effect, Speak):
            return
        if effect.step == self.step:
            self.seconds = now
            raise Seen
        self.words += speaking_seconds(effect)

    def told(self) -> str:
        """To be read."""
        return f"{self.seconds:.0f} s (the device speaks for {self.words:.0f} s of it)"


@dataclass
class Unplugged:
    """Looks on, unplugs the devices in a sentence, and waits for it to be said again."""

    step: str
    sound: KitchenSound
    text: str = ""
    """The sentence; that the sound is back is said first."""
    back: float | None = None
    """When the devices were there again."""
    seconds: float = field(default=float("nan"))
    """From then to the sentence."""

    def saw(self, event: Event, now: float) -> None:
        """Events do not matter: the time counts from the plug, not from when it is noticed."""

    def did(self, effect: Effect, now: float) -> None:
        """Unplug at the first time, end at the second."""
        if not isinstance(effect, Speak) or effect.step != self.step:
            return
        if self.back is None:
            self.text, self.back = effect.text, now + FIRST + AWAY
            self.sound.lose(now + FIRST, AWAY)
        elif effect.text == self.text:
            self.seconds = now - self.back
            raise Seen


def after_a_crash(step: str) -> Crashed:
    """A new start after a crash in *step*, the same evening, on paper."""
    seen = Crashed(step)
    checkin = CheckIn(
        load("en"), SittingOptions(evening=6, length="usual", names=NAMES, resume=step)
    )
    try:
        run(checkin, ObservedRoom(PaperRoom(Couple(couples()["easy"], 1)), [seen]))
    except Seen:
        return seen
    raise SystemExit(f"{step} was not reached after a crash")


def after_an_unplug(ear: Recogniser, seed: int) -> float:
    """Seconds in the simulated kitchen from the devices' return to the same sentence again."""
    sound = KitchenSound(Kitchen(seed=seed))
    seen = Unplugged("O0", sound)
    try:
        live(Couple(couples()["easy"], seed), ear, None, [seen], sound)
    except Seen:
        return seen.seconds
    raise SystemExit("the question was not asked again after the sound was back")
