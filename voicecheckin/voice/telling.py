"""When sentences are rendered: at once, or in a worker while sound goes on."""

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol

import numpy as np

from voicecheckin.errors import VoiceCheckinError
from voicecheckin.voice.bells import bell
from voicecheckin.voice.engine import Samples
from voicecheckin.voice.voice import Voice

NEXT = 8
"""Sentences rendered ahead where there is no disk to keep more of them."""

Progress = Callable[[int], None]
"""Is told, after each sentence that was rendered ahead, how many are left; 0 at the end."""


class Teller(Protocol):
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


class AtOnce:
    """Renders when asked, and waits for it: repeatable, for rooms without real time."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Return the sentence, rendered by now."""
        future: Future[Samples] = Future()
        future.set_result(self._voice.sentence(text, tempo))
        return future

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Do nothing: what is to come will be rendered when it is wanted."""

    def close(self) -> None:
        """Let the voice go."""
        self._voice.close()


class WithBells:
    """Lets a bell sound before some sentences, and instead of others."""

    def __init__(
        self, teller: Teller, before: Mapping[str, str], instead: Mapping[str, str]
    ) -> None:
        """Let *teller* say the rest; both name the bell for a sentence."""
        self._teller = teller
        self._before = before
        self._instead = instead

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Return the sentence with its bell, or the sound that takes its place."""
        future: Future[Samples] = Future()
        if text in self._instead:
            future.set_result(bell(self._instead[text]))
            return future
        if text not in self._before:
            return self._teller.want(text, tempo)
        first = bell(self._before[text])
        said = self._teller.want(text, tempo)
        said.add_done_callback(lambda done: _follow(future, first, done))
        return future

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Name the sentences that will probably be wanted."""
        self._teller.expect([text for text in texts if text not in self._instead], tempo)

    def close(self) -> None:
        """Let the voice go."""
        self._teller.close()


def _follow(future: "Future[Samples]", first: Samples, said: "Future[Samples]") -> None:
    problem = said.exception()
    if problem is None:
        future.set_result(np.concatenate((first, said.result())))
    else:
        future.set_exception(problem)


class Ahead:
    """Renders in one worker thread, and before it is asked: the room never waits for an engine."""

    def __init__(self, voice: Voice, progress: Progress | None = None) -> None:
        """Render with *voice*, and tell *progress* how far it is, from the worker's thread."""
        self._voice = voice
        self._progress = progress or (lambda left: None)
        self._wanted: deque[tuple[str, Future[Samples]]] = deque()
        self._texts: tuple[str, ...] = ()
        self._expected: deque[str] = deque()
        self._tempo = 1.0
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
        with self._change:
            if found is None:
                self._wanted.append((text, future))
            self._go_on_from(text, tempo)
            self._change.notify()
        return future

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Render these in idle moments; then from each wanted sentence on, at its tempo."""
        with self._change:
            self._texts = tuple(texts)
            self._tempo = tempo
            self._expected = deque(self._texts if self._voice.keeps else self._texts[:NEXT])
            self._change.notify()

    def close(self) -> None:
        """Stop the worker after the sentence it is at, and let the voice go."""
        with self._change:
            self._closed = True
            self._change.notify()
        self._worker.join()
        self._voice.close()

    def _go_on_from(self, text: str, tempo: float) -> None:
        """Expect what comes after *text*, and in the end what comes before it."""
        if tempo != self._tempo or (self._expected and text in self._texts):
            here = self._texts.index(text) + 1 if text in self._texts else 0
            order = self._texts[here:] + self._texts[:here]
            self._expected = deque(order if self._voice.keeps else order[:NEXT])
        self._tempo = tempo

    def _work(self) -> None:
        while (asked := self._next()) is not None:
            text, tempo, future = asked
            if future is not None:
                self._render(text, tempo, future)
            elif not self._voice.has(text, tempo):
                self._render(text, tempo, Future())
                self._progress(len(self._expected))
            elif not self._expected:
                self._progress(0)
        self._progress(0)

    def _next(self) -> "tuple[str, float, Future[Samples] | None] | None":
        """Return what to render next, as soon as there is anything; None at the end."""
        with self._change:
            self._change.wait_for(lambda: self._closed or self._wanted or self._expected)
            if self._closed:
                return None
            if self._wanted:
                text, future = self._wanted.popleft()
                return text, self._tempo, future
            return self._expected.popleft(), self._tempo, None

    def _render(self, text: str, tempo: float, future: "Future[Samples]") -> None:
        try:
            future.set_result(self._voice.sentence(text, tempo))
        except VoiceCheckinError as error:
            future.set_exception(error)
