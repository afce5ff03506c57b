"""What is shown on the terminal."""

from typing import NoReturn

from rich.console import Console


class Screen(Console):
    """A console that leaves it to others what to do when nobody reads it any more."""

    def __init__(self, *, wraps: bool = True) -> None:
        """Show plain text; what *wraps* not may be longer than a line of the terminal."""
        super().__init__(highlight=False, soft_wrap=not wraps)

    def on_broken_pipe(self) -> NoReturn:
        """Say so, as a file would."""
        raise BrokenPipeError
