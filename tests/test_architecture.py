"""The house keeps its shape: who imports whom, and what the quiet rooms never touch."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import voicecheckin

ROOT = Path(voicecheckin.__file__).parent
MODULES = {
    ".".join(("voicecheckin", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(ROOT.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}

WORDS = {"messages", "pace", "script", "journey", "wording"}
"""Modules of the conversation that say what things are, not when they happen."""
MAY_IMPORT = {
    "errors": set(),
    "memory": set(),
    "places": {"errors"},
    "home_network": {"errors"},
    "conversation": set(),
    "loop": {"conversation"},
    "content": {"conversation", "errors", "ear"},
    "settings": {"conversation", "device_settings", "errors", "places"},
    "device_settings": {"errors"},
    "sound": {"conversation", "errors"},
    "voice": {"conversation", "errors", "home_network", "sound"},
    "ear": {"conversation", "errors", "home_network", "sound"},
    "keeping": {"conversation", "errors", "loop", "places", "sound"},
    "rooms": {"conversation", "errors", "loop", "sound", "voice", "ear", "keeping"},
    "panel": {"conversation", "errors"},
    "waiting": {"conversation", "errors", "sound", "ear", "keeping", "panel"},
    "doctor": {"conversation", "errors", "sound", "voice", "ear", "rooms"},
    "cli": {"*"},
    "__main__": {"cli"},
}
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


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in *tree*."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """What is imported as soon as the module is."""
    for node in body:
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import() | ast.ImportFrom():
                yield from imported(node)
            case ast.If() | ast.Try() | ast.With() | ast.ClassDef():
                yield from imported_at_once(node.body)


def part(module: str) -> str:
    """The room of the house that a module belongs to."""
    return [*module.split("."), ""][1]


def ours(name: str) -> list[str]:
    return [one for one in imported(TREES[name]) if one in MODULES and one != "voicecheckin"]


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    own = part(name)
    allowed = MAY_IMPORT[own] if own else set()
    for other in ours(name):
        assert part(other) == own or part(other) in allowed or "*" in allowed, other


@pytest.mark.parametrize("name", [n for n in MODULES if part(n) in ("sound", "voice", "ear")])
def test_devices_know_what_the_conversation_says_not_how_it_goes(name: str) -> None:
    words = {f"voicecheckin.conversation.{word}" for word in WORDS}
    assert {other for other in ours(name) if part(other) == "conversation"} <= words


def test_nobody_imports_the_command_line() -> None:
    for name in MODULES:
        if part(name) not in ("cli", "__main__"):
            assert not [other for other in ours(name) if part(other) == "cli"], name


def test_there_are_no_circles() -> None:
    graph = {name: [o for o in ours(name) if o != name] for name in MODULES}
    packages = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    for name in graph:
        graph[name] = [o for o in graph[name] if o not in packages or not name.startswith(o)]
    tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", [n for n in MODULES if part(n) == "conversation"])
def test_the_conversation_touches_nothing_but_its_own_state(name: str) -> None:
    roots = {one.split(".")[0] for one in imported(TREES[name])}
    assert not roots & BANNED_IN_CONVERSATION
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=called) | ast.Attribute(attr=called):
                    assert called not in BANNED_CALLS, ast.unparse(node)


@pytest.mark.parametrize("name", [n for n in MODULES if not n.endswith("_worker")])
def test_devices_and_engines_are_loaded_only_when_they_are_used(name: str) -> None:
    roots = {one.split(".")[0] for one in imported_at_once(TREES[name].body)}
    assert not roots & (DEVICES_AND_ENGINES - {"sqlite3", "cryptography"})
    if part(name) != "keeping":
        assert not roots & {"sqlite3", "cryptography"}


REACHING_OUT = ("wyoming", "cli.fetching")
"""Modules for a home's own server, and for what `setup` fetches before any sitting."""


@pytest.mark.parametrize("name", [n for n in MODULES if not n.endswith(REACHING_OUT)])
def test_only_a_home_server_is_ever_reached(name: str) -> None:
    allowed = {"wyoming", "asyncio"} if "wyoming" in name else set()
    if name == "voicecheckin.home_network":
        allowed = {"socket", "urllib"}  # looks names up, and connects to nothing
    if name == "voicecheckin.waiting.watchdog":
        allowed = {"socket"}  # systemd's own, on this machine; a test looks at its family
    assert not {one.split(".")[0] for one in imported(TREES[name])} & (NETWORK - allowed)


def test_nothing_but_setup_fetches() -> None:
    users = {name for name in MODULES if "voicecheckin.cli.fetching" in ours(name)}
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


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public functions and classes, and the public methods of public classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(TREES[name])
    assert [node.name for node in public(TREES[name].body) if not ast.get_docstring(node)] == []
