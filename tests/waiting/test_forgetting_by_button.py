"""Forgetting everything by the button, between two sittings."""

from pathlib import Path

import pytest

from voicecheckin.cli.waiting import _forget
from voicecheckin.errors import SoundUnavailable
from voicecheckin.settings import KeepingSettings

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


def test_without_a_voice_the_device_goes_on_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def mute() -> None:
        raise SoundUnavailable("There is no speaker on this machine.")

    _forget(in_the_way(tmp_path), mute)
    assert "There is no speaker on this machine." in caplog.text
