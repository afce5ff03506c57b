"""A whole sitting as a couple would have it: the program, a sound card, two voices.

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

from tests.followed import short_script
from tests.sound_stack import SoundStack, sound_stack
from tests.told import told
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.rooms.people import PREFERRED
from voicecheckin.settings import CoupleSettings

FOLLOWED = Path(__file__).parent / "followed.py"
LONGEST = 900.0
"""Seconds; the short evening takes about five minutes."""
MOMENT = 0.7
"""Seconds in which nothing happens, before somebody speaks."""
PATIENCE = 6.0
"""Seconds to wait for an answer of the device, before one says it again."""
LOST = 25.0
"""Seconds of silence after which people wonder whether they are to go on."""
VOICES = ("en-us+f3", "en-gb+m3")
CANARY = "canary"
TALK = (
    f"You made tea for me on Sunday morning, and you listened to my story of the {CANARY}.",
    f"I heard that the tea mattered to you, and so did the {CANARY}.",
)
IN_OTHER_WORDS = 3
"""Wordings that people try in turn when they are not understood."""
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
        self.answers = {step.id: step.answers for step in short_script(CoupleSettings()).steps}
        self.lines: list[Line] = []

    def environment(self) -> dict[str, str]:
        """A home of its own, no network, and the sound stack."""
        own = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        return own | {
            **self._stack.variables,
            "HOME": str(self.home),
            "TMPDIR": str(self._folder / "tmp"),
            "PYTHONPATH": str(self._folder / "guard"),
            "PYTHONUNBUFFERED": "1",
            "XDG_RUNTIME_DIR": str(self._folder),
        }

    def say(self, words: str, who: int) -> None:
        """Let one of the two say *words*; returns when they have been said."""
        path = self._folder / "words" / f"{who}-{abs(hash(words))}.wav"
        if not path.exists():
            voice = ["espeak-ng", "-v", VOICES[who], "-s", "150", "-w", str(path)]
            subprocess.run([*voice, words], check=True)
        self._stack.say(path).wait()

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
        """Run `voicecheckin start` with *arguments*, and follow it."""
        process = subprocess.Popen(
            [sys.executable, str(FOLLOWED), "short", *arguments, str(self.events)],
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

    def follow(self, process: "subprocess.Popen[str]") -> Iterator[Line | None]:
        """Every line of the events file, as it is written; None when nothing happens for a moment.

        It ends with the program.
        """
        until = time.monotonic() + LONGEST
        seen, last = 0, time.monotonic()
        while time.monotonic() < until:
            ended = process.poll() is not None
            text = self.events.read_text() if self.events.exists() else ""
            whole = text[: text.rfind("\n") + 1].splitlines()
            for line in whole[seen:]:
                self.lines.append(json.loads(line))
                yield self.lines[-1]
            if len(whole) > seen:
                seen, last = len(whole), time.monotonic()
            elif ended:
                return
            elif self.lines and time.monotonic() > last + MOMENT:
                yield None
            time.sleep(0.02)
        raise TimeoutError("the sitting did not come to an end")


class Couple:
    """Two people who know what they want to say, and wait until the device is silent."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._wishes = {"O2": ["pause", "go on", "repeat"]}
        self._listen: Line = {}
        self._sounds = False
        self._said: str = ""
        self._said_at = self._noted_at = 0.0
        self._talked = False
        self._wished = ""
        self._tries = 0
        self._book = load_phrases()

    def note(self, line: Line) -> None:
        """Follow what the device does."""
        self._noted_at = time.monotonic()
        match line["kind"]:
            case "Speak" | "Chime":
                self._sounds, self._said = True, ""
            case "SpeechEnded" | "Hush":
                self._sounds = False
            case "Heard" if self._wishes.get(str(line["step"])):
                self._wishes[str(line["step"])].pop(0)
            case "Listen":
                if (line["step"], line["floor"]) != (self._step, self._listen.get("floor")):
                    self._talked = False
                self._listen = line

    def consider(self) -> None:
        """Nothing has happened for a moment: say something, or something else, or wait."""
        patience = 0.0 if self._said in ("", *TALK) else PATIENCE
        if self._sounds or time.monotonic() < self._said_at + patience:
            return
        wish = self._wish()
        if not wish and time.monotonic() > max(self._said_at, self._noted_at) + LOST:
            wish = "go on"
        if wish:
            self._tries = self._tries + 1 if wish == self._wished else 0
            self._said = self._wished = wish
            floor = self._listen.get("floor")
            self._table.say(self._worded(wish), floor if isinstance(floor, int) else 1)
            self._said_at = time.monotonic()

    def _worded(self, wish: str) -> str:
        """The usual words for a phrase; others, if they were not understood."""
        if wish in TALK:
            return wish
        wordings = self._book.plain(wish)[:IN_OTHER_WORDS]
        return wordings[self._tries % len(wordings)]

    @property
    def _step(self) -> str:
        return str(self._listen.get("step", ""))

    def _wish(self) -> str:
        wishes = self._wishes.get(self._step)
        if wishes and (self._listen["answers"] or wishes[0] == "go on"):
            return wishes[0]
        if self._listen.get("turn"):
            return self._turn()
        return self._answer() if self._listen.get("answers") else ""

    def _answer(self) -> str:
        answers = self._table.answers.get(self._step) or ("yes",)
        return next((answer for answer in PREFERRED if answer in answers), "yes")

    def _turn(self) -> str:
        """The first shares and says when it is enough, the second lets silence say it."""
        floor = self._listen["floor"]
        if self._step != "SF1":
            return "pass"
        if not self._talked:
            self._talked = True
            return TALK[0 if floor == 0 else 1]
        return "done" if floor == 0 and self._said in TALK else ""


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
    evening = ("--evening", "1", "--length", "short")
    how = ("--names", "Robin,Sam", "--pace", "0.5", "--verbose")
    with table.device(*evening, *how) as device:
        before = table.files()
        for line in table.follow(device):
            if line is None:
                couple.consider()
                continue
            couple.note(line)
            if line["kind"] == "Listen" and device.poll() is None:
                assert not open_network_sockets(device.pid)
        captions, log = device.communicate()
    assert device.returncode == 0, log
    kinds = [line["kind"] for line in table.lines]
    spoken = list(dict.fromkeys(line["step"] for line in table.lines if line["kind"] == "Speak"))
    assert spoken == ["O0", "O-name", "O2", "O4", "A1", "P1", "SF1", "C1", "C6"]
    assert kinds[-1] == "Finish"
    assert asked_in_turn(table.lines, "SF1") == [1, 0]  # who began with the good word is second
    assert kinds.count("Heard") >= 3
    assert not [
        line for line in between_pause_and_going_on(table.lines) if line["kind"] == "Listen"
    ]
    assert set(table.files()) - set(before) == {"home/.local/share/voicecheckin/names"}
    assert CANARY not in captions + log
    assert not told(captions + log)
