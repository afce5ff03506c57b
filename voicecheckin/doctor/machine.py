"""Asks the computer itself: parts, disk, warmth, power, clock."""

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from voicecheckin.doctor.findings import Finding, broken, look, ok
from voicecheckin.doctor.judging import of_disk, of_temperature, of_throttling, of_time

PROGRAM = "voicecheckin"
FOR_TESTS = 'extra == "test"'
"""How a package is marked that only its makers need."""
PATIENCE = 5.0
"""Seconds that a command of the system may take."""
NO_SWAP = "Use it as the service of scripts/install-pi, or: sudo swapoff --all"


@dataclass(frozen=True, slots=True)
class Package:
    """A Python package that this program is made of."""

    name: str
    version: str
    """Empty if it is missing."""
    prebuilt: bool
    """Whether it came as a wheel that others built and tested."""
    extra: bool
    """Whether the program can do without it."""


def parts(program: str = PROGRAM) -> list[Package]:
    """Return everything that *program* says it needs, and the extras that are here."""
    wanted: dict[str, bool] = {}
    lines = distribution(program).requires or ()
    for line in (line for line in lines if not line.endswith(FOR_TESTS)):
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        wanted[name] = "extra ==" in line and wanted.get(name, True)
    return [part for name, extra in wanted.items() for part in _part(name, extra)]


def _part(name: str, extra: bool) -> Iterator[Package]:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        if not extra:
            yield Package(name, "", False, extra)
        return
    yield Package(name, found.version, _prebuilt(found), extra)


def _prebuilt(found: Distribution) -> bool:
    """A wheel built on this machine is tagged linux_x86_64; PyPI takes none like that."""
    return not re.search(r"^Tag: \S+-linux_", found.read_text("WHEEL") or "", re.M)


def of_parts(known: list[Package]) -> Finding:
    """Judge whether everything is installed."""
    python = f"Python {platform.python_version()} on {platform.machine()}"
    missing = [part.name for part in known if not part.version]
    if missing:
        advice = f"{sys.executable} -m pip install --only-binary :all: {' '.join(missing)}"
        return broken("parts", "its parts", f"{python}; missing: {', '.join(missing)}", advice)
    own = [part.name for part in known if not part.prebuilt]
    if own:
        advice = "Install them again with: pip install --only-binary :all: --force-reinstall"
        return look("parts", "its parts", f"{python}; built here: {', '.join(own)}", advice)
    extras = sum(part.extra for part in known)
    found = f"{python}; {len(known) - extras} parts and {extras} extra ones, all prebuilt"
    return ok("parts", "its parts", found)


def of_machine(cache: Path, root: Path = Path("/")) -> Iterator[Finding]:
    """Judge disk, warmth, power and clock, as far as this machine tells."""
    yield of_disk(_free(cache))
    celsius = temperature(root)
    if celsius is not None:
        yield of_temperature(celsius)
    bits = throttled(root)
    if bits is not None:
        yield of_throttling(bits)
    yield of_time(datetime.now(), synchronised(root))
    if swaps(root):
        yield look("swap", "its memory", "may be written to the disk (swap)", NO_SWAP)


def temperature(root: Path = Path("/")) -> float | None:
    """Return the warmest zone's degrees Celsius; None where nothing tells."""
    zones = []
    for zone in root.glob("sys/class/thermal/thermal_zone*/temp"):
        with suppress(OSError, ValueError):
            zones.append(int(zone.read_text()) / 1000.0)
    return max(zones, default=None)


def throttled(root: Path = Path("/")) -> int | None:
    """Return the Raspberry's throttling bits; None on other machines."""
    for file in root.glob("sys/devices/platform/soc*/*firmware/get_throttled"):
        with suppress(OSError, ValueError):
            return int(file.read_text(), 16)
    said = _said("vcgencmd", "get_throttled")
    found = re.fullmatch(r"throttled=0x([0-9a-fA-F]+)", said)
    return int(found[1], 16) if found else None


def swaps(root: Path = Path("/")) -> bool:
    """Whether memory may be written to a disk; what is only packed in memory is none."""
    with suppress(OSError):
        places = (root / "proc/swaps").read_text().splitlines()[1:]
        return any(not place.startswith("/dev/zram") for place in places)
    return False


def synchronised(root: Path = Path("/")) -> bool | None:
    """Return whether the network has set the clock; None where nothing tells."""
    if (root / "run/systemd/timesync/synchronized").exists():
        return True
    said = _said("timedatectl", "show", "--property=NTPSynchronized", "--value")
    return {"yes": True, "no": False}.get(said)


def _said(*command: str) -> str:
    """Return what a command of the system prints; empty if it cannot be run."""
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout.strip()
    return ""


def _free(folder: Path) -> int:
    """Return the bytes that are free where *folder* is or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
