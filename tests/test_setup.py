"""Getting a device ready, and hearing its voices."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecheckin.cli import main
from voicecheckin.cli.board import Advice, advice, board
from voicecheckin.cli.setup import recommended

pytestmark = pytest.mark.slow

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's settings, voices and cache but the test's own; and no network."""
    for name in ("CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("COLUMNS", "400")


# What suits which board.


@pytest.mark.parametrize(
    ("name", "voice", "ear"),
    [
        ("Raspberry Pi 5 Model B Rev 1.0", "hibari", "whisper"),
        ("Raspberry Pi 4 Model B Rev 1.5", "hibari", "whisper"),
        ("Raspberry Pi 400 Rev 1.0", "hibari", "whisper"),
        ("Raspberry Pi 3 Model B Plus Rev 1.3", "pyttsx3", "small"),
        ("Raspberry Pi Zero 2 W Rev 1.0", "pyttsx3", "small"),
        ("", "hibari", "whisper"),
    ],
)
def test_each_board_gets_what_it_is_quick_enough_for(name: str, voice: str, ear: str) -> None:
    assert advice(name) == Advice(name, voice, ear)


def test_the_board_is_read_from_the_device_tree(tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(b"Raspberry Pi 4 Model B Rev 1.5\0")
    assert board(tmp_path / "model") == "Raspberry Pi 4 Model B Rev 1.5"
    assert board(tmp_path / "nothing") == ""


def test_a_small_board_needs_nothing_more() -> None:
    assert recommended(advice("Raspberry Pi Zero 2 W Rev 1.0")) == (
        "This is a Raspberry Pi Zero 2 W Rev 1.0: the voice pyttsx3 and the ear small suit it."
    )


# Setup.


def test_setup_renders_the_whole_script_ahead(tmp_path: Path, capsys: Captured) -> None:
    assert main(["setup", "--voice", "pyttsx3"]) == 0
    printed = capsys.readouterr().out
    number = int(printed.rpartition("All ")[2].split()[0])
    assert len(list((tmp_path / "cache/voicecheckin/voice").glob("*.flac"))) == number > 400


def test_setup_without_network_says_which_files_go_where(tmp_path: Path, capsys: Captured) -> None:
    assert main(["setup", "--voice", "en_GB-alba-medium"]) == 2
    problem = capsys.readouterr().err
    assert "no network" in problem
    assert "copy en_GB-alba-medium.onnx and en_GB-alba-medium.onnx.json from https://" in problem
    assert f"to {tmp_path}/data/voicecheckin/voices" in problem
    assert problem.count("\n") == 1


def test_a_voice_that_was_copied_by_hand_is_not_fetched(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "data/voicecheckin/voices"
    folder.mkdir(parents=True)
    assert main(["setup", "--voice", "emma"]) == 2
    assert "copy bf_emma.int8.onnx from https://" in capsys.readouterr().err
    (folder / "bf_emma.int8.onnx").write_bytes(b"another file")
    assert main(["setup", "--voice", "hibari:emma"]) == 2
    assert "no network" in capsys.readouterr().err


def test_setup_tells_when_the_disk_keeps_nothing(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "cache").touch()
    assert main(["setup", "--voice", "pyttsx3"]) == 2
    assert "cannot be kept in" in capsys.readouterr().err


# Voices.


def test_voices_are_listed_and_the_one_that_speaks_is_named(capsys: Captured) -> None:
    assert main(["voices"]) == 0
    printed = capsys.readouterr().out
    assert "en-gb-scotland" in printed
    assert "setup --voice NAME fetches emma, fable, fenrir, kore" in printed
    assert "Speaking now: " in printed


@pytest.mark.parametrize("name", ["pyttsx3:en-us", "hibari"])
def test_a_voice_is_heard_in_a_file(name: str, tmp_path: Path) -> None:
    wav = tmp_path / "voice.wav"
    assert main(["voices", "--hear", name, "--wav", str(wav)]) == 0
    samples, rate = soundfile.read(wav)
    assert 3.0 < len(samples) / rate < 20.0
    assert 0.1 < np.abs(samples).max() < 1.0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("voices --hear robot", "There is no voice called 'robot'"),
        ("voices --hear pyttsx3 --wav nowhere/voice.wav", "nowhere/voice.wav cannot be written"),
        ("voices --hear pyttsx3 --wav noext", "Sound is kept as .wav or .flac, not noext."),
        ("voices --hear pyttsx3 --speaker trumpet", "There is no speaker called 'trumpet'"),
        ("setup --voice nix", "There is no voice called 'nix'"),
        ("setup --voice emmma", "There is no voice called 'emmma'"),
        ("voices --hear hibari:emma", "not here yet: voicecheckin setup --voice emma"),
        ("voices --hear hibari:emmma", "did you mean emma?"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(typed: str, words: str, capsys: Captured) -> None:
    assert main(typed.split()) == 2
    shown, problem = capsys.readouterr()
    assert words in problem
    assert problem.count("\n") == 1
    assert not shown or not typed.startswith("setup")  # no advice before a name that is wrong
