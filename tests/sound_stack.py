"""A real sound stack without hardware: a PulseAudio of our own with two null sinks.

`speaker` takes what the device plays; what is played to `room` is heard by its microphone, so
`paplay --device=room` is a person at the table. Works for root, in a container, without systemd.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from voicecheckin.sound import portaudio

ASOUND = """
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse hint { show on description "Default" } }
ctl.!default { type pulse }
pcm.kitchen_table { type pulse hint { show on description "Kitchen table" } }
"""

SINKS = ("speaker", "room")

PATIENCE = 10.0
"""Seconds PulseAudio may take to start."""


@dataclass
class SoundStack:
    """A running PulseAudio, and what is needed to reach it."""

    folder: Path
    modules: dict[str, str] = field(default_factory=dict)
    """Numbers of the loaded modules, by sink."""
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def variables(self) -> dict[str, str]:
        """Environment variables that lead a program's sound here."""
        return {
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "PULSE_SINK": "speaker",
            "PULSE_SOURCE": "room.monitor",
            "ALSA_CONFIG_PATH": str(self.folder / "asound.conf"),
        }

    @property
    def environment(self) -> dict[str, str]:
        """The same within a whole environment, for a process."""
        return os.environ | self.variables

    def start(self) -> None:
        """Let the sound server run, without any sinks."""
        socket = f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native"
        options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no"]
        self.server = subprocess.Popen(
            ["pulseaudio", "-n", *options, "--high-priority=no", "--log-level=error", "-L", socket],
            env=self.environment | {"HOME": str(self.folder)},
            stderr=subprocess.DEVNULL,
        )
        _await_server(self.folder, self.server)

    def stop(self) -> None:
        """Let the sound server end at once, and everything that it had."""
        if self.server is not None:
            self.server.kill()
            self.server.wait()
        (self.folder / "native").unlink(missing_ok=True)
        self.modules.clear()

    def pactl(self, *words: str) -> str:
        """Tell PulseAudio something, return its answer."""
        done = subprocess.run(
            ["pactl", *words], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def plug(self, *sinks: str) -> None:
        """Add these sinks, or both."""
        for sink in sinks or SINKS:
            self.modules[sink] = self.pactl(
                "load-module", "module-null-sink", f"sink_name={sink}", "rate=48000"
            )

    def unplug(self, *sinks: str) -> None:
        """Take these sinks away, or both; sound that is under way moves to the one that is left."""
        for sink in sinks or SINKS:
            self.pactl("unload-module", self.modules.pop(sink))

    def freeze(self, sink: str, frozen: bool = True) -> None:
        """Let a sink stand still without telling anybody, or run again."""
        self.pactl("suspend-sink", sink, "1" if frozen else "0")

    def stutter(self, times: int, still: float, running: float = 0.5) -> None:
        """Let the sound server stand still for seconds, and run for seconds, again and again."""
        assert self.server is not None
        for _ in range(times):
            self.server.send_signal(signal.SIGSTOP)
            time.sleep(still)
            self.server.send_signal(signal.SIGCONT)
            time.sleep(running)

    def echo(self) -> None:
        """Let the microphone hear the speaker."""
        self.pactl(
            "load-module",
            "module-loopback",
            "source=speaker.monitor",
            "sink=room",
            "latency_msec=40",
        )

    def say(self, path: Path) -> "subprocess.Popen[bytes]":
        """Play a sound file at the table."""
        return subprocess.Popen(["paplay", "--device=room", str(path)], env=self.environment)


@contextmanager
def sound_stack() -> Iterator[SoundStack]:
    """Run a PulseAudio of our own with both sinks."""
    folder = Path(tempfile.mkdtemp(prefix="pa-"))
    stack = SoundStack(folder)
    (folder / "asound.conf").write_text(ASOUND)
    try:
        stack.start()
        stack.plug()
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _await_server(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while not (folder / "native").exists():
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError("PulseAudio did not start")
        time.sleep(0.02)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundStack]:
    """A sound stack that this process uses as well."""
    if not shutil.which("pulseaudio"):
        pytest.skip("PulseAudio is not installed: sudo apt install pulseaudio")
    with sound_stack() as running:
        for name, text in running.variables.items():
            monkeypatch.setenv(name, text)
        portaudio.restart()
        yield running
