"""The sentence that was asked for, until it can be played."""

import logging
from concurrent.futures import Future

from voicecheckin.conversation.messages import Speak, Unspoken
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.tts_queue import TtsQueue

LONGEST_RENDERING = 30.0
"""Seconds after which a sentence counts as one that cannot be spoken: longer than two voices need,
one after the other, to fail."""

logger = logging.getLogger(__name__)


class AwaitedSentence:
    """Nothing that a voice does reaches further than this: there is sound, or `Unspoken`."""

    def __init__(self, queue: TtsQueue) -> None:
        self._queue = queue
        self._asked: tuple[Future[Samples], float] | None = None
        self.gain = 0.0
        """By how much it is to be louder than usual (dB)."""

    @property
    def pending(self) -> bool:
        """Whether a sentence is awaited."""
        return self._asked is not None

    def ask(self, sentence: Speak, now: float) -> None:
        """Ask for *sentence* instead of the one before."""
        try:
            future = self._queue.want(sentence.text, sentence.tempo)
        except Exception as problem:
            future = Future()
            future.set_exception(problem)
        self._asked = future, now + LONGEST_RENDERING
        self.gain = sentence.gain

    def forget(self) -> None:
        """Await it no longer."""
        self._asked = None

    def take(self, now: float) -> Samples | Unspoken | None:
        """Return the sentence once it is rendered, or that it never will be; None until then."""
        if self._asked is None:
            return None
        future, until = self._asked
        if not future.done() and now < until:
            return None
        self._asked = None
        try:
            return future.result(timeout=0.0)
        except Exception as problem:
            logger.error("a sentence cannot be spoken: %r", problem)
            return Unspoken()
