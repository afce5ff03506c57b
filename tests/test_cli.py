"""What a person types, and what comes of it."""

import json
import re
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from voicecheckin import __version__
from voicecheckin.cli import main
from voicecheckin.rooms.people import couples

pytestmark = pytest.mark.usefixtures("own_home")


Captured = pytest.CaptureFixture[str]


# Reading the command line.


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("rehers", "did you mean rehearse?"),
        ("xyz", "There is no command 'xyz'"),
        ("--pace 9", "--pace: the pace must lie between 0.5 and 3, not 9."),
        ("--pace fast", "--pace: 'fast' is not a number"),
        ("--pace nan", "--pace: the pace must lie between"),
        ("--names Robin", "--names: there must be two names"),
        ("--names Robin,", "--names: a name is one word of letters"),
        ("--names Robin,robin", "--names: two different names are needed"),
        ("--evening 10", "--evening: there are 1 to 9"),
        ("--length long", "--length: there is no 'long' here; choose from short, usual"),
        ("--length nonsense", "(see: voicecheckin start --help)"),
        ("--vocie x", "--vocie x (see: voicecheckin start --help)"),
        ("rehearse --vocie x", "--vocie x (see: voicecheckin rehearse --help)"),
        ("script --content ~nobodyx/a", "--content: ~nobodyx/a: nobody of that name"),
        ("setup --key ~nobodyx/a", "~nobodyx/a: nobody of that name"),
        ("--text --country gbr", "--country: a country is two letters"),
        ("card --country zz", "--country: no help lines of ZZ are known here. Known are AU"),
        ("--text", "--text: this needs a screen and a keyboard"),
        ("--text --language xx", "There is no content in 'xx'"),
        ("script --content nowhere", "nowhere: the content cannot be read"),
        ("script --content scripts", "scripts: no folder in it, such as scripts/en, holds"),
        ("--text --settings nowhere.toml", "nowhere.toml: the settings cannot be read"),
        ("--text --events nowhere/events", "The events cannot be written to nowhere/events"),
        ("--unknown", "unrecognized arguments: --unknown"),
        ("--settings nowhere.toml card", "nowhere.toml: the settings cannot be read"),
        ("--verbose --content=nowhere script", "--content: nowhere: the content cannot be read"),
        ("--country gb card", "Put the command first: voicecheckin card ..."),
        ("rehearse --couple nobody", "There is no couple called 'nobody'"),
        ("rehearse --seed -1", "--seed: '-1' is not a whole number"),
        ("rehearse --wav noext", "is kept as .wav or .flac, not noext"),
        ("rehearse --room paper --wav x.wav", "--wav: on paper there is no sound"),
        ("rehearse --room garden", "--room: there is no 'garden' here; choose from kitchen, paper"),
        ("rehearse --voice robot", "There is no voice called 'robot'"),
        ("rehearse --ear trumpet", "trumpet"),
        ("hear --expect yes", "the following arguments are required: FILE"),
        ("hear file.wav --expect yes,,no", "--expect: answers are listed like"),
        ("script --step OX1", "There is no step 'OX1'"),
        ("--text --names Stop,Robin", "'Stop' is a word that the device obeys"),
        ("--text --names Robin,Yes", "'Yes' is a word that the device obeys"),
        ("hear /tmp --expect yes", "/tmp cannot be heard: it is no file."),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(
    typed: str, words: str, capsys: Captured
) -> None:
    assert main(typed.split()) == 2
    out, said = capsys.readouterr()
    assert words in said
    assert said.count("\n") == 1
    assert not out


def test_what_every_command_takes_may_stand_before_it(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[couple]\ncountry = "gb"\n')
    assert main(["--settings", str(path), "--language=en", "card"]) == 0
    assert "0808 2000 247" in capsys.readouterr().out


def test_rehearsing_lists_its_couples_and_what_they_do(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["rehearse", "--help"])
    shown = capsys.readouterr().out
    assert all(name in shown and one.about in shown for name, one in couples().items())


def test_a_broken_settings_file_is_named_with_its_line(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[sitting]\npaec = 1\n")
    assert main(["--settings", str(path), "--text"]) == 2
    assert f"{path}, line 2: there is no 'paec' in [sitting]" in capsys.readouterr().err


def test_the_version_is_told(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"voicecheckin {__version__}\n"


@pytest.mark.parametrize(
    "command",
    ["", "start", "rehearse", "hear", "listen", "script", "diagram", "card"],
)
def test_every_command_has_help_that_fits_the_screen(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command.split(), "--help"])
    assert left.value.code == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


# Rehearsing.


@pytest.mark.parametrize("couple", couples())
def test_every_couple_can_be_watched_on_paper(couple: str, capsys: Captured) -> None:
    assert main(["rehearse", "--room", "paper", "--couple", couple]) == 0
    shown = capsys.readouterr().out
    assert "Good night." in shown
    assert "longest pause" in shown
    assert re.search(r"^ +\d+:\d\d +(Robin|Sam): \w", shown, re.MULTILINE)
    assert ("talks," in shown) is (couple != "passing")
    assert "misheard       │ 0" in shown


def test_names_are_spoken_and_a_seed_repeats_an_evening(capsys: Captured) -> None:
    typed = "rehearse --room paper --couple interrupting --seed 1 --names Zoë,Max"
    assert main(typed.split()) == 0
    first = capsys.readouterr().out
    assert main(typed.split()) == 0
    assert capsys.readouterr().out == first
    assert "Zoë, " in first


def test_an_evening_can_be_watched_with_its_events(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "events"
    typed = f"rehearse --room paper --evening 8 --couple slow --events {path}"
    assert main(typed.split()) == 0
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0]["t"] == 0
    assert [line["t"] for line in lines] == sorted(line["t"] for line in lines)
    assert lines[-1]["kind"] == "Finish"
    assert "U5-gate" in {line["step"] for line in lines}
    assert '"pass"' not in path.read_text()


# Reading.


def test_the_script_can_be_read_in_order(capsys: Captured) -> None:
    assert main(["script"]) == 0
    shown = capsys.readouterr().out
    places = [shown.index(f"\n{step} ") for step in ("O0", "O2", "P1", "SF1", "U5", "F3", "C6")]
    assert places == sorted(places)
    assert "Estimated minutes" in shown
    assert "... 2 s" in shown


def test_one_step_can_be_read_whatever_its_case(capsys: Captured) -> None:
    assert main(["script", "--step", "o2"]) == 0
    assert capsys.readouterr().out.startswith("\nO2 taking part ask C")


def test_the_script_keeps_its_rules(capsys: Captured) -> None:
    assert main(["script", "--check"]) == 0
    assert capsys.readouterr().out.endswith("The script keeps all its rules.\n")


def words_of_ones_own(folder: Path) -> Path:
    with as_file(files("voicecheckin.content")) as shipped:
        shutil.copytree(shipped / "en", folder / "en")
    return folder


def test_help_lines_that_are_never_read_are_told_to_whoever_writes_them(
    tmp_path: Path, capsys: Captured
) -> None:
    ours = words_of_ones_own(tmp_path)
    assert main(["script", "--check", "--content", str(ours)]) == 0
    assert capsys.readouterr().out == "The script keeps all its rules.\n"
    (ours / "en" / "helplines" / "NL.toml").write_text("place = [")
    assert main(["script", "--check", "--content", str(ours)]) == 2
    assert "helplines/NL.toml: this file is not read" in capsys.readouterr().out


def test_without_what_grades_need_all_else_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "textstat", None)  # as where it is not installed
    assert main(["script", "--check"]) == 0
    assert "as far as they were checked. Reading grades need" in capsys.readouterr().out
    ours = words_of_ones_own(tmp_path)
    file = ours / "en" / "safety.toml"
    file.write_text(file.read_text().replace("It can be a small thing.", "It can be"))
    assert main(["script", "--check", "--content", str(ours)]) == 2
    assert "write each sentence on its own" in capsys.readouterr().out


def test_the_map_of_ideas_can_be_read(capsys: Captured) -> None:
    assert main(["script", "--coverage"]) == 0
    shown = capsys.readouterr().out
    assert "S26" in shown
    assert "U7" in shown


def test_the_drawings_are_mermaid(capsys: Captured) -> None:
    assert main(["diagram"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("```mermaid\n") == 2
    assert "stateDiagram-v2" in shown
    assert "flowchart TD" in shown


def test_the_card_names_help_in_the_country_that_is_set(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[couple]\ncountry = "gb"\n')
    assert main(["card", "--settings", str(path)]) == 0
    assert "0808 2000 247" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ("zz", ["no help lines of ZZ are known", "Known are AU, CA,"]),
        ("gb", []),
        ("UK", []),
    ],
)
def test_a_country_without_lines_of_its_own_is_told_whatever_is_done(
    country: str, told: list[str], tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'[couple]\ncountry = "{country}"\n')
    for typed in ("card", "script --step O0", "history", "due"):
        code = main([*typed.split(), "--settings", str(path)])
        beside = capsys.readouterr().err
        assert all(one in beside for one in told)
        assert bool(beside) is bool(told)
        assert (code == 2) is bool(told)
        assert not told or f"{path}, line 2: [couple] country: " in beside


def test_a_country_in_the_settings_spoils_no_evening(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[couple]\ncountry = "zz"\n')
    main(["--text", "--settings", str(path)])  # which needs a terminal, and says so
    told = capsys.readouterr().err.splitlines()
    assert "no help lines of ZZ are known" in told[0]
    assert "the general ones are named" in told[0]
    assert "needs a screen and a keyboard" in told[-1]


def test_everything_can_be_forgotten_whatever_is_wrong_with_the_country(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[couple]\ncountry = "zz"\n[keeping]\nfolder = "/tmp/none"\n')
    assert main(["forget", "--settings", str(path)]) == 0


def test_the_card_without_a_country_tells_how_to_name_one(capsys: Captured) -> None:
    assert main(["card"]) == 0
    shown, beside = capsys.readouterr()
    assert "findahelpline.com" in shown
    assert "voicecheckin card --country gb. Known are AU," in beside
    assert "--country" not in shown


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('content = "nowhere"', "content: nowhere: the content cannot be read"),
        ('names = ["Stop", "Sam"]', "names: 'Stop' is a word that the device obeys"),
    ],
)
def test_what_only_the_content_can_refuse_is_told_with_the_line_of_the_settings(
    line: str, told: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"# ours\n[couple]\n{line}\n")
    assert main(["--text", "--settings", str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"voicecheckin: {path}, line 3: [couple] {told}")


def test_the_united_kingdom_has_its_help_lines_under_both_its_codes(capsys: Captured) -> None:
    cards = []
    for country in ("gb", "uk"):
        assert main(["card", "--country", country]) == 0
        cards.append(capsys.readouterr().out)
    assert cards[0] == cards[1]
