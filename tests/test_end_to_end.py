"""A whole sitting as a couple would have it: the installed command, a sound card, two voices.

The program runs in a process of its own on PulseAudio's null sinks. The two people are `paplay`
in other processes; they know when to speak from the events file alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sound_stack import SoundStack, sound_stack
from voicecheckin.content import load
from voicecheckin.rooms.people import PREFERRED

COMMAND = Path(sys.executable).parent / "voicecheckin"
LONGEST = 900.0
"""Seconds; a short evening at a brisk pace takes about nine minutes."""
VOICES = ("en-us+f3", "en-gb+m3")
CANARY = "canary"
TALK = (
    f"You made tea for me on Sunday morning, and you listened to my story of the {CANARY}.",
    f"I heard that the tea mattered to you, and so did the {CANARY}.",
)
WORDS = ("yes", "no", "ready", "usual", "nothing", "three", "same", "pass", "pause", "go on")
NO_NETWORK = """\
import sys

def refuse(event, details):
    if event == "socket.__new__" and int(details[1]) != 1:
        raise RuntimeError("a network socket was opened")

sys.addaudithook(refuse)
"""

Line = dict[str, object]


@pytest.fixture(scope="module")
def stack() -> Iterator[SoundStack]:
    with sound_stack() as running:
        yield running


class Table:
    """The kitchen table: two people, and a device in a process of its own."""

    def __init__(self, stack: SoundStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self.home = folder / "home"
        self.events = folder / "events"
        for name in ("home", "tmp", "guard", "words"):
            (folder / name).mkdir()
        (folder / "guard" / "sitecustomize.py").write_text(NO_NETWORK)
        self.answers = {step.id: step.answers for step in load().steps}
        self.lines: list[Line] = []
        for who, talk in enumerate(TALK):
            for words in (talk, "repeat", "that's all", *WORDS):
                self._render(words, who)

    def environment(self) -> dict[str, str]:
        """A home of its own, no network, and the sound stack."""
        own = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        return own | {
            **self._stack.variables,
            "HOME": str(self.home),
            "TMPDIR": str(self._folder / "tmp"),
            "PYTHONPATH": str(self._folder / "guard"),
            "PYTHONUNBUFFERED": "1",
        }

    def say(self, words: str, who: int | None) -> None:
        """Let one of the two say *words*; returns when they have been said."""
        self._stack.say(self._file(words, who or 0)).wait()

    def files(self) -> dict[str, int]:
        """Every file that the program could have written, with its size; rendered speech apart."""
        found = [*self.home.rglob("*"), *(self._folder / "tmp").rglob("*")]
        return {
            str(path.relative_to(self._folder)): path.stat().st_size
            for path in found
            if path.is_file() and path.parent.name != "voice"
        }

    @contextmanager
    def device(self, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """Run `voicecheckin` with *arguments*."""
        process = subprocess.Popen(
            [str(COMMAND), *arguments],
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def follow(self, process: "subprocess.Popen[str]") -> Iterator[Line]:
        """Every line of the events file, as it is written, until the program ends."""
        until = time.monotonic() + LONGEST
        seen = 0
        while time.monotonic() < until:
            ended = process.poll() is not None
            text = self.events.read_text() if self.events.exists() else ""
            whole = text[: text.rfind("\n") + 1].splitlines()
            for line in whole[seen:]:
                self.lines.append(json.loads(line))
                yield self.lines[-1]
            seen = len(whole)
            if ended:
                return
            time.sleep(0.02)
        raise TimeoutError("the sitting did not come to an end")

    def _render(self, words: str, who: int) -> None:
        command = ["espeak-ng", "-v", VOICES[who], "-s", "150"]
        subprocess.run([*command, "-w", str(self._file(words, who)), words], check=True)

    def _file(self, words: str, who: int) -> Path:
        return self._folder / "words" / f"{who}-{abs(hash(words))}.wav"


class Couple:
    """Two people who know what they want to say, and wait until it is their turn."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._ahead = {"O3-ready": ["pause", "go on", "repeat", "ready"]}
        self._talked: set[tuple[object, object, object]] = set()

    def hear(self, line: Line) -> None:
        """Answer what the device asks, and speak when it is one's turn."""
        step, who = str(line["step"]), line.get("floor")
        person = who if isinstance(who, int) else None
        if line["kind"] == "SpeechEnded" and (self._ahead.get(step) or [""])[0] == "go on":
            self._ahead[step].pop(0)
            self._table.say("go on", person)
        if line["kind"] != "Listen":
            return
        if line["turn"]:
            self._take_turn(step, person, bool(line["answers"]))
        elif line["answers"]:
            self._table.say(self._answer(step), person)

    def _answer(self, step: str) -> str:
        if self._ahead.get(step):
            return self._ahead[step].pop(0)
        answers = self._table.answers[step] or ("yes",)
        return next(answer for answer in PREFERRED if answer in answers)

    def _take_turn(self, step: str, who: int | None, asked_for_more: bool) -> None:
        if asked_for_more:
            self._table.say("no", who)
        elif step == "P1":
            self._table.say(TALK[who or 0], who)
        else:
            self._table.say("pass", who)


def open_network_sockets(process: int) -> set[str]:
    """Internet sockets that *process* holds, by inode, whichever library opened them."""
    held = {
        os.readlink(link) for link in Path(f"/proc/{process}/fd").iterdir() if link.is_symlink()
    }
    known = {
        row.split()[9]
        for table in ("tcp", "tcp6", "udp", "udp6")
        for row in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]
    }
    return {inode for inode in known if f"socket:[{inode}]" in held}


def asked_in_turn(lines: list[Line], step: str) -> list[object]:
    """Who was asked, after a turn in *step*, whether it had been heard."""
    listens = [line for line in lines if line["kind"] == "Listen" and line["step"] == step]
    return [line["floor"] for line in listens if line["answers"] == 3 and not line["turn"]]


def between_pause_and_going_on(lines: list[Line]) -> list[Line]:
    """What happened from the first command heard until the second, its first effect apart."""
    heard = [number for number, line in enumerate(lines) if line["kind"] == "Heard"]
    return lines[heard[0] + 2 : heard[1]]


def test_a_couple_is_guided_through_an_evening(stack: SoundStack, tmp_path: Path) -> None:
    table = Table(stack, tmp_path)
    couple = Couple(table)
    arguments = ("--evening", "1", "--length", "short", "--pace", "0.5", "--verbose")
    with table.device(*arguments, "--events", str(table.events)) as device:
        before = table.files()
        for line in table.follow(device):
            if line["kind"] == "Listen" and device.poll() is None:
                assert not open_network_sockets(device.pid)
            couple.hear(line)
        captions, log = device.communicate()
    assert device.returncode == 0, log
    kinds = [line["kind"] for line in table.lines]
    spoken = list(dict.fromkeys(line["step"] for line in table.lines if line["kind"] == "Speak"))
    assert spoken[0] == "O-names"
    assert spoken[-1] == "C6"
    assert kinds[-1] == "Finish"
    assert {"O0", "O2a", "O2b", "O3", "O4", "A1", "P1", "SF1", "R1", "C1", "C5"} <= set(spoken)
    assert asked_in_turn(table.lines, "P1") == [0, 1]
    assert kinds.count("Heard") >= 3
    assert not [
        line for line in between_pause_and_going_on(table.lines) if line["kind"] == "Listen"
    ]
    assert table.files() == before
    assert "Good night." in captions
    assert CANARY not in captions + log
