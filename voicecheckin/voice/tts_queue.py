"""Sentences in, promises of their sound out."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol

import numpy as np

from voicecheckin.errors import VoiceCheckinError
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.bells import bell
from voicecheckin.voice.voice import Voice


class TtsQueue(Protocol):
    """Delivers sentences as sound, sooner or later."""

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Ask for a sentence that is to be spoken now."""
        ...

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Name the sentences that will probably be wanted, in that order and tempo."""
        ...

    def close(self) -> None:
        """Let the voice go."""
        ...


class ImmediateTts:
    """Renders when asked, and waits for it: repeatable, for rooms without real time."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Return the sentence, rendered by now; what is played here is no couple's evening."""
        future: Future[Samples] = Future()
        try:
            self._voice.prepare(text, tempo)
            future.set_result(self._voice.sentence(text, tempo))
        except VoiceCheckinError as problem:
            future.set_exception(problem)
        return future

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Do nothing: what is to come will be rendered when it is wanted."""

    def close(self) -> None:
        """Let the voice go."""
        self._voice.close()


class WithBells:
    """Lets a bell sound before some sentences, and instead of others."""

    def __init__(
        self, queue: TtsQueue, before: Mapping[str, str], instead: Mapping[str, str]
    ) -> None:
        """Let *queue* say the rest; both name the bell for a sentence."""
        self._queue = queue
        self._before = before
        self._instead = instead

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Return the sentence with its bell, or the sound that takes its place."""
        future: Future[Samples] = Future()
        if text in self._instead:
            future.set_result(bell(self._instead[text]))
            return future
        if text not in self._before:
            return self._queue.want(text, tempo)
        first = bell(self._before[text])
        said = self._queue.want(text, tempo)
        said.add_done_callback(lambda done: _follow(future, first, done))
        return future

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Name the sentences that will probably be wanted."""
        self._queue.expect([text for text in texts if text not in self._instead], tempo)

    def close(self) -> None:
        """Let the voice go."""
        self._queue.close()


def _follow(future: "Future[Samples]", first: Samples, said: "Future[Samples]") -> None:
    problem = said.exception()
    if problem is None:
        future.set_result(np.concatenate((first, said.result())))
    else:
        future.set_exception(problem)
