"""What holds for every test."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine is slow, and nothing is wrong with it

SLOW = (
    "conversation/test_any_order.py",
    "keeping/test_forgetting.py::test_forgetting_while_somebody_else_reads",
    "keeping/test_power_cut.py",
    "keeping/test_troubles.py",
    "voice/test_engines.py",
)
"""Beside the tests that are marked themselves."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs a sound server or an engine is slow."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()) or any(one in item.nodeid for one in SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """Let programs that tests start be stoppable by Ctrl-C, wherever the tests run.

    A shell starts what it runs in the background deaf to it, and that is inherited.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    """The program lets nobody else read what it writes; other tests are not bound by that."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's settings but the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # no other test's sitting is open here
    monkeypatch.setenv("COLUMNS", "100")
