"""Libraries that would report to their makers are kept from it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

EVERY_ENGINE = """
from voicecheckin.hearing.choose import choose as ear
from voicecheckin.voice.choose import choose as voice

ear("whisper")
for name in ("hibari", "piper"):
    assert len(voice(name).render("Good night.", 1.0).samples)
"""


def test_no_library_leaves_an_id_or_a_report_on_the_disk(tmp_path: Path) -> None:
    own = {name: text for name, text in os.environ.items() if not name.startswith(("ORT_", "HF_"))}
    subprocess.run(
        [sys.executable, "-c", EVERY_ENGINE],
        env={**own, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        check=True,
        timeout=120,
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
