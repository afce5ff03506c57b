"""A recogniser that says what the test wants, and an ear on it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from voicecheckin.conversation.messages import Event, Listen, VoiceBegan, VoiceEnded
from voicecheckin.hearing.bargein import FrameContext
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import Samples

BOOK = load()
CONSENT = Listen(("yes", "no"))
TURN = Listen(turn=True, patience=3.0)


@dataclass
class Scripted(Recogniser):
    """A recogniser that believes what it is told, as far as that is allowed."""

    results: list[Recognition]
    name: str = "scripted"
    asked: list[tuple[str, ...]] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        self.asked.append(tuple(phrases))
        self.heard.append(utterance.size / 16_000)
        said = self.results[0] if len(self.results) == 1 else self.results.pop(0)
        return said if said.phrase in (None, *phrases) else Recognition(None, 0.9)


@dataclass
class ByHand:
    """Decides when the test says so."""

    waiting: list[tuple[Callable[[], Recognition], Future[Recognition]]] = field(
        default_factory=list
    )

    def begin(self, decision: Callable[[], Recognition]) -> Future[Recognition]:
        future: Future[Recognition] = Future()
        self.waiting.append((decision, future))
        return future

    def decide(self) -> None:
        for decision, future in self.waiting:
            future.set_result(decision())
        self.waiting.clear()

    def close(self) -> None:
        self.waiting.clear()


def scripted(*results: Recognition) -> Ear:
    return Ear(Scripted(list(results)), BOOK)


def frames(sound: Samples) -> Iterator[Samples]:
    return (sound[start : start + 480] for start in range(0, sound.size - 479, 480))


DURING_TTS = FrameContext(during_tts=True)
SILENT = FrameContext()


def context(speaking: bool) -> FrameContext:
    return DURING_TTS if speaking else SILENT


def events(ear: Ear, sound: Samples, speaking: bool = False) -> list[Event]:
    return [event for frame in frames(sound) for event in ear.hear(frame, context(speaking))]


def meanings(found: list[Event]) -> list[Event]:
    return [event for event in found if not isinstance(event, VoiceBegan | VoiceEnded)]
