"""Recorded files, heard as the microphone is."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from tests.hearing.voices import FOLDER, RATE, still, voice, words
from voicecheckin.cli import main
from voicecheckin.errors import SettingsError, UnreadableSound
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.files import hear_file, listen_file, read_sound, utterance_in
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.sound.frames import Samples

pytestmark = pytest.mark.slow

BOOK = load()


@pytest.fixture(scope="module")
def ear() -> Recogniser:
    return choose("small", BOOK)


def saved(folder: Path, sound: Samples, rate: int = RATE, channels: int = 1) -> Path:
    """*sound* as a wav file of that rate."""
    file = folder / "sound.wav"
    resampled = soxr.resample(sound, RATE, rate) if rate != RATE else sound
    soundfile.write(file, np.repeat(resampled[:, None], channels, axis=1), rate)
    return file


def test_a_recorded_yes_is_heard(ear: Recogniser) -> None:
    heard = hear_file(FOLDER / "yes_1.flac", ["yes", "no", "pass"], ear, BOOK)
    assert list(heard) == ["file", "heard", "command", "doubt", "score", "seconds"]
    assert heard["file"] == str(FOLDER / "yes_1.flac")
    assert heard["heard"] in ("yes", None)
    assert heard["command"] is False
    assert isinstance(heard["score"], float)
    assert heard["seconds"] > 0


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (22_050, 2), (44_100, 1), (48_000, 2)])
def test_any_rate_and_any_channels_are_read(tmp_path: Path, rate: int, channels: int) -> None:
    word = voice("stop_1")
    sound = read_sound(saved(tmp_path, word, rate, channels))
    assert sound.dtype == np.float32
    assert sound.size == pytest.approx(word.size, abs=2)


def test_channels_that_cancel_each_other_out_leave_the_louder_one(tmp_path: Path) -> None:
    word = voice("stop_1")
    soundfile.write(tmp_path / "sound.wav", np.stack([-0.9 * word, word], axis=1), RATE)
    assert np.abs(read_sound(tmp_path / "sound.wav") - word).max() < 0.001


def test_samples_that_are_no_numbers_are_dropped(tmp_path: Path) -> None:
    word = voice("stop_1")
    odd = word.copy()
    odd[[100, 200, 300]] = np.inf, -np.inf, np.nan
    soundfile.write(tmp_path / "sound.wav", odd, RATE, subtype="FLOAT")
    heard = read_sound(tmp_path / "sound.wav")
    assert heard[[100, 200, 300]].tolist() == [0, 0, 0]
    assert np.array_equal(heard[400:], word[400:])


def test_one_unreadable_file_does_not_end_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.wav").write_text("yes")
    files = [str(tmp_path / "text.wav"), str(FOLDER / "yes_1.flac")]
    assert main(["hear", *files, "--expect", "yes,no", "--ear", "small"]) == 2
    captured = capsys.readouterr()
    assert "text.wav cannot be heard" in captured.err
    assert [json.loads(line)["file"] for line in captured.out.splitlines()] == files[1:]


def test_a_command_is_told_from_an_answer(ear: Recogniser) -> None:
    heard = [hear_file(FOLDER / f"stop_{n}.flac", ["yes"], ear, BOOK) for n in (1, 2, 3)]
    assert {line["heard"] for line in heard} <= {"stop", None}
    assert all(line["command"] is (line["heard"] is not None) for line in heard)


def test_only_the_utterance_is_judged() -> None:
    sound = np.concatenate([still(3), voice("stop_1"), still(3)])
    assert utterance_in(sound).size < 3 * RATE


def test_a_whisper_is_judged_as_loud_as_a_shout() -> None:
    loud, quiet = (utterance_in(voice("yes_1") * np.float32(gain)) for gain in (1.0, 0.01))
    assert np.abs(loud).max() == pytest.approx(np.abs(quiet).max(), rel=0.3)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.wav", "there is no such file"),
        ("text.wav", "it is no wav or flac file, or not a whole one"),
    ],
)
def test_an_unreadable_file_is_named(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "text.wav").write_text("yes")
    with pytest.raises(UnreadableSound, match=f"{name} cannot be heard: {reason}"):
        read_sound(tmp_path / name)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSound, match="there is no sound in it"):
        read_sound(saved(tmp_path, still(0)))


@pytest.mark.parametrize(
    ("name", "hint"), [("yess", 'did you mean "yes"?'), ("counselor", 'did you mean "therapist"')]
)
def test_an_unknown_expectation_names_the_nearest(ear: Recogniser, name: str, hint: str) -> None:
    with pytest.raises(SettingsError, match=f'"{name}" is no phrase') as caught:
        hear_file(FOLDER / "yes_1.flac", [name], ear, BOOK)
    assert hint in str(caught.value)


def test_a_turn_is_heard_frame_by_frame(tmp_path: Path, ear: Recogniser) -> None:
    talk = voice("talk")
    sound = np.concatenate([still(2), talk[: 4 * RATE], still(3), talk[5 * RATE : 8 * RATE]])
    lines = list(listen_file(saved(tmp_path, sound), ear, BOOK))
    assert [line["event"] for line in lines if line["event"] != "command"][:3] == [
        "silence",
        "voice_began",
        "voice_ended",
    ]
    times = [line["t"] for line in lines]
    assert times == sorted(times)
    silences = [line["seconds"] for line in lines if line["event"] == "silence"]
    # The reader takes a breath at the beginning and the end of what was cut out.
    assert 1.9 < silences[0] < 2.9
    assert 2.9 < silences[1] < 3.7


def test_a_last_silence_is_reported_at_the_end(tmp_path: Path, ear: Recogniser) -> None:
    lines = list(listen_file(saved(tmp_path, words("yes_1", gap=2.0)), ear, BOOK))
    assert lines[-1]["event"] == "silence"
    assert lines[-1]["t"] == pytest.approx(5.0, abs=0.1)
    assert lines[-1]["seconds"] == pytest.approx(2.2, abs=0.4)


def test_nobody_speaks(tmp_path: Path, ear: Recogniser) -> None:
    lines = list(listen_file(saved(tmp_path, still(2)), ear, BOOK))
    assert lines == [{"t": 2.0, "event": "silence", "seconds": 2.0}]
