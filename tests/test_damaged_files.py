"""Whatever befalls a file, a person meets one clear sentence, and nothing worse."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.scripts import CONTENT
from tests.keeping.evenings import sitting, whereabouts
from voicecheckin.cli import main
from voicecheckin.errors import ContentError
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where

pytestmark = pytest.mark.slow

SETTINGS = b"""
[couple]
names = ["Robin", "Sam"]
country = "gb"
[sitting]
pace = 1.5
[ear]
engine = "small"
[keeping]
days = 14
[inviting]
hours = ["18:00", "21:00"]
"""
ODD = (b"", b'"', b"[]", b"{}", b"[[", b"{name}", b"= 1", b"-1", b"nan", b"true", b"1979-05-27")
"""What a slip of the hand puts into a file."""
HEAVY = (b"\nx = " + b"[" * 3000, b"\nx = " + b"9" * 5000, b"\nx" + b".a" * 900 + b" = 1")
"""What no parser likes: too deep, too long."""


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """*whole* after an accident: cut off, bits turned round, a piece replaced, or far too much."""
    content = bytearray(whole)
    match draw(st.sampled_from(("cut", "flip", "both", "replace", "heavy"))):
        case "heavy":
            return whole + draw(st.sampled_from(HEAVY))
        case "replace":
            at = draw(st.integers(0, len(whole)))
            content[at : at + draw(st.integers(0, 30))] = draw(st.sampled_from(ODD))
            return bytes(content)
        case "cut" | "both" as way:
            del content[draw(st.integers(0, len(whole) - 1)) :]
            if way == "cut" or not content:
                return bytes(content)
    for _ in range(draw(st.integers(1, 3))):
        content[draw(st.integers(0, len(content) - 1))] ^= 1 << draw(st.integers(0, 7))
    return bytes(content)


def outcome(*typed: str) -> int:
    """The exit code; what goes wrong is told in one sentence, and never as a mistake of ours."""
    said = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        code = main(typed)
    assert "should not have happened" not in said.getvalue(), said.getvalue()
    assert said.getvalue().count("\n") <= 1
    assert code != 2 or said.getvalue().startswith("voicecheckin: ")
    return code


@contextmanager
def holding(file: Path, content: bytes) -> Iterator[None]:
    """*file* holds *content* for a while."""
    whole = file.read_bytes()
    file.write_bytes(content)
    try:
        yield
    finally:
        file.write_bytes(whole)


@given(content=damaged(SETTINGS))
def test_damaged_settings_are_used_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "settings.toml"
    file.write_bytes(content)
    assert outcome("card", "--settings", str(file)) in (0, 2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all content, and settings that say nothing."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(str(CONTENT / "en"), folder / "en")
    (folder / "settings.toml").touch()
    return folder


FILES = sorted(
    str(file.relative_to(str(CONTENT))) for file in Path(str(CONTENT)).glob("en/**/*.toml")
)


@settings(max_examples=40)
@given(name=st.sampled_from(FILES), choices=st.data())
def test_damaged_content_is_used_or_refused(home: Path, name: str, choices: st.DataObject) -> None:
    file = home / name
    with holding(file, choices.draw(damaged(file.read_bytes()))):
        options = ("--content", str(home), "--settings", str(home / "settings.toml"))
        assert outcome("script", "--check", *options) in (0, 2)
        assert outcome("card", "--country", "GB", *options) in (0, 2)


@settings(max_examples=40)
@given(name=st.sampled_from([name for name in FILES if "heard" in name]), choices=st.data())
def test_damaged_phrases_are_used_or_refused(home: Path, name: str, choices: st.DataObject) -> None:
    file = home / name
    complaint = ""
    with holding(file, choices.draw(damaged(file.read_bytes()))):
        try:
            book = load_phrases("en", home / "en" / "heard")
            assert book.match("stop", book.ids).phrase in (*book.ids, None)
        except ContentError as error:
            complaint = str(error)
    assert "\n" not in complaint


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Where:
    """One evening that is kept, as of now; settings beside it say where."""
    folder = tmp_path_factory.mktemp("kept")
    where = replace(whereabouts(folder), stick=True)
    where.key.parent.mkdir()
    store = SittingStore(replace(where, stick=False), datetime.now())
    for deed in sitting(1, datetime.now(), ("SF1", "SF2")):
        deed(store)
    said = (
        f"[keeping]\nfolder = '{where.file.parent}'\nkey = '{where.key}'\nmemory = 'agreements'\n"
    )
    where.file.with_name("settings.toml").write_text(said)
    return where


def reads_or_leaves_it(where: Where) -> None:
    """What is kept is shown, or one sentence says why not."""
    options = ("--settings", str(where.file.with_name("settings.toml")))
    assert outcome("history", *options) in (0, 2)


@settings(max_examples=30)
@given(choices=st.data(), key=st.sampled_from((False, False, False, True)))
def test_a_damaged_store_is_read_or_left_alone(
    kept: Where, choices: st.DataObject, key: bool
) -> None:
    file = kept.key if key else kept.file
    with holding(file, choices.draw(damaged(file.read_bytes()))):
        reads_or_leaves_it(kept)
