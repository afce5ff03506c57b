"""The voice with its cache, and when it renders."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.voice.engines import Murmur
from voicecheckin.errors import EngineFailed
from voicecheckin.voice.bells import bell
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.engine import Rendering
from voicecheckin.voice.prefetcher import Prefetcher
from voicecheckin.voice.tts_queue import ImmediateTts, WithBells
from voicecheckin.voice.voice import Voice


def test_a_sentence_is_rendered_once_and_sounds_the_same_ever_after(tmp_path: Path) -> None:
    murmur = Murmur()
    before = Voice(murmur, RenderCache(tmp_path))
    before.prepare("hello")
    first = before.sentence("hello")
    again = Voice(murmur, RenderCache(tmp_path)).sentence("hello")
    assert np.array_equal(first, again)
    assert murmur.rendered == [("hello", 1.0)]


def test_another_tempo_is_another_rendering(tmp_path: Path) -> None:
    voice = Voice(Murmur(), RenderCache(tmp_path))
    assert len(voice.sentence("hello", 0.8)) > len(voice.sentence("hello", 1.0))


def test_without_a_disk_the_last_sentences_are_still_remembered() -> None:
    murmur = Murmur()
    voice = Voice(murmur)
    for text in ("one", "two", "one"):
        voice.sentence(text)
    assert murmur.rendered == [("one", 1.0), ("two", 1.0)]


def test_rendering_ahead_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    voice = Voice(Murmur(), RenderCache(tmp_path))
    voice.render_ahead(["a", "b"], 0.9, lambda done, all_: told.append((done, all_)))
    assert told == [(1, 2), (2, 2)]
    assert voice.has("b", 0.9)
    assert voice.known("b", 0.9) is not None
    assert not voice.has("b")
    assert voice.known("c") is None


def test_a_queue_without_real_time_has_the_sentence_at_once() -> None:
    speech = ImmediateTts(Voice(Murmur()))
    speech.expect(["later"])
    assert speech.want("now", 1.0).done()
    speech.close()


def test_a_bell_sounds_before_its_sentence_and_a_breath_instead_of_words() -> None:
    murmur = Murmur()
    speech = WithBells(ImmediateTts(Voice(murmur)), {"back": "sound_back"}, {"in": "breath_in"})
    speech.expect(["back", "in"])
    alone, said = bell("sound_back"), Voice(murmur).sentence("back")
    assert np.array_equal(speech.want("back", 1.0).result(), np.concatenate((alone, said)))
    assert np.array_equal(speech.want("in", 1.0).result(), bell("breath_in"))
    assert np.array_equal(speech.want("other", 1.0).result(), Voice(murmur).sentence("other"))
    assert "in" not in [text for text, _ in murmur.rendered]
    speech.close()


def test_an_engine_that_fails_behind_a_bell_says_so() -> None:
    murmur = Murmur()
    murmur.broken = True
    speech = WithBells(Prefetcher(Voice(murmur)), {"back": "sound_back"}, {})
    with pytest.raises(EngineFailed, match="gone"):
        speech.want("back", 1.0).result(60.0)
    speech.close()


def test_a_sentence_that_is_wanted_overtakes_those_that_are_expected() -> None:
    murmur = Gated()
    speech = Prefetcher(Voice(murmur))
    speech.expect(["first", "second"])
    assert murmur.begun.wait(60.0)
    wanted = speech.want("now", 1.0)
    murmur.gate.set()
    assert wanted.result(60.0).any()
    assert [text for text, _ in murmur.rendered][:2] == ["first", "now"]
    speech.close()


def test_what_was_expected_is_there_when_it_is_wanted(tmp_path: Path) -> None:
    voice = Voice(Murmur(), RenderCache(tmp_path))
    speech = Prefetcher(voice)
    speech.expect(["soon", "later"])
    until(lambda: voice.is_kept("later"))
    assert speech.want("soon", 1.0).done()
    speech.close()


def test_rendering_ahead_tells_how_many_are_left(tmp_path: Path) -> None:
    told: list[int] = []
    voice = Voice(Murmur(), RenderCache(tmp_path))
    voice.prepare("known")
    speech = Prefetcher(voice, told.append)
    speech.expect(["one", "two", "known"])
    until(lambda: voice.is_kept("two") and told[-1:] == [0])
    speech.close()
    assert told == [2, 1, 0, 0]


def test_another_tempo_is_rendered_ahead_from_there_on_and_never_kept(tmp_path: Path) -> None:
    murmur = Murmur()
    voice = Voice(murmur, RenderCache(tmp_path))
    speech = Prefetcher(voice)
    texts = ["one", "two", "three", "four"]
    speech.expect(texts)
    until(lambda: voice.is_kept("four"))
    speech.want("two", 0.8)
    until(lambda: voice.has("four", 0.8))
    speech.close()
    assert [text for text, tempo in murmur.rendered if tempo == 0.8] == ["two", "three", "four"]
    assert len(list(tmp_path.iterdir())) == len(texts)


def test_words_are_spoken_as_the_couple_says_them() -> None:
    murmur = Murmur()
    voice = Voice(murmur, say={"Siobhan": "Shivawn", "Sam": "Samm"})
    voice.sentence("Siobhan, Sam's turn; a sample, Siobhans.")
    assert murmur.rendered[0][0] == "Shivawn, Samm's turn; a sample, Siobhans."


def test_an_engine_that_fails_says_so_to_whoever_wanted_the_sentence() -> None:
    murmur = Murmur()
    murmur.broken = True
    speech = Prefetcher(Voice(murmur))
    with pytest.raises(EngineFailed, match="gone"):
        speech.want("now", 1.0).result(60.0)
    murmur.broken = False
    assert speech.want("now", 1.0).result(60.0).any()
    speech.close()


def until(ready: Callable[[], bool]) -> None:
    """Wait until a worker has got that far."""
    for _ in range(6000):
        if ready():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never got that far")


class Gated(Murmur):
    """Waits at a gate before its first sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gate = threading.Event(), threading.Event()

    def render(self, text: str, tempo: float) -> Rendering:
        """Render once the gate is open."""
        self.begun.set()
        assert self.gate.wait(60.0)
        return super().render(text, tempo)
