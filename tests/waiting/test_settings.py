"""What may be set for a device that waits, and what is refused in one sentence."""

from pathlib import Path

import pytest

from voicecheckin.cli import main
from voicecheckin.errors import SettingsError
from voicecheckin.settings import read_settings

DEVICE = """\
[waiting]
phrase = "let's check in"
[button]
pin = 17
usb = "Enter Button"
[light]
pin = 27
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_phrase_button_and_light_are_read(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, DEVICE))
    assert settings.waiting.phrase == "let's check in"
    assert (settings.button.pin, settings.button.usb) == (17, "Enter Button")
    assert settings.light.pin == 27


def test_left_out_the_microphone_stays_closed_between_sittings(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, ""))
    assert settings.waiting.phrase == ""
    assert (settings.button.pin, settings.button.usb, settings.light.pin) == (0, "", 0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[waiting]\nphrase = "begin"', r"line 2: \[waiting\] phrase: a phrase is 2 to 6 words"),
        ('[waiting]\nphrase = "a - b"', "a phrase is 2 to 6 words"),
        ("[button]\npin = 28", r"line 2: \[button\] pin: pin must lie between 1 and 27"),
        ("[light]\npin = -1", "or be 0 for none"),
        ("[light]\ncolour = 3", "there is no 'colour'"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        read_settings(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "arguments", "problem"),
    [
        ("", (), "Nothing could begin a sitting"),
        (DEVICE, ("--button-only", "--settings", "{empty}"), "Nothing could begin a sitting"),
        ("", ("--phrase", "hello"), "--phrase: a phrase is 2 to 6 words"),
        ("", ("--phrase", "let's check in"), "only where a light shows that it does"),
        ("", ("--phrase", "hello xyzzyq"), "--phrase: the ear cannot pronounce 'xyzzyq'"),
        (
            '[waiting]\nphrase = "hello xyzzyq"\n',
            (),
            "settings.toml, line 2: [waiting] phrase: the ear cannot pronounce 'xyzzyq'",
        ),
        ("[waiting", (), "this is not a settings file"),
    ],
)
def test_a_device_that_could_never_begin_says_so_at_once(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    text: str,
    arguments: tuple[str, ...],
    problem: str,
) -> None:
    path = written(tmp_path, text)
    (tmp_path / "empty").write_text("")
    given = [word.format(empty=tmp_path / "empty") for word in arguments]
    assert main(["wait", "--settings", str(path), *given]) == 2
    shown = capfd.readouterr().err
    assert problem in shown
    assert "Traceback" not in shown
    assert len(shown.strip().splitlines()) == 1
