"""`voicecheckin wait` as it is deployed: a process of its own, a sound card made of software.

Faults are real ones: devices vanish, the sound server dies, the computer stands still.
"""

import itertools
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.sound_stack import SoundStack, sound_stack
from tests.told import told
from voicecheckin.keeping.agreed import AgreedMark, AgreedPhrase

COMMAND = Path(sys.executable).parent / "voicecheckin"
FOLLOWED = Path(__file__).parents[1] / "followed.py"
PHRASE = "let's check in"
VOICES = ("en-us+f5", "en-us+f2", "en-gb+f4")
LONGEST = 240.0
"""Seconds that anything may take on a busy machine."""
NOBODY = ("--names", "Robin,Sam", "--ear", "small", "--voice", "pyttsx3", "--pace", "0.5")

Line = dict[str, object]


@pytest.fixture(scope="module")
def stack() -> Iterator[SoundStack]:
    with sound_stack() as running:
        yield running


class Device:
    """A device on the kitchen table, and systemd that looks after it."""

    def __init__(self, stack: SoundStack, folder: Path, *arguments: str) -> None:
        self.stack, self.folder = stack, folder
        lit = arguments[0] != "unlit"
        arguments = arguments if lit else arguments[1:]
        self.events = folder / "events"
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(folder / "notify"))
        self._line.settimeout(LONGEST)
        own = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        settings = folder / "settings.toml"
        settings.write_text('[button]\nusb = "no such button"\n[light]\npin = 17\n')
        self.environment = (
            own
            | stack.variables
            | {"HOME": str(folder), "NOTIFY_SOCKET": str(folder / "notify")}
            | {"WATCHDOG_USEC": "3000000", "XDG_RUNTIME_DIR": str(folder), "FORCE_COLOR": "1"}
            | (
                {"GPIOZERO_PIN_FACTORY": "mock", "GPIOZERO_MOCK_PIN_CLASS": "mockpwmpin"}
                if lit
                else {}
            )
        )
        agreed = AgreedMark(folder / ".local" / "share" / "voicecheckin" / "phrase")
        AgreedPhrase(agreed, PHRASE).answer(date.today(), yes=True)
        self.process = subprocess.Popen(
            [*self._command(*arguments), "--settings", str(settings), *self._last(*arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _command(self, first: str, *more: str) -> list[str]:
        """The installed program; a sitting that is followed, if that is what comes first."""
        if first == "followed":
            return [sys.executable, str(FOLLOWED), *more]
        return [str(COMMAND), first, *more]

    def _last(self, first: str, *_: str) -> list[str]:
        return [str(self.events)] if first == "followed" else ["--events", str(self.events)]

    def told(self, message: str) -> None:
        """Wait until systemd is told *message* anew."""
        self._line.setblocking(False)
        while self._drained():
            pass
        self._line.settimeout(LONGEST)
        while self._line.recv(100).decode() != message:
            pass

    def ready(self) -> None:
        """Wait until it waits."""
        while self._line.recv(100).decode() != "READY=1":
            pass

    def lines(self) -> list[Line]:
        """What the sitting did so far."""
        text = self.events.read_text() if self.events.exists() else ""
        return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]

    def count(self, kind: str) -> int:
        """How often the sitting did this so far."""
        return sum(line["kind"] == kind for line in self.lines())

    def until(self, kind: str, count: int = 1, **more: object) -> list[Line]:
        """Wait until the sitting has done this *count* times; return everything up to then."""
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            lines = self.lines()
            fits = [n for n, line in enumerate(lines) if (line | more | {"kind": kind}) == line]
            if len(fits) >= count:
                return lines[: fits[count - 1] + 1]
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.05)
        raise TimeoutError(f"no {kind} in {self.lines()[-5:]}")

    def microphones(self) -> int:
        """How many streams record."""
        return len(self.stack.pactl("list", "short", "source-outputs").splitlines())

    def until_it_speaks(self) -> None:
        """Listen to the speaker until there is something to be heard."""
        listening = ["parec", "--device=speaker.monitor", "--format=s16le", "--channels=1"]
        with subprocess.Popen(
            listening, env=self.stack.environment, stdout=subprocess.PIPE
        ) as speaker:
            assert speaker.stdout is not None
            until = time.monotonic() + LONGEST
            while not max(map(abs, array("h", speaker.stdout.read(4_410)))) > 1_000:
                assert time.monotonic() < until
            speaker.kill()

    def until_microphones(self, count: int) -> None:
        until = time.monotonic() + LONGEST
        while self.microphones() != count:
            assert time.monotonic() < until
            time.sleep(0.05)

    def say_until_it_begins(self, words: str) -> None:
        """Say *words* as people do: again, and in another voice, if nothing happens."""
        until = time.monotonic() + LONGEST
        for voice in itertools.cycle(VOICES):
            path = self.folder / f"{voice}.wav"
            subprocess.run(["espeak-ng", "-v", voice, "-s", "145", "-w", str(path), words])
            self.stack.say(path).wait()
            heard = time.monotonic() + 4.0
            while time.monotonic() < heard:
                if self.events.exists():
                    return
                time.sleep(0.1)
            assert heard < until

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to end; return its exit code and everything that it had written."""
        self.process.send_signal(number)
        shown, told = self.process.communicate(timeout=LONGEST)
        return self.process.returncode, shown + told

    def goodbye(self) -> bool:
        """Whether the last thing that it said was its short goodbye."""
        last = [line for line in self.lines() if line["kind"] in ("Speak", "SpeechEnded", "Finish")]
        return [line["kind"] for line in last[-3:]] == ["Speak", "SpeechEnded", "Finish"]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._line.close()

    def _drained(self) -> bool:
        try:
            return bool(self._line.recv(100))
        except BlockingIOError:
            return False


@pytest.fixture
def device(stack: SoundStack, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Device]:
    running = Device(stack, tmp_path, *request.param)
    yield running
    running.close()


waits = pytest.mark.parametrize(
    "device", [("wait", "--phrase", PHRASE, *NOBODY, "--verbose")], indirect=True, ids=["phrase"]
)
unlit = pytest.mark.parametrize(
    "device", [("unlit", "wait", "--phrase", PHRASE, *NOBODY)], indirect=True, ids=["no light"]
)
closed = pytest.mark.parametrize(
    "device", [("wait", "--button-only", *NOBODY)], indirect=True, ids=["button only"]
)
sits = pytest.mark.parametrize(
    "device", [("followed", *NOBODY, "--evening", "1")], indirect=True, ids=["sitting"]
)

starts = pytest.mark.parametrize(
    "device",
    [("start", *NOBODY, "--evening", "1", "--verbose")],
    indirect=True,
    ids=["a service"],
)


@waits
def test_a_phrase_begins_and_where_nobody_answers_it_waits_again(device: Device) -> None:
    device.ready()
    device.until_microphones(1)
    device.told("WATCHDOG=1")
    device.say_until_it_begins(PHRASE)
    lines = device.until("Finish")
    assert {line["kind"] for line in lines} <= {"SoundLost", "SoundBack", "Finish"}
    device.until_microphones(1)
    device.told("WATCHDOG=1")
    code, written = device.end()
    assert code == 0
    assert told(written) == []


@closed
def test_sr_34_with_a_closed_microphone_nothing_is_captured_between_sittings(
    device: Device,
) -> None:
    device.ready()
    for _ in range(3):
        device.told("WATCHDOG=1")
        assert device.microphones() == 0
    assert device.end(signal.SIGINT)[0] == 130


@unlit
def test_sr_34_where_no_light_can_shine_no_microphone_waits_for_a_phrase(device: Device) -> None:
    device.ready()
    for _ in range(3):
        device.told("WATCHDOG=1")
        assert device.microphones() == 0
    code, written = device.end()
    assert code == 0
    assert "only where a light shows that it does" in written
    assert "Waiting for the button." in written


@closed
def test_a_crash_writes_nothing_to_the_disk(device: Device) -> None:
    device.ready()
    assert resource.prlimit(device.process.pid, resource.RLIMIT_CORE) == (0, 0)


@waits
def test_a_waiting_device_finds_its_microphone_again(device: Device) -> None:
    device.ready()
    device.until_microphones(1)
    device.stack.unplug()
    device.until_microphones(0)
    device.stack.plug("room", "speaker")
    device.until_microphones(1)
    device.told("WATCHDOG=1")
    assert device.end()[0] == 0


@starts
def test_what_is_no_terminal_is_told_not_a_word(device: Device) -> None:
    """Also not where colours are forced upon it, as they are in some services."""
    device.until_it_speaks()
    code, written = device.end()
    assert code == 0
    assert told(written) == []
    assert device.events.stat().st_mode & 0o777 == 0o600
    kinds = {line["kind"] for line in device.lines()}
    assert kinds <= {"SoundLost", "SoundBack", "Interrupted", "Finish"}
    assert all(set(line) == {"t", "kind"} for line in device.lines())


@starts
def test_a_second_sitting_says_that_another_is_open(device: Device) -> None:
    device.until_it_speaks()
    second = subprocess.run(device.process.args, env=device.environment, capture_output=True)
    assert second.returncode == 2
    last = second.stderr.decode().splitlines()[-1]
    assert last.startswith("voicecheckin: Another sitting is open: say stop there")
    assert device.end()[0] == 0


@sits
def test_a_running_sitting_closes_kindly_when_the_system_goes_down(device: Device) -> None:
    device.until("Speak", step="O0")
    assert device.end()[0] == 0
    assert device.goodbye()


@sits
def test_a_device_that_was_unplugged_asks_the_same_question_again(device: Device) -> None:
    device.until("SpeechEnded", step="O0")
    spoken = device.count("Speak")
    device.stack.unplug()
    device.until("SoundLost")
    device.stack.plug("room", "speaker")
    lines = device.until("SoundBack")
    again = device.until("Speak", count=spoken + 2)
    assert {line["step"] for line in again} == {"O0"}
    assert float(str(again[-1]["t"])) >= float(str(lines[-1]["t"]))
    assert device.end()[0] == 0


@sits
def test_a_sound_server_that_is_started_anew_is_found_again(device: Device) -> None:
    device.until("SpeechEnded", step="O0")
    spoken = device.count("Speak")
    device.stack.stop()
    device.until("SoundLost")
    device.stack.start()
    device.stack.plug()
    device.until("SoundBack")
    again = device.until("Speak", count=spoken + 2)
    assert {line["step"] for line in again} == {"O0"}
    assert device.end()[0] == 0


@sits
def test_a_computer_that_stands_still_for_some_seconds_loses_nothing(device: Device) -> None:
    device.until("SpeechEnded", step="O0")
    device.process.send_signal(signal.SIGSTOP)
    time.sleep(3.0)
    device.process.send_signal(signal.SIGCONT)
    device.until("TimedOut", count=device.count("TimedOut") + 1)
    assert {line["step"] for line in device.lines()} == {"O0"}
    assert device.end()[0] == 0


@sits
@pytest.mark.parametrize("still", [0.3, 1.5], ids=["short ones", "long ones"])
def test_a_storm_of_dropouts_loses_nothing(device: Device, still: float) -> None:
    device.until("SpeechEnded", step="O0")
    device.stack.stutter(8, still)
    lost = device.count("SoundLost")
    lines = device.until("SoundBack", count=lost) if lost else device.lines()
    device.until("TimedOut", count=len([x for x in lines if x["kind"] == "TimedOut"]) + 1)
    assert {line["step"] for line in device.lines()} == {"O0"}
    assert device.end()[0] == 0
    assert device.goodbye()


@sits
def test_a_computer_that_is_far_too_busy_loses_nothing(device: Device) -> None:
    device.until("SpeechEnded", step="O0")
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(16)]
    try:
        time.sleep(10.0)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    device.until("TimedOut", count=device.count("TimedOut") + 1)
    assert {line["step"] for line in device.lines()} == {"O0"}
    assert device.end()[0] == 0
