"""A rehearsal without the ear whisper is on paper, and says so."""

import pytest

from voicecheckin.cli import main, rehearsal


def test_without_the_better_ear_a_rehearsal_is_on_paper_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rehearsal, "hears_across_a_kitchen", lambda: False)
    assert main(["rehearse", "--evening", "1", "--length", "short"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("On paper, without sound.")
    assert "Good night." in printed
