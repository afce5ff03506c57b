"""The doctor, on a real sound stack without hardware."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sound_stack import SoundStack, stack
from voicecheckin.cli.doctor import summary
from voicecheckin.content.loader import language_folder
from voicecheckin.content.reading import read
from voicecheckin.doctor.examining import Tried, of_devices, try_pairs, usable
from voicecheckin.doctor.findings import broken, look, ok
from voicecheckin.settings import read_settings

__all__ = ["stack"]

SMALL = ("--voice", "pyttsx3", "--ear", "small")


def loop_back(stack: SoundStack, milliseconds: int) -> None:
    """Let the microphone hear the speaker, that much later."""
    delay = f"latency_msec={milliseconds}"
    stack.pactl("load-module", "module-loopback", "source=speaker.monitor", "sink=room", delay)


def delay_now() -> float:
    """Seconds until the sound card hears itself."""
    microphones, _ = usable("input", "kitchen_table")
    speakers, _ = usable("output", "kitchen_table")
    (tried,) = try_pairs(microphones, speakers)
    assert isinstance(tried, Tried), tried
    return tried.measured.delay or 0.0


def report(stack: SoundStack, *options: str) -> tuple[int, dict[str, str], str]:
    """Run the doctor; return its exit code, the state of each finding, and everything."""
    command = [sys.executable, "-m", "voicecheckin", "doctor", "--json", *SMALL, *options]
    done = subprocess.run(command, env=stack.environment, capture_output=True, text=True)
    states = {one["id"]: one["state"] for one in json.loads(done.stdout)["findings"]}
    return done.returncode, states, done.stdout


def test_a_later_echo_is_measured_later(stack: SoundStack) -> None:
    loop_back(stack, 20)
    before = delay_now()
    stack.pactl("unload-module", "module-loopback")
    loop_back(stack, 400)
    assert delay_now() - before == pytest.approx(0.38, abs=0.25)


def test_it_finds_its_devices_hears_itself_and_remembers(stack: SoundStack, tmp_path: Path) -> None:
    stack.echo()
    file = tmp_path / "settings.toml"
    file.write_text("# ours\n[couple]\ncountry = 'gb'\n")
    options = ("--settings", str(file), "--remember", "--microphone", "kitchen_table")
    code, states, printed = report(stack, *options)
    assert code == (2 if "broken" in states.values() else 0)
    assert {"nobody", "unclear"} & set(states)
    assert not {"unheard", "gone"} & set(states)
    assert json.loads(printed)["measured"]["delay"] > 0.05
    assert file.read_text().startswith("# ours\n[couple]\ncountry = 'gb'\n")
    assert read_settings(file).sound.microphone == "kitchen_table"


def test_a_device_that_does_not_hear_itself_is_broken(stack: SoundStack) -> None:
    options = ("--microphone", "kitchen_table", "--speaker", "kitchen_table")
    code, states, _ = report(stack, *options)
    assert code == 2
    assert states["unheard"] == "broken"
    assert states["silent"] == "look at"


def test_a_card_that_is_missing_is_broken_and_others_are_named(stack: SoundStack) -> None:
    code, _, printed = report(stack, "--microphone", "Jabra")
    assert code == 2
    assert '"state": "broken"' in printed
    assert "USB speakerphone" in printed
    assert "kitchen_table" in printed


def test_a_card_that_stands_still_is_told(stack: SoundStack) -> None:
    microphones, _ = usable("input", "kitchen_table")
    speakers, _ = usable("output", "kitchen_table")
    stack.freeze("room")
    tried = list(try_pairs(microphones, speakers))
    assert len(tried) == 1
    assert "kitchen_table" in str(tried[0])


def test_no_device_at_all_says_what_to_plug_in() -> None:
    assert "USB" in of_devices("input", [], ["There is no microphone on this machine."]).advice


def test_everything_that_can_be_wrong_can_be_said() -> None:
    lines = read(language_folder("en"), "doctor.toml")
    spoken = set(lines.section("spoken"))
    said = summary([look(id, "", "", "") for id in spoken], lines)
    assert len(said) == len(spoken) + 1
    assert summary([ok("a", "", "")], lines) == [lines.text("all_well")]
    assert summary([broken("disk", "", "", "")], lines)[0] == lines.text("broken")


def test_every_finding_has_its_sentence() -> None:
    lines = read(language_folder("en"), "doctor.toml").section("spoken")
    folder = Path(__file__).parents[2] / "voicecheckin"
    sources = [*(folder / "doctor").glob("*.py"), folder / "cli" / "doctor.py"]
    source = "".join(path.read_text() for path in sources)
    for id in lines:
        assert f'"{id}"' in source
