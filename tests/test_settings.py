"""Settings are read whole, or refused in one sentence."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecheckin.errors import SettingsError
from voicecheckin.settings import Settings, check_names, check_pace, read_settings

GOOD = """
[couple]
names = ["Robin", "Sam"]
country = "gb"

[sitting]
pace = 2

[voice]
say = { Siobhan = "Shivawn" }

[sound]
microphone = "Jabra"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(written(folder, text))
    return str(caught.value)


def test_what_is_not_set_keeps_its_default(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, GOOD))
    assert settings.couple.names == ("Robin", "Sam")
    assert settings.sitting.pace == 2.0
    assert settings.voice.say == {"Siobhan": "Shivawn"}
    assert settings.sound.microphone == "Jabra"
    assert settings.keeping == Settings().keeping


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()


def test_the_usual_file_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_settings() == Settings()


def test_the_usual_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "voicecheckin").mkdir()
    written(tmp_path / "voicecheckin", GOOD)
    assert read_settings().couple.country == "gb"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[sitting]\npaec = 1.0\n", 2, "did you mean 'pace' in [sitting]?"),
        ("[sitting]\nnames = []\n", 2, "did you mean 'names' in [couple]?"),
        ("[sitting]\nevening = 3\n", 2, "it is said each time: voicecheckin --evening 3"),
        ("\n[siting]\npace = 1\n", 2, "did you mean [sitting]?"),
        ("pace = 1\n", 1, "did you mean 'pace' in [sitting]?"),
        ("couple = 3\n", 1, "couple is a group: [couple]."),
        ("[sitting]\npace = 'slow'\n", 2, "[sitting] pace: it must be a number."),
        ("[sitting]\npace = true\n", 2, "[sitting] pace: it must be a number."),
        ("[sitting]\npace = 7\n", 2, "the pace must lie between 0.5 and 3, not 7."),
        ("[sitting]\npace = nan\n", 2, "the pace must lie between 0.5 and 3, not nan."),
        ("[keeping]\ndays = 2.5\n", 2, "[keeping] days: it must be a whole number."),
        ("[keeping]\ndays = 0\n", 2, "days must lie between 1 and 30, not 0."),
        ("[keeping]\ndays = 365\n", 2, "days must lie between 1 and 30, not 365."),
        ('[keeping]\nmemory = "all"\n', 2, "memory is nothing, dates or agreements, not 'all'."),
        ("[couple]\nnames = 'Robin'\n", 2, "[couple] names: it must be a list of texts"),
        ("[couple]\n\nnames = ['Robin']\n", 3, "there must be two names"),
        ("[couple]\ncountry = 'Britain'\n", 2, "a country is two letters"),
        ("[couple]\nlanguage = 'english'\n", 2, "a language is two letters"),
        ("[voice]\nsay = 'Shivawn'\n", 2, "[voice] say: it must be words in braces"),
        ("[voice]\nsay = { Siobhan = 3 }\n", 2, "[voice] say: it must be words in braces"),
        ("[voice]\nsay = { Siobhan = '' }\n", 2, "a name that is said otherwise is one word"),
        ("[sitting]\nlength = 'long'\n", 2, "the length is short or usual, not 'long'."),
        ("[inviting]\nhours = ['6 pm', '9 pm']\n", 2, "hours look like"),
        ("[inviting]\nhours = ['18:00']\n", 2, "hours look like"),
        ("[inviting]\nhours = ['18:00', '18:00']\n", 2, "different times"),
        ("[inviting]\nhours = ['18:00+01:00', '21:00']\n", 2, "hours have no time zone"),
        ("[keeping]\nfolder = '~nobodyx/y'\n", 2, "~nobodyx/y: nobody of that name"),
        ("[keeping]\nkey = '~nobodyx/y'\n", 2, "~nobodyx/y: nobody of that name"),
        ("[couple]\ncontent = '~nobodyx/y'\n", 2, "~nobodyx/y: nobody of that name"),
        ('[keeping]\nfolder = "/tmp/a\\u0000b"\n', 2, "[keeping] folder: it holds a sign (NUL)"),
        ("[couple]\nzzz = 1\n", 2, "there are [couple], [sitting]"),
        ("[[couple]]\nnames = 1\n", 1, "couple is a group"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    said = complaint(tmp_path, text)
    assert f"settings.toml, line {line}: " in said
    assert words in said


def test_a_broken_file_is_named_with_its_place(tmp_path: Path) -> None:
    said = complaint(tmp_path, "[sitting\n")
    assert "settings.toml: this is not a settings file (TOML)" in said
    assert "line 1" in said


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 5000, b"a = 1" + b"0" * 6000])
def test_bytes_that_are_no_settings_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        read_settings(path)


def test_a_file_that_is_not_there_is_refused_when_it_was_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        read_settings(tmp_path / "nowhere.toml")


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is a directory"):
        read_settings(tmp_path)


@pytest.mark.parametrize("names", [("Robin", "Sam"), ("Zoë", "O'Neil"), ("Jean-Luc", "S" * 20)])
def test_names_that_can_be_spoken_are_taken(names: tuple[str, str]) -> None:
    check_names(names)


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("Robin",),
        ("Robin", "Sam", "Kim"),
        ("Robin", ""),
        ("Robin", "  "),
        ("Robin", "robin"),
        ("Robin", "{other}"),
        ("Robin", "4711"),
        ("Robin", "S\nam"),
        ("Robin", "S" * 21),
        ("Robin", "Fat Pig"),
        ("Robin", "Jo B."),
        ("Robin", "-Sam"),
        ("Robin", "O''Neil"),
    ],
)
def test_names_that_cannot_be_spoken_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError):
        check_names(names)


@pytest.mark.parametrize("pace", [0.49, 3.01, -1.0, float("nan"), float("inf")])
def test_a_pace_that_nobody_could_follow_is_refused(pace: float) -> None:
    with pytest.raises(SettingsError, match="pace must lie between"):
        check_pace(pace)


SOURCE = GOOD.encode()


def outcome(path: Path, content: bytes) -> str:
    """What is said about *content*; empty if it was read."""
    path.write_bytes(content)
    try:
        read_settings(path)
    except SettingsError as error:
        return str(error)
    return ""


@settings(deadline=None)
@given(at=st.integers(0, len(SOURCE) - 1), bit=st.integers(0, 7), end=st.integers(0, len(SOURCE)))
def test_a_damaged_file_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int, end: int
) -> None:
    damaged = bytearray(SOURCE)
    damaged[at] ^= 1 << bit
    said = outcome(tmp_path_factory.getbasetemp() / "damaged.toml", bytes(damaged[:end]))
    assert re.fullmatch(r"[^\n]*", said)


@settings(deadline=None)
@given(text=st.text())
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    said = outcome(path, text.encode("utf-8", "replace"))
    assert not said or said.startswith(str(path))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "settings.toml"
    os.mkfifo(pipe)
    with pytest.raises(SettingsError, match="this is no file"):
        read_settings(pipe)


def test_a_mark_that_some_editors_put_first_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[sitting]\npace = 1.5\n", encoding="utf-8-sig")
    assert read_settings(path).sitting.pace == 1.5
