"""Devices are written into a settings file that people have written too."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.doctor.remembering import remember, with_devices
from voicecheckin.errors import SettingsError
from voicecheckin.settings import read_settings

OURS = """\
# Written by Sam.
[couple]
names = ["Robin", "Sam"]  # as we like it

[sound]
# the old one
microphone = "Blue"   # on the shelf
echo = "none"

[keeping]
days = 30
"""


def test_comments_and_everything_else_stay() -> None:
    changed = with_devices(OURS, "Jabra", "Jabra SPEAK")
    assert changed == OURS.replace('"Blue"', '"Jabra"').replace(
        'echo = "none"\n', 'echo = "none"\nspeaker = "Jabra SPEAK"\n'
    )


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@pytest.mark.parametrize(
    "text", ["", OURS, 'sound.echo = "none"\n', 'sound = {echo = "none"}\n', "[couple]\n"]
)
def test_any_name_can_be_read_again(text: str, name: str) -> None:
    before, after = tomllib.loads(text), tomllib.loads(with_devices(text, name, name))
    assert after["sound"]["microphone"] == after["sound"]["speaker"] == name
    assert after["sound"].get("echo") == before.get("sound", {}).get("echo")
    assert {**after, "sound": 0} == {**before, "sound": 0}


@pytest.mark.parametrize("text", ["[sound", "sound = 3\n", '[sound]\nmicrophone = "'])
def test_a_file_that_is_broken_is_left_alone(text: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(SettingsError):
        remember(path, "Jabra", "Jabra")
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_holds_the_devices_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "voicecheckin" / "settings.toml"
    remember(path, "Jabra", "bcm2835")
    assert read_settings(path).sound.microphone == "Jabra"
    assert read_settings(path).sound.speaker == "bcm2835"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_names_the_lines_to_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match='microphone = "Jabra"'):
        remember(tmp_path / "file" / "settings.toml", "Jabra", "Jabra")
