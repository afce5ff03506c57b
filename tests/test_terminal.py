"""On screen and keyboard, in a terminal of its own; and where the output leads nowhere."""

import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]


class Terminal:
    """A terminal with the program in it."""

    def __init__(self, *arguments: str, kind: str = "dumb") -> None:
        self._screen, inside = pty.openpty()
        environment = os.environ | {"TERM": kind, "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voicecheckin", *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment,
            start_new_session=True,
        )
        os.close(inside)
        os.set_blocking(self._screen, False)
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def until(self, words: str, hurry: bool = False) -> None:
        """Wait until *words* are shown; *hurry* presses Enter meanwhile."""
        end = time.monotonic() + 90
        seen = len(self.shown)
        while words not in self.shown[seen:]:
            assert time.monotonic() < end, self.shown
            self._read()
            if hurry:
                self.type("\n")
            time.sleep(0.02)

    def ends_with(self) -> int:
        """The exit code, once the program has ended."""
        end = time.monotonic() + 90
        while self.process.poll() is None:
            assert time.monotonic() < end, self.shown
            self._read()
            time.sleep(0.02)
        self._read()
        return self.process.returncode

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._screen)

    def _read(self) -> None:
        try:
            self.shown += os.read(self._screen, 65536).decode(errors="replace").replace("\r", "")
        except OSError:
            return


@contextmanager
def terminal(*arguments: str, kind: str = "dumb") -> Iterator[Terminal]:
    running = Terminal(*arguments, kind=kind)
    try:
        yield running
    finally:
        running.close()


BRISK = ("--text", "--pace", "0.5", "--names", "Robin,Sam")


def test_a_sitting_on_screen_is_answered_and_stopped_on_the_keyboard() -> None:
    with terminal(*BRISK) as screen:
        screen.until("1 yes, 2 no, 3 not tonight (or:", hurry=True)
        screen.type("1\n")
        screen.until("May I call you Robin?", hurry=True)
        screen.until("1 yes, 2 no (or:", hurry=True)  # a consent is not answered before it is asked
        screen.type("yes\n")
        screen.until("May I call you Sam?", hurry=True)
        screen.type("stop\n")
        screen.until("Good night.", hurry=True)
        assert screen.ends_with() == 0


def test_nothing_of_an_evening_can_be_scrolled_back_to() -> None:
    with terminal(*BRISK, kind="xterm") as screen:
        screen.until("1 yes, 2 no, 3 not tonight (or:", hurry=True)
        screen.type("stop\n")
        screen.until("Good night.", hurry=True)
        assert screen.ends_with() == 0
        before, of_its_own, evening = screen.shown.partition("\x1b[?1049h")
        evening, restored, after = evening.partition("\x1b[?1049l")
        assert of_its_own
        assert restored
        assert "Good night." in evening
        assert (before + after).strip() == ""


def test_the_end_of_input_is_told_and_says_the_short_goodnight() -> None:
    with terminal(*BRISK) as screen:
        screen.until("1 yes, 2 no, 3 not tonight (or:", hurry=True)
        screen.type("\x04")
        assert screen.ends_with() == 0
        end = screen.shown.partition("(nothing more can be typed, so we end here)")[2]
        assert " ".join(end.split()) == "I end here for now. Good night."


def test_where_the_system_has_no_folder_for_running_programs_nothing_is_said_of_it() -> None:
    command = f"env -u XDG_RUNTIME_DIR {shlex.quote(sys.executable)} -m voicecheckin"
    done = subprocess.run(
        [*shlex.split(command), "--text"], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.stderr.count("\n") == 1  # a sitting of somebody else may be open there
    assert done.stderr.startswith("voicecheckin: ")


def test_ctrl_c_says_goodbye_once_and_leaves() -> None:
    with terminal(*BRISK) as screen:
        screen.until("Welcome")
        screen.process.send_signal(signal.SIGINT)
        assert screen.ends_with() == 130
        assert screen.shown.count("ood") <= 3
        assert "\n\n" in screen.shown.partition("Welcome")[2]  # ^C stands on a line of its own
        assert "Traceback" not in screen.shown


def test_the_system_going_down_is_no_error() -> None:
    with terminal(*BRISK) as screen:
        screen.until("Welcome")
        screen.process.send_signal(signal.SIGTERM)
        assert screen.ends_with() == 0
        assert "Traceback" not in screen.shown


def test_the_first_start_asks_and_without_a_microphone_the_terminal_is_used() -> None:
    with terminal("--pace", "0.5", "--microphone", "one that nobody has") as screen:
        screen.until("Your first names")
        screen.type("\n")
        screen.until("Your country")
        screen.type("\n")
        screen.until("So we go on with screen and keyboard.")
        screen.until("Welcome")


def test_without_a_microphone_and_a_terminal_two_simulated_people_show_it() -> None:
    command = [sys.executable, "-m", "voicecheckin", "--microphone", "one that nobody has"]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        shown = [next(running.stdout) for _ in range(4)]
        running.send_signal(signal.SIGINT)
        assert running.wait() == 130
    assert "two simulated people show how it goes." in shown[0]
    assert "Welcome" in shown[-1]


def test_a_second_sitting_is_told_that_another_is_open() -> None:
    with terminal(*BRISK) as first:
        first.until("Welcome")
        with terminal(*BRISK) as second:
            second.until("voicecheckin: Another sitting is open: say stop there, then try again.")
            assert second.ends_with() == 2


def test_forced_colours_make_no_terminal_of_a_pipe() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voicecheckin", *BRISK],
        env=os.environ | {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "--text: this needs a screen and a keyboard" in done.stderr


def test_what_a_terminal_cannot_show_is_shown_plainly() -> None:
    typed = "rehearse --room paper --names Zoë,Max"
    done = subprocess.run(
        [sys.executable, "-m", "voicecheckin", *typed.split()],
        env=os.environ | {"PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "(bell)" in done.stdout
    assert "Zoe, " in done.stdout
    assert done.stdout.isascii()


def test_output_that_nobody_reads_is_no_error() -> None:
    command = f"{shlex.quote(sys.executable)} -m voicecheckin script | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="needs Linux's always full device")


@needs_full
@pytest.mark.parametrize(
    ("typed", "unbuffered"),
    [
        ("script", ""),
        ("script", "1"),
        ("diagram", ""),
        ("diagram", "1"),
        ("history", ""),
        ("--help", ""),
        ("--version", ""),
    ],
)
def test_output_that_cannot_be_written_is_one_sentence(typed: str, unbuffered: str) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "voicecheckin", typed],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )
    problem = "voicecheckin: The output cannot be written: no space left on device.\n"
    assert (done.returncode, done.stderr) == (2, problem)


@needs_full
def test_events_lost_to_a_full_disk_are_told_once_and_the_sitting_goes_on() -> None:
    typed = f"rehearse --room paper --events {FULL}"
    command = [sys.executable, "-m", "voicecheckin", *typed.split()]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    assert "Good night." in done.stdout
    assert done.stderr.count("No more events can be written: no space left on device") == 1
    assert done.stderr.count("\n") == 1
