"""What is shown on the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from rich.console import Console


def somebody_types() -> bool:
    """Whether there is a terminal, with somebody who reads and types there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Screen(Console):
    """A console that leaves it to others what to do when nobody reads it any more."""

    def __init__(self, *, wraps: bool = True) -> None:
        """Show plain text; what *wraps* not may be longer than a line of the terminal."""
        # FORCE_COLOR makes no terminal of a pipe: what is shown there would be written down.
        seen = sys.stdout is not None and sys.stdout.isatty()
        self._told: list[str] = []
        super().__init__(highlight=False, soft_wrap=not wraps, force_terminal=seen)

    def tell(self, trouble: object) -> None:
        """Show a sentence about the device, where somebody sees it: also after an evening."""
        if self.is_terminal:
            self.print(str(trouble), markup=False)
        if self.is_alt_screen:
            self._told.append(str(trouble))

    @contextmanager
    def of_its_own(self) -> Iterator[None]:
        """Show what follows on a screen of its own, as `less` does: nothing of it can be scrolled
        back to, and in the end the terminal is as it was before."""
        self.set_alt_screen()
        try:
            yield
        finally:
            with suppress(OSError):  # the terminal may be gone
                self.set_alt_screen(False)
                while self._told:
                    self.tell(self._told.pop(0))

    def on_broken_pipe(self) -> NoReturn:
        """Say so, as a file would."""
        raise BrokenPipeError
