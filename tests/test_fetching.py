"""Models that are fetched: whole and checked, or not at all."""

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from voicecheckin.cli.fetching import fetch
from voicecheckin.cli.models import Model, ModelFile, ears, named, voices
from voicecheckin.errors import EngineMissing
from voicecheckin.voice.hibari_engine import MODELS

SOUNDS = bytes(range(256)) * 1000
CONFIG = b"{}"


class Shelf(SimpleHTTPRequestHandler):
    """A server that can go on in the middle of a file."""

    asked: list[str]

    def do_GET(self) -> None:
        """Send a file from where it is wanted."""
        path = Path(self.translate_path(self.path))
        if not path.exists():
            self.send_error(404)
            return
        wanted = self.headers.get("Range", "")
        self.asked.append(wanted)
        content = path.read_bytes()[int(wanted[6:-1] or 0) if wanted else 0 :]
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address at which its files are served."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    Shelf.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Shelf, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def model_at(source: str) -> Model:
    """A voice of two files."""
    files = [
        ModelFile(name, len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        for name, content in (("robin.onnx", SOUNDS), ("robin.onnx.json", CONFIG))
    ]
    return Model("robin", "piper", "a bird", "CC0", source, tuple(files))


def put(folder: Path, sounds: bytes = SOUNDS) -> None:
    """Put both files on the shelf."""
    (folder / "robin.onnx").write_bytes(sounds)
    (folder / "robin.onnx.json").write_bytes(CONFIG)


def test_a_model_comes_whole_and_says_how_far_it_is(
    shelf: tuple[Path, str], tmp_path: Path
) -> None:
    put(shelf[0])
    told: list[int] = []
    fetch(model_at(shelf[1]), tmp_path / "here", told.append)
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == [
        "robin.onnx",
        "robin.onnx.json",
    ]
    assert (tmp_path / "here/robin.onnx").read_bytes() == SOUNDS
    assert told == sorted(told)
    assert told[-1] == len(SOUNDS) + len(CONFIG)


def test_what_is_here_already_is_not_fetched_again(shelf: tuple[Path, str], tmp_path: Path) -> None:
    put(tmp_path)
    fetch(model_at(shelf[1]), tmp_path, lambda done: None)
    assert Shelf.asked == []


def test_an_attempt_that_was_cut_off_is_taken_up(shelf: tuple[Path, str], tmp_path: Path) -> None:
    put(shelf[0])
    (tmp_path / ".robin.onnx.part").write_bytes(SOUNDS[:1000])
    fetch(model_at(shelf[1]), tmp_path, lambda done: None)
    assert (tmp_path / "robin.onnx").read_bytes() == SOUNDS
    assert Shelf.asked == ["bytes=1000-", ""]


def test_a_file_that_stops_early_stays_a_part(shelf: tuple[Path, str], tmp_path: Path) -> None:
    put(shelf[0], SOUNDS[:5000])
    with pytest.raises(EngineMissing, match="cut off"):
        fetch(model_at(shelf[1]), tmp_path, lambda done: None)
    assert not (tmp_path / "robin.onnx").exists()
    assert (tmp_path / ".robin.onnx.part").stat().st_size == 5000


@pytest.mark.parametrize("wrong", [SOUNDS[::-1], SOUNDS + SOUNDS])
def test_another_file_is_thrown_away(shelf: tuple[Path, str], tmp_path: Path, wrong: bytes) -> None:
    put(shelf[0], wrong)
    with pytest.raises(EngineMissing, match="not the file that was asked for"):
        fetch(model_at(shelf[1]), tmp_path / "here", lambda done: None)
    assert not list((tmp_path / "here").iterdir())


def test_where_nothing_is_reached_it_says_which_files_to_copy_where(tmp_path: Path) -> None:
    words = "no network.*copy robin.onnx and robin.onnx.json from http://127.0.0.1:9/ to .*here"
    with pytest.raises(EngineMissing, match=words):
        fetch(model_at("http://127.0.0.1:9/"), tmp_path / "here", lambda done: None)
    assert not list((tmp_path / "here").iterdir())


def test_a_server_that_does_not_have_it_is_told(shelf: tuple[Path, str], tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="the server answers 404"):
        fetch(model_at(shelf[1]), tmp_path, lambda done: None)


def test_a_place_that_cannot_keep_it_is_told(shelf: tuple[Path, str], tmp_path: Path) -> None:
    put(shelf[0])
    (tmp_path / "file").touch()
    with pytest.raises(EngineMissing, match=r"cannot be kept in .*file"):
        fetch(model_at(shelf[1]), tmp_path / "file", lambda done: None)


def test_every_voice_on_offer_is_a_model_with_its_description() -> None:
    for name, voice in voices().items():
        if voice.engine == "piper":
            assert [file.name for file in voice.files] == [f"{name}.onnx", f"{name}.onnx.json"]
        assert voice.source.startswith("https://")
        assert voice.licence
    assert [file.name for file in ears()["faster-whisper-tiny.en"].files][-1] == "model.bin"


def test_a_voice_is_found_by_its_name_with_its_engine_or_without() -> None:
    for name in ("emma", "hibari:emma", "en_GB-alba-medium", "piper:en_GB-alba-medium"):
        model = named(name)
        assert model is not None
        assert model.name == name.rpartition(":")[2]
    for name in ("piper:emma", "hibari", "alba-medium", ""):
        assert named(name) is None


def test_hibaris_voices_are_those_of_its_own_list() -> None:
    from hibari.voices import BASE_URL, VOICES

    ours = {name: voice for name, voice in voices().items() if voice.engine == "hibari"}
    assert {name: voice.files[0].name for name, voice in ours.items()} == MODELS
    for name, voice in ours.items():
        (file,) = voice.files
        assert (file.name, file.size) == (VOICES[name]["file"], VOICES[name]["bytes"])
        assert file.hash == f"sha256:{VOICES[name]['sha256']}"
        assert voice.source == BASE_URL
