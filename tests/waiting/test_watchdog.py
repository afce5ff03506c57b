"""What systemd is told: only that sound really arrives."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecheckin.waiting.watchdog import Watchdog


class Systemd:
    """The other end of the line."""

    def __init__(self, path: Path) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(path))
        self._line.setblocking(False)
        self.environment = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": "30000000"}

    def told(self) -> list[str]:
        """Everything that came since the last look."""
        messages = []
        while True:
            try:
                messages.append(self._line.recv(100).decode())
            except BlockingIOError:
                return messages

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    running = Systemd(tmp_path / "notify")
    yield running
    running.close()


def test_it_tells_when_it_is_ready_and_when_it_ends(systemd: Systemd) -> None:
    watchdog = Watchdog(systemd.environment)
    watchdog.ready()
    watchdog.stopping()
    assert systemd.told() == ["READY=1", "STOPPING=1"]


def test_frames_feed_it_three_times_in_each_period_and_not_more_often(systemd: Systemd) -> None:
    now = [100.0]
    watchdog = Watchdog(systemd.environment, lambda: now[0])
    for _ in range(1000):
        watchdog.frame()
        now[0] += 0.03
    assert systemd.told() == ["WATCHDOG=1"] * 3


def test_without_frames_nothing_is_told(systemd: Systemd) -> None:
    now = [100.0]
    watchdog = Watchdog(systemd.environment, lambda: now[0])
    watchdog.ready()
    now[0] += 1000.0
    assert systemd.told() == ["READY=1"]


def test_a_microphone_that_is_looked_for_keeps_it_quiet_for_ten_minutes(systemd: Systemd) -> None:
    now = [0.0]
    watchdog = Watchdog(systemd.environment, lambda: now[0])
    watchdog.frame()
    systemd.told()
    now[0] = 500.0
    watchdog.searching()
    assert systemd.told() == ["WATCHDOG=1"]
    now[0] = 700.0
    watchdog.searching()
    assert systemd.told() == []


def test_where_nobody_asks_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    watchdog = Watchdog({})
    monkeypatch.setattr(socket, "socket", None)
    watchdog.ready()
    watchdog.frame()


def test_nothing_ever_waits_for_a_systemd_that_does_not_read(systemd: Systemd) -> None:
    watchdog = Watchdog(systemd.environment)
    for _ in range(1000):
        watchdog.ready()
    assert 0 < len(systemd.told()) < 1000


def test_a_line_that_is_gone_is_no_reason_to_fall_silent(tmp_path: Path) -> None:
    Watchdog({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).ready()
