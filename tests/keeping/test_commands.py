"""What a person types about what is kept, and the one sentence where it cannot be read."""

from pathlib import Path

import pytest

from tests.keeping.evenings import later, look, sitting
from voicecheckin.cli import main
from voicecheckin.cli.keeping import place_of
from voicecheckin.cli.key import NAME
from voicecheckin.cli.only_sitting import the_only_sitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.settings import read_settings

COMMENTED = """\
# ours
[couple]
names = ["Robin", "Sam"]  # us two

[keeping]
# a while
days = 20
memory = "agreements"
keepsakes = true
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with settings that have comments, and a stick."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # no other test's sitting is open here
    settings = tmp_path / ".config" / "voicecheckin" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(COMMENTED)
    (tmp_path / "stick").mkdir()
    return tmp_path


def here() -> Where:
    """Where the settings say that things are kept."""
    return place_of(read_settings().keeping)


def keep_an_evening() -> None:
    store = SittingStore(here(), later())
    for deed in sitting(1, later(), ("SF1", "SF2")):
        deed(store)


def test_the_key_moves_to_the_stick_and_the_settings_keep_their_comments(home: Path) -> None:
    keep_an_evening()
    before = look(here())
    old = here().key

    assert main(["setup", "--key", str(home / "stick")]) == 0

    key = home / "stick" / NAME
    assert here().key == key
    assert here().stick
    assert not old.exists()
    assert key.stat().st_mode & 0o777 == 0o600
    assert look(here()) == before
    settings = home / ".config" / "voicecheckin" / "settings.toml"
    assert settings.read_text() == f'{COMMENTED}key = "{key}"\n'


def test_setting_up_the_key_once_more_changes_nothing(home: Path) -> None:
    main(["setup", "--key", str(home / "stick")])
    key = (home / "stick" / NAME).read_bytes()
    assert main(["setup", "--key", str(home / "stick")]) == 0
    assert (home / "stick" / NAME).read_bytes() == key


def test_without_a_settings_file_one_is_made(home: Path) -> None:
    settings = home / "new" / "settings.toml"
    settings.parent.mkdir()
    settings.touch()
    assert main(["setup", "--settings", str(settings), "--key", str(home / "stick" / "mine")]) == 0
    assert read_settings(settings).keeping.key == str(home / "stick" / "mine")


def test_a_key_that_opens_nothing_of_ours_is_not_taken_on(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_an_evening()
    old = here().key.read_bytes()
    (home / "stick" / NAME).write_text("voicecheckin-key-1 " + "0" * 64 + "\n")
    assert main(["setup", "--key", str(home / "stick")]) == 2
    assert "does not open what was kept" in capsys.readouterr().err
    assert here().key.read_bytes() == old
    assert not here().stick


def test_where_the_key_is_lost_none_is_made_up(home: Path) -> None:
    keep_an_evening()
    here().key.unlink()
    assert main(["setup", "--key", str(home / "stick")]) == 2
    assert list((home / "stick").iterdir()) == []


def test_a_stick_that_is_not_there_is_called_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup", "--key", str(home / "no stick" / "key")]) == 2
    assert capsys.readouterr().err == (
        f"voicecheckin: There is no folder {home / 'no stick'}. Is the stick plugged in?\n"
    )


def test_settings_that_cannot_be_changed_are_told_line_by_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link that leads nowhere: it is read as no settings, and cannot be written."""
    settings = home / ".config" / "voicecheckin" / "settings.toml"
    settings.unlink()
    settings.symlink_to(home / "gone" / "settings.toml")
    assert main(["setup", "--key", str(home / "stick")]) == 0
    told = capsys.readouterr().out.replace("\n", "")
    assert "under [keeping]" in told
    assert f'key = "{home / "stick" / NAME}"' in told


@pytest.mark.parametrize("command", ["due", "history"])
def test_what_cannot_be_read_is_told_in_one_sentence(
    home: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_an_evening()
    here().key.unlink()
    assert main([command]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "the key is not there" in told.err
    assert told.err.count("\n") == 1


def test_a_page_is_not_written_where_nothing_can_be_read(home: Path) -> None:
    keep_an_evening()
    here().file.write_bytes(b"Dear diary, " * 500)
    assert main(["history", "--html", str(home / "way.html")]) == 2
    assert not (home / "way.html").exists()


def test_what_cannot_be_read_can_be_forgotten(home: Path) -> None:
    keep_an_evening()
    here().file.write_bytes(b"Dear diary, " * 500)
    assert main(["forget"]) == 0
    assert main(["history"]) == 0
    assert not here().file.exists()


def test_where_nothing_is_kept_that_is_what_forgetting_says(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forget"]) == 0
    assert capsys.readouterr().out.startswith("Nothing is kept here.\n")
    keep_an_evening()
    for told in ("All that was kept is forgotten.\n", "Nothing is kept here.\n"):
        assert main(["forget"]) == 0
        assert capsys.readouterr().out.startswith(told)


def test_nothing_is_forgotten_behind_the_back_of_a_sitting(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_an_evening()
    with the_only_sitting():
        assert main(["forget"]) == 2
    told = "voicecheckin: Another sitting is open: say stop there, then try again.\n"
    assert capsys.readouterr().err == told
    assert here().file.exists()


def test_history_shows_days_and_never_a_topic_and_its_page_is_its_owners_alone(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_an_evening()
    page = home / "way.html"
    page.write_text("open to all")
    page.chmod(0o644)
    assert main(["history"]) == 0
    assert main(["history", "--html", str(page)]) == 0
    for shown in (capsys.readouterr().out, page.read_text()):
        assert "1 March 2030" in shown
        assert "SF1" not in shown
        assert "true safety" not in shown
    assert page.stat().st_mode & 0o777 == 0o600


def test_forgetting_without_the_stick_says_that_its_key_is_left(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["setup", "--key", str(home / "stick")])
    keep_an_evening()
    stick = (home / "stick").rename(home / "pulled out")
    capsys.readouterr()
    assert main(["forget"]) == 0
    assert "The key is still on its stick" in capsys.readouterr().out
    stick.rename(home / "stick")
    assert main(["forget"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "All that was kept is forgotten."
    assert f"  {home / '.config/voicecheckin/settings.toml'}" in told  # it was never part of that
