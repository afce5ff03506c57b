"""Who spoke how long, how long it was quiet, and what was misheard: an observer's table."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Effect,
    Event,
    Finish,
    Heard,
    Hush,
    Listen,
    NotUnderstood,
    OutOfPlace,
    Speak,
    SpeechEnded,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.rooms.people import Act, Couple, Utterance


@dataclass
class Airtime:
    """Seconds of speech and of the pauses inside it."""

    seconds: float = 0.0
    stretches: int = 0
    longest_pause: float = 0.0
    """Longest silence inside one turn (seconds)."""


@dataclass
class Times:
    """Looks on, and adds up; it knows nothing of what was said."""

    device: Airtime = field(default_factory=Airtime)
    partners: dict[int | None, Airtime] = field(
        default_factory=lambda: {0: Airtime(), 1: Airtime(), None: Airtime()}
    )
    """By whose turn it was; None when both were asked."""
    events: Counter[str] = field(default_factory=Counter)
    """How often each event happened, by its name."""
    seconds: float = 0.0
    """How long the sitting lasted."""
    ending: str = ""
    _sounds_since: float | None = None
    _voice_since: float | None = None
    _silent_since: float | None = None
    _listen: Listen = field(default_factory=Listen)

    def saw(self, event: Event, now: float) -> None:
        """Count *event*."""
        self.events[type(event).__name__] += 1
        match event:
            case SpeechEnded():
                self._device_ends(now)
            case VoiceBegan() if self._voice_since is None:
                self._voice_since = now
                if self._silent_since is not None and self._listen.turn:
                    speaker = self._speaker
                    speaker.longest_pause = max(speaker.longest_pause, now - self._silent_since)
            case VoiceEnded(silence) if self._voice_since is not None:
                self._speaker.seconds += max(0.0, now - silence - self._voice_since)
                self._speaker.stretches += 1
                self._voice_since = None
                self._silent_since = now - silence

    def did(self, effect: Effect, now: float) -> None:
        """Note what *effect* begins or ends."""
        match effect:
            case Speak():
                self._sounds_since = now
                self.device.stretches += 1
            case Chime():
                self._sounds_since = None
            case Hush():
                self._device_ends(now)
            case Listen():
                if effect.floor != self._listen.floor or not effect.turn:
                    self._silent_since = None
                self._listen = effect
            case Finish(ending):
                self.seconds, self.ending = now, ending.value

    @property
    def quiet(self) -> float:
        """Seconds in which nobody spoke."""
        people = sum(airtime.seconds for airtime in self.partners.values())
        return max(0.0, self.seconds - self.device.seconds - people)

    @property
    def _speaker(self) -> Airtime:
        return self.partners[self._listen.floor]

    def _device_ends(self, now: float) -> None:
        if self._sounds_since is not None:
            self.device.seconds += now - self._sounds_since
        self._sounds_since = None


class RememberedCouple(Couple):
    """A simulated couple of which one knows afterwards what they wanted to say."""

    intended: str | None = None
    """What the last utterance meant, until something was made of it; "-" for none of ours."""
    missed: int = 0
    """Utterances of which nothing was made at all."""
    watch: Callable[[Act], None] | None = None
    """Told of everything that the two do, before they do it."""

    def consider(self, now: float) -> list[Act]:
        """What they do; their last utterance is noted."""
        acts = super().consider(now)
        for act in acts:
            if self.watch is not None:
                self.watch(act)
            if isinstance(act, Utterance):
                self.missed += self.intended not in (None, "-")
                self.intended = act.meaning or "-"
        return acts


class Misheard:
    """Compares what simulated people meant with what was made of it."""

    def __init__(self, couple: RememberedCouple) -> None:
        self._couple = couple
        self.right = 0
        """Utterances of which the right thing was made."""
        self.asked_again = 0
        """Utterances of ours that were taken for nothing, or doubted."""
        self.wrong: Counter[tuple[str, str]] = Counter()
        """What was meant, and what was understood instead."""

    def saw(self, event: Event, now: float) -> None:
        """Compare *event* with the utterance before it."""
        match event:
            case Answered(meaning):
                self._understood(meaning)
            case Heard(command):
                self._understood(command.value)
            case NotUnderstood() | OutOfPlace():
                self._not_understood()

    def did(self, effect: Effect, now: float) -> None:
        """Effects do not matter here."""

    @property
    def missed(self) -> int:
        """Utterances of which nothing was made at all."""
        return self._couple.missed

    def _understood(self, meaning: str) -> None:
        intended, self._couple.intended = self._couple.intended, None
        if intended == meaning:
            self.right += 1
        else:
            self.wrong[intended or "talk", meaning] += 1

    def _not_understood(self) -> None:
        intended, self._couple.intended = self._couple.intended, None
        if intended == "-":
            self.right += 1
        else:
            self.asked_again += 1
