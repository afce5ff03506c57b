"""What parts of the house never touch; ruff and import-linter look at the rest of its shape."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import voicecheckin

ROOT = Path(voicecheckin.__file__).parent
TREES = {
    ".".join(("voicecheckin", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
}
"""Every module, by its name."""

BANNED_IN_CONVERSATION = {
    *("time", "threading", "queue", "random", "asyncio", "concurrent", "multiprocessing"),
    *("os", "sys", "io", "pathlib", "tempfile", "socket", "subprocess", "secrets", "uuid"),
}
BANNED_CALLS = {"open", "print", "input", "today", "now", "utcnow"}
DEVICES_AND_ENGINES = {
    *("sounddevice", "pyttsx3", "speech_recognition", "pocketsphinx", "piper", "hibari"),
    *(
        "faster_whisper",
        "ctranslate2",
        "onnxruntime",
        "pyopen_wakeword",
        "wyoming",
        "gpiozero",
        "evdev",
    ),
    *("sqlite3", "cryptography"),
}
NETWORK = {"socket", "ssl", "asyncio", "http", "urllib", "requests", "wyoming"}
MAY_REACH = {
    "voicecheckin.home_network": {"socket", "urllib"},  # looks names up, and connects to nothing
    "voicecheckin.cli.fetching": {"http", "urllib"},  # what `setup` fetches, before any sitting
    "voicecheckin.hearing.recognisers.wyoming": {"asyncio", "wyoming"},  # a home's own server
    "voicecheckin.voice.wyoming_engine": {"asyncio", "wyoming"},
    "voicecheckin.waiting.watchdog": {"socket"},  # systemd's own, on this machine
}


def part(module: str) -> str:
    """The room of the house that a module belongs to."""
    return [*module.split("."), ""][1]


def imported(name: str) -> Iterator[str]:
    """Every module that is imported anywhere in the module called *name*."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(name: str) -> set[str]:
    """The packages that a module imports from."""
    return {one.split(".")[0] for one in imported(name)}


def called(name: str) -> set[str]:
    """What is called in a module, by its last name."""
    functions = [node.func for node in ast.walk(TREES[name]) if isinstance(node, ast.Call)]
    return {one.id for one in functions if isinstance(one, ast.Name)} | {
        one.attr for one in functions if isinstance(one, ast.Attribute)
    }


def test_the_conversation_touches_nothing_but_its_own_state() -> None:
    for name in TREES:
        if part(name) == "conversation":
            assert (name, roots(name) & BANNED_IN_CONVERSATION) == (name, set())
            assert (name, called(name) & BANNED_CALLS) == (name, set())


def test_only_a_home_server_is_ever_reached() -> None:
    reached = {name: roots(name) & NETWORK for name in TREES}
    assert {name: packages for name, packages in reached.items() if packages} == MAY_REACH


def test_nothing_but_setup_fetches() -> None:
    users = {name for name in TREES if "voicecheckin.cli.fetching" in imported(name)}
    assert users == {"voicecheckin.cli.setup"}


def test_help_loads_neither_sound_nor_engines() -> None:
    heavy = [*DEVICES_AND_ENGINES, "numpy", "rich", "transitions", "soundfile", "tomli"]
    code = (
        "import contextlib, sys\nfrom voicecheckin.cli import main\n"
        "with contextlib.suppress(SystemExit):\n    main(['--help'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
