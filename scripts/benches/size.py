"""Installed size and files: the program alone, and what each extra adds.

Counted in this environment, package by package, from what pip wrote down when it installed them;
byte code is left out. What the project needs is read from its pyproject.toml.
"""

import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from benches._tables import Table, parser, show
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
EXTRAS = ("whisper", "piper", "wyoming", "gpio")


def closure(lines: Sequence[str], extras: Sequence[str], known: set[str]) -> set[str]:
    """Add to *known* every package that requirement *lines* lead to here."""
    for line in lines:
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        environments = [{"extra": extra} for extra in ("", *extras)]
        met = wanted.marker is None or any(map(wanted.marker.evaluate, environments))
        if not met or name in known:
            continue
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed here: pip install {name}") from None
        known.add(name)
        closure(requires, tuple(wanted.extras), known)
    return known


def files(name: str) -> Iterator[Path]:
    """The files of a package, without byte code."""
    for entry in distribution(name).files or []:
        yield Path(str(entry.locate()))


def row(name: str, packages: set[str], paths: Sequence[Path]) -> tuple[str, str, str, str]:
    """Count what is there."""
    here = [path for path in paths if path.suffix != ".pyc" and path.is_file()]
    size = sum(path.stat().st_size for path in here)
    return name, str(len(packages)), str(len(here)), f"{size / 1e6:.1f}"


def counted(name: str, packages: set[str]) -> tuple[str, str, str, str]:
    """Count *packages*."""
    return row(name, packages, [path for one in packages for path in files(one)])


def main() -> None:
    """Print a table."""
    options = parser("size", __doc__).parse_args()
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    base = closure(project["dependencies"], (), set())
    extras = {extra: project["optional-dependencies"][extra] for extra in EXTRAS}
    own = list((CHECKOUT / "voicecheckin").rglob("*"))
    everything = [*project["dependencies"], *(line for lines in extras.values() for line in lines)]
    rows = [
        row("the program itself", {"voicecheckin"}, own),
        counted("what it needs", base),
        *(
            counted(f"{extra} adds", closure(lines, (), set(base)) - base)
            for extra, lines in extras.items()
        ),
        counted("all that it needs, with all extras", closure(everything, (), set())),
    ]
    note = "Extras share some packages. Models and system packages are not in it."
    show([Table("Installed size", ("", "packages", "files", "MB"), rows, note)], options.json)


if __name__ == "__main__":
    main()
