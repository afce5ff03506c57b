"""When sentences are rendered: at once, or in a worker while sound goes on."""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from voicecheckin.errors import VoiceCheckinError
from voicecheckin.voice.engine import Samples
from voicecheckin.voice.voice import Sentence, Voice


class Teller(Protocol):
    """Delivers sentences as sound, sooner or later."""

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Ask for a sentence that is to be spoken now."""
        ...

    def expect(self, sentences: Sequence[Sentence]) -> None:
        """Name the sentences that will probably be wanted next, the next one first."""
        ...

    def close(self) -> None:
        """Let the voice go."""
        ...


class AtOnce:
    """Renders when asked, and waits for it: repeatable, for rooms without real time."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Return the sentence, rendered by now."""
        future: Future[Samples] = Future()
        future.set_result(self._voice.sentence(text, tempo))
        return future

    def expect(self, sentences: Sequence[Sentence]) -> None:
        """Do nothing: what is to come will be rendered when it is wanted."""

    def close(self) -> None:
        """Let the voice go."""
        self._voice.close()


class Ahead:
    """Renders in one worker thread, and before it is asked: the room never waits for an engine."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._wanted: deque[tuple[Sentence, Future[Samples]]] = deque()
        self._expected: deque[Sentence] = deque()
        self._change = threading.Condition()
        self._closed = False
        self._worker = threading.Thread(target=self._work, daemon=True, name="rendering speech")
        self._worker.start()

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Return the sentence: done at once if it is in the cache, otherwise next in line."""
        future: Future[Samples] = Future()
        found = self._voice.known(text, tempo)
        if found is not None:
            future.set_result(found)
            return future
        with self._change:
            self._wanted.append(((text, tempo), future))
            self._change.notify()
        return future

    def expect(self, sentences: Sequence[Sentence]) -> None:
        """Render these in idle moments, instead of those expected before."""
        with self._change:
            self._expected = deque(sentences)
            self._change.notify()

    def close(self) -> None:
        """Stop the worker after the sentence it is at, and let the voice go."""
        with self._change:
            self._closed = True
            self._change.notify()
        self._worker.join()
        self._voice.close()

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or self._wanted or self._expected)
                if self._closed:
                    return
                if self._wanted:
                    sentence, future = self._wanted.popleft()
                else:
                    sentence, future = self._expected.popleft(), Future()
            self._render(sentence, future)

    def _render(self, sentence: Sentence, future: "Future[Samples]") -> None:
        try:
            future.set_result(self._voice.sentence(*sentence))
        except VoiceCheckinError as error:
            future.set_exception(error)
