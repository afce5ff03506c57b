"""The scripts for a speaker on the table, as far as they can be tried without one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"
UNIT = SCRIPTS / "voicecheckin.service"
MOST_EXPOSED = 3.0
"""Of ten: what systemd-analyze still calls OK."""
OPEN_TO_ALL = "/tmp"
COMPILED = shutil.ignore_patterns("__pycache__")


def filled(folder: Path, families: str = "AF_UNIX", allow: str = "") -> Path:
    """The service as install-pi writes it."""
    text = UNIT.read_text()
    values = {
        "PROGRAM": shutil.which("true") or "",
        "ALONE": "no" if allow else "yes",
        "FAMILIES": families,
        "ALLOW": allow,
        "STORE": str(folder),
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    path = folder / "voicecheckin.service"
    path.write_text(text)
    return path


def analysed(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """What systemd-analyze says, which needs no running systemd."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed: sudo apt install systemd")
    folder.chmod(0o700)
    environment = os.environ | {"XDG_RUNTIME_DIR": str(folder), "SYSTEMD_COLORS": "0"}
    command = ["systemd-analyze", "--user", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("allow", ["", "IPAddressAllow=localhost 192.168.0.0/16"])
def test_systemd_understands_every_line_of_the_service(tmp_path: Path, allow: str) -> None:
    done = analysed(tmp_path, "verify", str(filled(tmp_path, allow=allow)))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("families", "allow"),
    [("AF_UNIX", ""), ("AF_UNIX AF_INET AF_INET6", "IPAddressAllow=localhost 192.168.0.0/16")],
)
def test_the_service_is_little_exposed(tmp_path: Path, families: str, allow: str) -> None:
    unit = filled(tmp_path, families, allow)
    done = analysed(tmp_path, "security", "--offline=true", "--no-pager", str(unit))
    exposure = float(done.stdout.rpartition("service: ")[2].split()[0])
    assert exposure <= MOST_EXPOSED


@pytest.mark.parametrize("script", ["install-pi", "test-arm64", "test", "checkin"])
def test_shellcheck_finds_nothing(script: str) -> None:
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed: sudo apt install shellcheck")
    command = ["shellcheck", "-x", f"scripts/{script}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == ""


@pytest.fixture
def home() -> Iterator[Path]:
    """Somebody's home, where they may do everything, with a copy of what is installed in it.

    The checkout may lie where only root can go, such as root's own home.
    """
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=OPEN_TO_ALL if os.getuid() == 0 else None))
    shutil.copytree(SCRIPTS, folder / "checkout/scripts", ignore=COMPILED)
    shutil.copytree(ROOT / "voicecheckin", folder / "checkout/voicecheckin", ignore=COMPILED)
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def as_somebody(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run install-pi as somebody who is not root, at home in *folder*."""
    command = [str(folder / "checkout/scripts/install-pi"), *options]
    if os.getuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "USER": "nobody"}
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)


def test_a_dry_run_says_everything_and_changes_nothing(home: Path) -> None:
    done = as_somebody(home, "--dry-run")
    assert done.returncode == 0, done.stderr
    for part in ("install_packages", "[gpio]", "setup", "doctor", "enable"):
        assert part in done.stderr
    assert [path.name for path in home.iterdir()] == ["checkout"]


@pytest.mark.parametrize("name", ["kept", "kept.db"])
def test_a_dry_run_of_taking_it_away_keeps_everything(home: Path, name: str) -> None:
    kept = home / ".local/share/voicecheckin" / name
    kept.parent.mkdir(parents=True)
    kept.write_text("")
    done = as_somebody(home, "--uninstall", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert f"  {kept.with_name('kept')}\n" in done.stderr
    assert kept.exists()


@pytest.mark.parametrize("sign", ["key", "settings.toml"])
def test_what_lies_on_a_stick_that_is_not_here_stays_readable(home: Path, sign: str) -> None:
    settings = home / ".config/voicecheckin"
    settings.mkdir(parents=True)
    (settings / sign).write_text('[keeping]\nfolder = "/media/stick"\n')
    done = as_somebody(home, "--uninstall", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert f"  {settings}\n" in done.stderr
    assert f"rm -rf {settings}" not in done.stderr


def test_where_nothing_was_kept_nothing_stays(home: Path) -> None:
    settings = home / ".config/voicecheckin"
    settings.mkdir(parents=True)
    (settings / "settings.toml").write_text("[button]\npin = 17\n")
    done = as_somebody(home, "--uninstall", "--dry-run")
    assert f"rm -rf {settings}" in done.stderr
    assert "Nothing was kept" in done.stderr


def test_an_option_that_does_not_exist_is_refused_in_one_sentence(home: Path) -> None:
    done = as_somebody(home, "--remove")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_what_other_tools_were_told_does_not_matter(tmp_path: Path) -> None:
    """PIP_USER and the like, a pip.conf that installs elsewhere, a broken PYTHONPATH."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "zipfile.py").write_text("raise ImportError")
    (tmp_path / "pip.conf").write_text("[install]\nuser = true\n")
    name = tmp_path / "sample-1.0-py3-none-any.whl"
    with ZipFile(name, "w") as wheel:
        about = "sample-1.0.dist-info"
        wheel.writestr("sample.py", "")
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    told = {"PIP_USER": "1", "PIP_TARGET": str(tmp_path), "PYTHONPATH": str(tmp_path / "broken")}
    told |= {"PIP_CONFIG_FILE": str(tmp_path / "pip.conf")}
    steps = 'source "$1"; environment=$2; make_environment; install_python "$3"'
    command = ["bash", "-ec", steps, "-", str(SCRIPTS / "prepare.sh"), str(tmp_path / "v"), name]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "v").glob("lib/python*/site-packages/sample.py"))
