"""Forgetting everything by the button, between two sittings."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.sound_stack import SoundStack, stack
from voicecheckin.cli.assembly import say_line
from voicecheckin.cli.waiting import _forget
from voicecheckin.conversation.wording import NOT_FORGOTTEN
from voicecheckin.errors import SoundUnavailable
from voicecheckin.settings import KeepingSettings, Settings, VoiceSettings

__all__ = ["stack"]

pytestmark = pytest.mark.usefixtures("own_home")


def keeping(folder: Path) -> KeepingSettings:
    return KeepingSettings(folder=str(folder / "data"), key=str(folder / "key"))


def test_what_is_forgotten_is_forgotten_without_a_word(tmp_path: Path) -> None:
    told: list[str] = []
    _forget(keeping(tmp_path), lambda: told.append("not forgotten"))
    assert told == []


def in_the_way(folder: Path) -> KeepingSettings:
    """A folder stands where the file was, so it cannot be removed."""
    (folder / "data" / "kept").mkdir(parents=True)
    return keeping(folder)


def test_sr_33_what_cannot_be_deleted_is_said_aloud(tmp_path: Path) -> None:
    told: list[str] = []
    _forget(in_the_way(tmp_path), lambda: told.append("not forgotten"))
    assert told == ["not forgotten"]


def test_the_sentence_is_heard(stack: SoundStack, tmp_path: Path) -> None:
    listening = ["parec", "--device=speaker.monitor", "--format=s16le", "--channels=1"]
    with (
        (tmp_path / "heard").open("wb") as heard,
        subprocess.Popen(listening, env=stack.environment, stdout=heard) as speaker,
    ):
        say_line(Settings(voice=VoiceSettings("pyttsx3")), NOT_FORGOTTEN)
        speaker.terminate()
    samples = np.fromfile(tmp_path / "heard", np.int16)
    assert np.abs(samples.astype(np.int32)).max() > 1_000


def test_without_a_voice_the_device_goes_on_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def mute() -> None:
        raise SoundUnavailable("There is no speaker on this machine.")

    _forget(in_the_way(tmp_path), mute)
    assert "There is no speaker on this machine." in caplog.text
