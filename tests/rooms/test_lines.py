"""Lines from a keyboard that is a pipe."""

import os

from voicecheckin.rooms.lines import KeyboardLines


def test_lines_come_one_by_one_and_then_the_end() -> None:
    reading, writing = os.pipe()
    lines = KeyboardLines(reading)
    os.write(writing, b"yes\n\nSt\xc3\xa9phane\n")
    assert [lines.next(20.0) for _ in range(3)] == ["yes", "", "Stéphane"]
    assert lines.next(0.01) is None
    assert not lines.ended
    os.write(writing, b"stop")
    os.close(writing)
    assert lines.next(20.0) == "stop"  # a last line needs no end
    assert lines.next(0.01) is None
    assert lines.ended


def test_a_terminal_that_has_gone_is_the_end() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    lines = KeyboardLines(reading)
    assert lines.next(0.01) is None
    assert lines.ended
