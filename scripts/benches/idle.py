"""What `voicecheckin wait` costs while nothing happens, on a sound stack made of software.

    scripts/bench idle [--minutes 10] [--button-only]

Prints the share of one core and the memory of the process, from /proc; the first ten seconds, in
which models are loaded, are left out.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benches._processes import processor_seconds

from tests.sound_stack import sound_stack

COMMAND = Path(sys.executable).parent / "voicecheckin"
SETTLING = 10.0
"""Seconds until everything is loaded."""


def memory(process: int) -> dict[str, float]:
    """Megabytes that *process* holds: resident, its peak, and its own share."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    status = Path(f"/proc/{process}/status").read_text()
    rows = dict(line.split(":", 1) for line in (text + status).splitlines() if ":" in line)
    names = {"resident": "Rss", "proportional": "Pss", "peak": "VmHWM"}
    return {title: int(rows[name].split()[0]) / 1024 for title, name in names.items()}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--button-only", action="store_true")
    options = parser.parse_args()
    how = ["--button-only"] if options.button_only else ["--phrase", "let's check in"]
    with sound_stack() as stack, tempfile.TemporaryDirectory() as home:
        settings = Path(home) / "settings.toml"
        settings.write_text('[button]\nusb = "no such button"\n')
        process = subprocess.Popen(
            [str(COMMAND), "wait", *how, "--settings", str(settings)],
            env=stack.environment | {"HOME": home},
        )
        try:
            time.sleep(SETTLING)
            used, began = processor_seconds(process.pid), time.monotonic()
            time.sleep(options.minutes * 60)
            used, took = processor_seconds(process.pid) - used, time.monotonic() - began
            held = memory(process.pid)
        finally:
            process.terminate()
            process.wait()
    megabytes = ", ".join(f"{title} {amount:.0f} MB" for title, amount in held.items())
    print(f"processor: {used / took:.1%} of one core over {took / 60:.1f} minutes")
    print(f"memory: {megabytes}")


if __name__ == "__main__":
    main()
