"""How far the voice is, while the first words are spoken already."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class RenderingBar:
    """A bar below the captions; it comes with the first rendered sentence, and goes by itself."""

    def __init__(self, console: Console) -> None:
        """Draw on *console*, if that is a terminal."""
        columns = TextColumn("Getting the voice ready"), BarColumn(), MofNCompleteColumn()
        remaining = TimeRemainingColumn()
        shown = console.is_terminal
        self._bar = Progress(
            *columns, remaining, console=console, transient=True, disable=not shown
        )
        self._task = self._bar.add_task("", total=0)
        self._all = 0
        """The most sentences that were ever left."""

    def __call__(self, left: int) -> None:
        """Show that so many sentences are *left*; away with the bar when none are."""
        if not left:
            self._bar.stop()
            self._all = 0
            return
        self._all = max(self._all, left)
        self._bar.update(self._task, total=self._all, completed=self._all - left)
        self._bar.start()
        self._bar.refresh()
