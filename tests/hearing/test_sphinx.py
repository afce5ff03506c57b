"""The sphinx ear: one warm decoder that doubts rather than errs, on real voices."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from tests.hearing.voices import in_kitchen, still, voice
from voicecheckin.errors import ContentError
from voicecheckin.hearing.files import utterance_in
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.calibration import Calibration, read_calibration
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.recognisers.sphinx import FEATURES, SphinxEar
from voicecheckin.sound.frames import Samples

pytestmark = pytest.mark.slow

BOOK = load()
PHRASES = ("yes", "no", "not sure", *BOOK.commands)
SAID = {word: word for word in ("yes", "no", "stop", "help")}
CLIPS = ("yes_1", "yes_2", "no_1", "stop_1", "stop_2", "help_1")
OTHERS = ("bird_1", "happy_1", "coffee_1")


@pytest.fixture(scope="module")
def ear() -> SphinxEar:
    return SphinxEar(BOOK)


def acted_on(result: Recognition) -> str | None:
    return None if result.doubt else result.phrase


def far(clip: Samples) -> Samples:
    return in_kitchen(np.concatenate([still(1), clip, still(1)]))


def test_near_the_microphone_it_understands_and_is_never_wrong(ear: SphinxEar) -> None:
    heard = {clip: acted_on(ear.decide(utterance_in(voice(clip)), PHRASES)) for clip in CLIPS}
    meant = {clip: SAID[clip.split("_")[0]] for clip in CLIPS}
    assert {clip: phrase for clip, phrase in heard.items() if phrase} == {
        clip: meant[clip] for clip, phrase in heard.items() if phrase
    }
    assert sum(phrase is not None for phrase in heard.values()) >= 2


def test_across_a_kitchen_it_doubts_rather_than_errs(ear: SphinxEar) -> None:
    for clip in CLIPS[:3]:
        heard = acted_on(ear.decide(utterance_in(far(voice(clip))), PHRASES))
        assert heard in (None, SAID[clip.split("_")[0]])


def test_other_words_are_none_of_ours(ear: SphinxEar) -> None:
    for clip in OTHERS:
        assert acted_on(ear.decide(utterance_in(voice(clip)), PHRASES)) is None


def test_silence_and_a_click_are_nothing(ear: SphinxEar) -> None:
    click = still(0.5)
    click[4000] = 0.5
    for sound in (still(0.5), click, still(0.0)):
        assert acted_on(ear.decide(sound, PHRASES)) is None


def test_the_same_utterance_gets_the_same_verdict_between_others(ear: SphinxEar) -> None:
    first = ear.decide(voice("stop_1"), PHRASES)
    for question in (("one", "two", "three"), ("pass", "go on", "ready"), ("yes", "no")):
        ear.decide(voice("three_1"), question)
    assert ear.decide(voice("stop_1"), PHRASES) == first


def test_nothing_is_written(
    ear: SphinxEar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ear.decide(voice("two_1"), ("one", "two"))
    assert list(tmp_path.iterdir()) == []


def test_a_sitting_takes_little_memory() -> None:
    code = "from tests.hearing.sitting import megabytes; print(megabytes())"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert float(run.stdout) < 100  # 120 are promised for the whole program


def test_the_score_decides_whether_to_act_to_doubt_or_to_drop() -> None:
    one = Calibration(0.0, (1.0,), act=0.8, stop=0.6, doubt=0.4)
    assert one.result("yes", (2.0,)) == Recognition("yes", pytest.approx(0.881, abs=1e-3))
    assert one.result("yes", (1.0,)).doubt
    assert not one.result("stop", (1.0,)).doubt
    assert one.result("yes", (-1.0,)) == Recognition(None, pytest.approx(0.731, abs=1e-3))
    assert one.result(None, ()) == Recognition(None, 1.0)


def test_the_thresholds_say_how_they_were_found() -> None:
    file = Path(__file__).parents[2] / "voicecheckin" / "hearing" / "recognisers" / "sphinx.toml"
    assert "scripts/calibrate-sphinx" in file.read_text(encoding="utf-8")
    assert len(read_calibration().weights) == len(FEATURES)


@pytest.mark.parametrize("text", ["", "bias = 1\n[weights]\n", "bias = [\n", "weights = 3\n"])
def test_broken_thresholds_are_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sphinx.toml"
    file.write_text(text)
    with pytest.raises(ContentError, match=r"sphinx\.toml: the calibration cannot be read"):
        read_calibration(file)


def test_a_question_whose_words_it_cannot_pronounce_is_heard_in_silence(tmp_path: Path) -> None:
    for file in files("voicecheckin.content").joinpath("en", "heard").iterdir():
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / "answers.toml").open("a", encoding="utf-8") as answers:
        answers.write('\n[[odd]]\nsay = ["qqzx"]\n')
    ear = SphinxEar(load("en", tmp_path))
    for allowed in ((), ("odd",)):
        assert ear.decide(utterance_in(voice("yes_1")), allowed).phrase is None
