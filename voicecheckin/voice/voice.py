"""The device's voice: a sentence in, sound that is ready to be played out."""

import logging
import math
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from voicecheckin.errors import EngineFailed, VoiceCheckinError
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.cache import RenderCache, key
from voicecheckin.voice.engine import Engine, check
from voicecheckin.voice.postprocess import post_processed
from voicecheckin.voice.time_limit import within

RECENT = 32
"""Sentences kept in memory only: about ten megabytes."""

LIMIT = 12.0
"""Seconds that an engine may take for one sentence in a sitting, loading included."""

CLOSING = 1.0
"""Seconds that an engine may take to be closed, before it is left to itself."""

Report = Callable[[str], None]
"""Takes one plain sentence for the people at the table; it is called from any thread."""

logger = logging.getLogger(__name__)


class Voice:
    """One engine with its cache; may be asked from several threads, renders one at a time.

    An engine that fails in any way is not asked again: from then on, another one speaks.
    """

    def __init__(
        self,
        engine: Engine,
        cache: RenderCache | None = None,
        *,
        local: Callable[[], Engine] | None = None,
        report: Report = logger.warning,
        say: Mapping[str, str] | None = None,
        limit: float = math.inf,
    ) -> None:
        """Speak with *engine*; without *cache*, only the last few sentences are remembered.

        *local* makes the engine that takes over, and *report* is told so. *say* holds words that
        are to be spoken otherwise than they are written. A sentence that takes longer than *limit*
        (seconds) is a failure, too.
        """
        self._engine = engine
        self._cache = cache
        self._local = local
        self._report = report
        self._say = say or {}
        self._limit = limit
        self._lost = False
        self._recent: OrderedDict[str, Samples] = OrderedDict()
        self._rendering = threading.Lock()

    @property
    def name(self) -> str:
        """Engine and voice."""
        return self._engine.name

    @property
    def keeps(self) -> bool:
        """Whether what is prepared is kept on disk."""
        return self._cache is not None and not self._cache.trouble and not self._lost

    def known(self, text: str, tempo: float = 1.0) -> Samples | None:
        """Return the sentence if it need not be rendered."""
        filed = self._filed(text, tempo)
        found = self._recent.get(filed)
        if found is None and self._cache is not None:
            found = self._cache.get(filed)
        return found

    def has(self, text: str, tempo: float = 1.0) -> bool:
        """Say whether the sentence need not be rendered, without reading it."""
        filed = self._filed(text, tempo)
        return filed in self._recent or (self._cache is not None and self._cache.has(filed))

    def is_kept(self, text: str, tempo: float = 1.0) -> bool:
        """Say whether the sentence is on disk."""
        return self._cache is not None and self._cache.has(self._filed(text, tempo))

    def sentence(self, text: str, tempo: float = 1.0) -> Samples:
        """Return the sentence at 16 kHz, evened; EngineFailed if no voice can say it.

        If it has to be rendered now, it stays in memory: the disk must not tell what was said.
        """
        with self._rendering:
            found = self.known(text, tempo)
            return self._rendered(text, tempo) if found is None else found

    def prepare(self, text: str, tempo: float = 1.0) -> None:
        """Have the sentence on disk, if anything is kept there at all."""
        with self._rendering:
            if self._cache is None or not self.keeps or self.is_kept(text, tempo):
                return
            filed = self._filed(text, tempo)
            found = self._recent.get(filed)
            sound = self._rendered(text, tempo) if found is None else found
            if self.keeps:  # another engine may have taken over meanwhile
                self._cache.put(filed, sound)

    def render_ahead(
        self,
        texts: Sequence[str],
        tempo: float = 1.0,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Prepare all of *texts*; *progress* is told how many of how many are done.

        It ends early where the disk keeps nothing.
        """
        for done, text in enumerate(texts, 1):
            if not self.keeps:
                return
            self.prepare(text, tempo)
            if progress is not None:
                progress(done, len(texts))

    def close(self) -> None:
        """Let the engine go, also one that hangs."""
        free = self._rendering.acquire(timeout=CLOSING)
        self._let_go()
        if free:
            self._rendering.release()

    def _filed(self, text: str, tempo: float) -> str:
        return key(self._engine.name, self._spoken(text), tempo)

    def _spoken(self, text: str) -> str:
        """*text* with what is spoken otherwise than it is written."""
        if not self._say:
            return text
        words = "|".join(map(re.escape, self._say))
        return re.sub(rf"\b({words})\b", lambda found: self._say[found[0]], text)

    def _rendered(self, text: str, tempo: float) -> Samples:
        """Render *text*, with the other engine if this one fails; what comes is remembered."""
        try:
            sound = self._attempt(text, tempo)
        except Exception as problem:
            self._change_engines(problem)
            sound = self._by_local(text, tempo)
        self._recent[self._filed(text, tempo)] = sound
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        return sound

    def _attempt(self, text: str, tempo: float) -> Samples:
        """Render *text* in time, or raise whatever is wrong."""
        spoken, engine = self._spoken(text), self._engine
        rendering = within(self._limit, lambda: engine.render(spoken, tempo))
        check(rendering, spoken)
        return post_processed(rendering)

    def _change_engines(self, problem: Exception) -> None:
        """Let the other engine speak from now on; EngineFailed if there is none."""
        failure = _failure(self.name, problem)
        logger.warning("%s", failure)
        if self._local is None or self._lost:
            raise failure from problem
        self._lost = True
        self._let_go()
        try:
            self._engine = self._local()
        except Exception as other:
            raise _failure("that is always there", other) from problem
        self._report(f"{failure} I go on with {self.name.rstrip(':')}.")

    def _by_local(self, text: str, tempo: float) -> Samples:
        found = self.known(text, tempo)
        try:
            return self._attempt(text, tempo) if found is None else found
        except Exception as problem:
            raise _failure(self.name, problem) from problem

    def _let_go(self) -> None:
        """Close the engine, whatever state it is in."""
        try:
            within(CLOSING, self._engine.close)
        except Exception as problem:
            logger.warning("it could not be closed: %s", _failure(self.name, problem))


def _failure(name: str, problem: Exception) -> EngineFailed:
    """What is wrong with the voice called *name*, in one sentence."""
    if isinstance(problem, VoiceCheckinError):
        return EngineFailed(str(problem))
    late = isinstance(problem, TimeoutError)
    why = "it took too long" if late else str(problem).rstrip(".") or type(problem).__name__
    return EngineFailed(f"The voice {name.rstrip(':')} failed: {why}.")
