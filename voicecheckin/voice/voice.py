"""The device's voice: a sentence in, sound that is ready to be played out."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from voicecheckin.voice.cache import RenderCache, key
from voicecheckin.voice.engine import Engine, Samples
from voicecheckin.voice.polish import polished

RECENT = 32
"""Sentences kept in memory, for a disk that cannot keep them: about ten megabytes."""


class Voice:
    """One engine with its cache; may be asked from several threads, renders one at a time."""

    def __init__(self, engine: Engine, cache: RenderCache | None = None) -> None:
        """Speak with *engine*; without *cache*, only the last few sentences are remembered."""
        self._engine = engine
        self._cache = cache
        self._recent: OrderedDict[str, Samples] = OrderedDict()
        self._rendering = threading.Lock()

    @property
    def name(self) -> str:
        """Engine and voice."""
        return self._engine.name

    def known(self, text: str, tempo: float = 1.0) -> Samples | None:
        """Return the sentence if it need not be rendered."""
        filed = key(self._engine.name, text, tempo)
        found = self._recent.get(filed)
        if found is None and self._cache is not None:
            found = self._cache.get(filed)
        return found

    def has(self, text: str, tempo: float = 1.0) -> bool:
        """Say whether the sentence need not be rendered, without reading it."""
        filed = key(self._engine.name, text, tempo)
        return filed in self._recent or (self._cache is not None and self._cache.has(filed))

    @property
    def keeps(self) -> bool:
        """Whether everything that is rendered is kept on disk."""
        return self._cache is not None and not self._cache.trouble

    def sentence(self, text: str, tempo: float = 1.0) -> Samples:
        """Return the sentence at 16 kHz, evened; EngineMissing if the engine cannot speak."""
        with self._rendering:
            found = self.known(text, tempo)
            if found is None:
                found = polished(self._engine.render(text, tempo))
                self._remember(key(self._engine.name, text, tempo), found)
            return found

    def render_ahead(
        self,
        texts: Sequence[str],
        tempo: float = 1.0,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Render what is not in the cache yet; *progress* is told how many of how many are done.

        It ends early where the disk keeps nothing.
        """
        for done, text in enumerate(texts, 1):
            if not self.keeps:
                return
            if not self.has(text, tempo):
                self.sentence(text, tempo)
            if progress is not None:
                progress(done, len(texts))

    def close(self) -> None:
        """Let the engine go."""
        with self._rendering:
            self._engine.close()

    def _remember(self, filed: str, samples: Samples) -> None:
        if self._cache is not None:
            self._cache.put(filed, samples)
        self._recent[filed] = samples
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
