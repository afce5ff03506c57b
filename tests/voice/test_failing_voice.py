"""A voice that fails strands nobody: another one speaks, or the conversation is told."""

import time
from pathlib import Path

import pytest

from tests.voice.engines import FAULTS, Faulty, Murmur
from voicecheckin.errors import EngineFailed, EngineMissing
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.engine import Engine
from voicecheckin.voice.prefetcher import Prefetcher
from voicecheckin.voice.voice import Voice

LIMIT = 1.0

pytestmark = pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")


def gone() -> Engine:
    """A voice that cannot even begin."""
    raise EngineMissing("There is no espeak-ng.")


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_an_engine_does_the_local_voice_says_the_sentence(fault: str) -> None:
    faulty, local, told = Faulty(fault), Murmur("local"), list[str]()
    voice = Voice(faulty, local=lambda: local, report=told.append, limit=LIMIT)
    began = time.monotonic()
    assert voice.sentence("hello", 0.8).any()
    assert time.monotonic() - began < LIMIT + 6.0
    assert local.rendered == [("hello", 0.8)]
    assert len(told) == 1
    assert told[0].startswith(("The voice faulty failed: ", "It has gone. "))
    assert told[0].endswith(" I go on with local.")
    faulty.gate.set()


def test_an_engine_that_failed_is_not_asked_again() -> None:
    faulty, local, told = Faulty("dies"), Murmur("local"), list[str]()
    voice = Voice(faulty, local=lambda: local, report=told.append)
    for text in ("one", "two", "one"):
        assert voice.sentence(text).any()
    assert faulty.asked == ["one"]
    assert [text for text, _ in local.rendered] == ["one", "two"]
    assert len(told) == 1


@pytest.mark.parametrize("local", [gone, lambda: Faulty("gives silence")])
def test_where_no_voice_can_speak_that_is_one_kind_of_error(local: type[Engine]) -> None:
    voice = Voice(Faulty("misses a key"), local=local)
    for _ in range(2):
        with pytest.raises(EngineFailed, match=r"^[A-Z][^.]*\.$"):
            voice.sentence("hello")
    voice.close()


def test_a_prefetcher_lives_on_beside_an_engine_that_hangs() -> None:
    faulty = Faulty("hangs", at="second")
    speech = Prefetcher(Voice(faulty, local=lambda: Murmur("local"), limit=LIMIT))
    speech.expect(["first", "second", "third"])
    assert speech.want("third", 1.0).result(60.0).any()
    assert speech.want("second", 0.8).result(60.0).any()
    speech.close()
    faulty.gate.set()


@pytest.mark.parametrize("fault", ["dies", "leaves the program", "gives None"])
def test_a_prefetcher_lives_on_where_no_voice_can_speak(fault: str) -> None:
    speech = Prefetcher(Voice(Faulty(fault, at="bad"), local=gone))
    speech.expect(["bad one", "bad two"])
    for text in ("bad one", "bad three"):
        with pytest.raises(EngineFailed):
            speech.want(text, 1.0).result(60.0)
    assert speech.want("good", 1.0).result(60.0).any()
    speech.close()


def test_what_another_engine_says_is_not_kept_as_the_chosen_ones(tmp_path: Path) -> None:
    voice = Voice(Faulty("dies", at="two"), RenderCache(tmp_path), local=lambda: Murmur("local"))
    voice.render_ahead(["one", "two", "three"])
    assert len(list(tmp_path.iterdir())) == 1
    assert not voice.keeps
