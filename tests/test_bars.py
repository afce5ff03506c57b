"""The bar below the captions while the voice gets ready."""

from io import StringIO

from rich.console import Console

from voicecheckin.cli.bars import RenderingBar


def drawn(*left: int, terminal: bool = True) -> str:
    """What the terminal was sent while so many sentences were left, one number after another."""
    console = Console(file=StringIO(), force_terminal=terminal, width=100, color_system=None)
    bar = RenderingBar(console)
    for number in left:
        bar(number)
        console.print("a caption")
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_it_shows_how_far_the_voice_is_below_the_captions() -> None:
    shown = drawn(3, 2, 1, 0)
    assert "Getting the voice ready" in shown
    assert "2/3" in shown
    assert shown.count("a caption") == 4


def test_it_is_gone_in_the_end_and_may_come_again() -> None:
    assert drawn(2, 0).rstrip().endswith("a caption")
    assert "4/5" in drawn(1, 0, 5, 1)


def test_there_is_none_where_everything_is_ready() -> None:
    assert drawn(0) == "a caption\n"


def test_there_is_none_without_a_terminal() -> None:
    assert drawn(3, 2, 0, terminal=False) == "a caption\n" * 3
