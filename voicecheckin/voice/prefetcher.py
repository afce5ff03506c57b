"""Renders in a thread of its own, and before it is asked: the room never waits for an engine."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from voicecheckin.errors import EngineFailed, VoiceCheckinError
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.voice import Voice

NEXT = 8
"""Sentences rendered ahead of the one that is wanted, in memory."""

LONGEST_GOODBYE = 2.0
"""Seconds to wait for the sentence that is being rendered, when it is not wanted any more."""

Progress = Callable[[int], None]
"""Is told, after each sentence that was prepared, how many are left; 0 at the end."""


logger = logging.getLogger(__name__)


class Prefetcher:
    """First what is wanted, then what comes next, then everything that may ever be said.

    The last of these alone goes to disk, always in the same order and at the same tempo, whatever
    is said in between: so the files tell nothing of an evening.
    """

    def __init__(self, voice: Voice, progress: Progress | None = None) -> None:
        """Render with *voice*, and tell *progress* how far it is, from the worker's thread."""
        self._voice = voice
        self._progress = progress or (lambda left: None)
        self._wanted: deque[tuple[str, float, Future[Samples]]] = deque()
        self._next: deque[tuple[str, float]] = deque()
        self._all: deque[tuple[str, float]] = deque()
        self._texts: tuple[str, ...] = ()
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
                self._wanted.append((text, tempo, future))
            self._look_ahead(text, tempo)
            self._change.notify()
        return future

    def expect(self, texts: Sequence[str], tempo: float = 1.0) -> None:
        """Render all of these in idle moments."""
        with self._change:
            self._texts = tuple(texts)
            self._all = deque((text, tempo) for text in self._texts)
            if not self._voice.keeps:
                self._next = deque((text, tempo) for text in self._texts[:NEXT])
            self._change.notify()

    def close(self) -> None:
        """Stop the worker after the sentence it is at, and let the voice go."""
        with self._change:
            self._closed = True
            self._change.notify()
        self._worker.join(LONGEST_GOODBYE)
        self._voice.close()

    def _look_ahead(self, text: str, tempo: float) -> None:
        if text in self._texts:
            here = self._texts.index(text) + 1
            self._next = deque((one, tempo) for one in self._texts[here : here + NEXT])

    def _work(self) -> None:
        while self._wait():
            try:
                self._go_on()
            except Exception as problem:  # whoever wants such a sentence will be told
                logger.warning("nothing is rendered ahead any more: %r", problem)
                with self._change:
                    self._all.clear()
                    self._next.clear()
        self._progress(0)

    def _wait(self) -> bool:
        """Wait until there is anything to do; False at the end."""
        with self._change:
            self._change.wait_for(lambda: self._closed or self._wanted or self._next or self._all)
            return not self._closed

    def _go_on(self) -> None:
        """Render one sentence."""
        with self._change:
            wanted = self._wanted.popleft() if self._wanted else None
            soon = self._next.popleft() if self._next and wanted is None else None
        if wanted is not None:
            text, tempo, future = wanted
            _deliver(future, lambda: self._voice.sentence(text, tempo))
        elif soon is not None:
            if not self._voice.has(*soon):
                self._voice.sentence(*soon)
        else:
            self._prepare()

    def _prepare(self) -> None:
        """Have one sentence more on disk, or stop where nothing is kept there."""
        with self._change:
            text, tempo = self._all.popleft()
            if not self._voice.keeps:
                self._all.clear()
            left = len(self._all)
        if self._voice.keeps and not self._voice.is_kept(text, tempo):
            self._voice.prepare(text, tempo)
            self._progress(left)
        elif not left:
            self._progress(0)


def _deliver(future: "Future[Samples]", render: Callable[[], Samples]) -> None:
    """Keep a promise, or tell whoever waits for it that it cannot be kept."""
    try:
        future.set_result(render())
    except VoiceCheckinError as problem:
        future.set_exception(problem)
    except Exception as problem:
        future.set_exception(EngineFailed(f"The voice failed: {problem}"))
