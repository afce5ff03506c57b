"""How long each of the two pauses tonight; it is forgotten with the evening."""

from dataclasses import dataclass, field

MARGIN = 1.5
"""How much longer than the longest pause so far a silence must be, to count as an end."""
LONGEST = 15.0
"""Seconds; whoever is silent for longer is asked all the same."""


@dataclass(slots=True)
class Rhythm:
    """Patience that follows the person, never less than the step's own."""

    _pauses: dict[int, float] = field(default_factory=dict)

    def note(self, floor: int, pause: float) -> None:
        """Somebody paused for so long (seconds) in the middle of their turn, and spoke on."""
        self._pauses[floor] = max(pause, self._pauses.get(floor, 0.0))

    def silence(self, floor: int, least: float) -> float:
        """Seconds of silence after which this one may have finished, *least* or more."""
        return max(least, min(LONGEST, MARGIN * self._pauses.get(floor, 0.0)))
