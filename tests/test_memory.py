"""What the program asks of its memory."""

import subprocess
import sys

import pytest

LOCKED = """
from voicecheckin.memory import keep_off_the_disk
print(keep_off_the_disk())
big = bytearray(b"x") * 3_000_000
print(open("/proc/self/status").read().split("VmLck:")[1].split()[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much is locked")
def test_where_the_system_allows_it_swap_is_locked_out_and_else_nothing_is() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOCKED], capture_output=True, text=True, check=True
    )
    locked, kilobytes = done.stdout.split()
    assert (int(kilobytes) > 2_000) is (locked == "True")
