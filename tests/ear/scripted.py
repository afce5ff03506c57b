"""A recogniser that says what the test wants, and an ear on it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from voicecheckin.conversation.messages import Event, Listen, VoiceBegan, VoiceEnded
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.phrases import load
from voicecheckin.ear.recogniser import Verdict
from voicecheckin.sound.frames import Samples

BOOK = load()
CONSENT = Listen(("yes", "no"))
TURN = Listen(turn=True, patience=3.0)


@dataclass
class Scripted:
    """A recogniser that believes what it is told, as far as that is allowed."""

    verdicts: list[Verdict]
    name: str = "scripted"
    asked: list[tuple[str, ...]] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Verdict:
        self.asked.append(tuple(phrases))
        self.heard.append(utterance.size / 16_000)
        said = self.verdicts[0] if len(self.verdicts) == 1 else self.verdicts.pop(0)
        return said if said.phrase in (None, *phrases) else Verdict(None, 0.9)


@dataclass
class ByHand:
    """Decides when the test says so."""

    waiting: list[tuple[Callable[[], Verdict], Future[Verdict]]] = field(default_factory=list)

    def begin(self, decision: Callable[[], Verdict]) -> Future[Verdict]:
        future: Future[Verdict] = Future()
        self.waiting.append((decision, future))
        return future

    def decide(self) -> None:
        for decision, future in self.waiting:
            future.set_result(decision())
        self.waiting.clear()

    def close(self) -> None:
        self.waiting.clear()


def scripted(*verdicts: Verdict) -> Ear:
    return Ear(Scripted(list(verdicts)), BOOK)


def frames(sound: Samples) -> Iterator[Samples]:
    return (sound[start : start + 480] for start in range(0, sound.size - 479, 480))


def events(ear: Ear, sound: Samples, speaking: bool = False) -> list[Event]:
    return [event for frame in frames(sound) for event in ear.hear(frame, speaking)]


def meanings(found: list[Event]) -> list[Event]:
    return [event for event in found if not isinstance(event, VoiceBegan | VoiceEnded)]
