"""What a computer tells about itself."""

from pathlib import Path

import pytest

from voicecheckin.doctor.findings import Health
from voicecheckin.doctor.machine import (
    Package,
    of_machine,
    of_parts,
    parts,
    swaps,
    synchronised,
    temperature,
    throttled,
)


def file(root: Path, name: str, text: str) -> Path:
    """Write a file below *root*; return *root*."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    return root


def test_the_warmest_zone_counts(tmp_path: Path) -> None:
    file(tmp_path, "sys/class/thermal/thermal_zone0/temp", "48312\n")
    file(tmp_path, "sys/class/thermal/thermal_zone1/temp", "51000\n")
    file(tmp_path, "sys/class/thermal/thermal_zone2/temp", "broken\n")
    assert temperature(tmp_path) == pytest.approx(51.0)


def test_a_raspberry_tells_whether_it_was_slowed_down(tmp_path: Path) -> None:
    name = "sys/devices/platform/soc/soc:firmware/get_throttled"
    assert throttled(file(tmp_path, name, "50005\n")) == 0x50005


def test_a_computer_that_tells_nothing_is_no_trouble(tmp_path: Path) -> None:
    assert temperature(tmp_path) is None
    assert throttled(tmp_path) is None
    assert [one.id for one in of_machine(tmp_path / "no" / "folder", tmp_path)] == ["disk", "time"]


def test_a_clock_that_the_network_has_set_is_known(tmp_path: Path) -> None:
    assert synchronised(file(tmp_path, "run/systemd/timesync/synchronized", ""))


def test_swap_on_a_disk_is_told_and_what_is_only_packed_in_memory_is_none(tmp_path: Path) -> None:
    head = "Filename Type Size Used Priority\n"
    assert not swaps(file(tmp_path, "proc/swaps", head + "/dev/zram0 partition 100 0 100\n"))
    assert swaps(file(tmp_path, "proc/swaps", head + "/var/swap file 100 0 -2\n"))
    assert "swap" in [one.id for one in of_machine(tmp_path, tmp_path)]


def test_everything_that_the_program_needs_is_here() -> None:
    found = {part.name: part for part in parts()}
    assert found["sounddevice"].version
    assert not found["numpy"].extra
    assert "pytest" not in found
    assert of_parts(list(found.values())).state is Health.OK


def test_missing_parts_and_those_built_here_are_told() -> None:
    fine = Package("numpy", "2.0", True, False)
    missing = of_parts([fine, Package("soxr", "", False, False)])
    assert missing.state is Health.BROKEN
    assert "soxr" in missing.found
    assert "soxr" in missing.advice
    built = of_parts([fine, Package("piper-tts", "1.3", False, True)])
    assert built.state is Health.LOOK
    assert "piper-tts" in built.found
