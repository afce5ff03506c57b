"""When a long silence is met with a word, and with which one."""

from collections.abc import Sequence

from voicecheckin.conversation.pace import (
    CONSENT_CUES,
    CONSENT_LIMIT,
    QUIET_CLOSE,
    REST_OFFER,
    Pace,
    Pacing,
)

CUES = ("first_cue", "second_cue", "rest_offer")
"""The lines that meet a silence, one by one."""


class RepromptPolicy:
    """A ladder of silences: each rung has a line, the last one has none."""

    def __init__(self, rungs: Sequence[float]) -> None:
        """*rungs*: seconds of silence until each line, and until nothing is left to say."""
        self._rungs = tuple(rungs)
        self._cues = 0
        self._since = 0.0

    @classmethod
    def of_turn(cls, pacing: Pacing, pace: Pace) -> "RepromptPolicy":
        """Patience with somebody who has the floor: three lines within a quarter of an hour."""
        first, second = (pace.patience(cue) for cue in pacing.cues)
        return cls((first, second, max(REST_OFFER, 2 * second), QUIET_CLOSE))

    @classmethod
    def of_consent(cls, pace: Pace) -> "RepromptPolicy":
        """Patience with a consent: two lines, then silence is a no (SR-01)."""
        return cls([pace.patience(rung) for rung in (*CONSENT_CUES, CONSENT_LIMIT)])

    def quiet_from(self, now: float) -> None:
        """Silence begins; the rungs that were used stay used."""
        self._since = now

    def start_over(self, now: float) -> None:
        """Somebody asked for more time: all rungs are ahead again."""
        self._cues = 0
        self._since = now

    @property
    def deadline(self) -> float:
        """When the next rung is due (seconds)."""
        used = self._rungs[self._cues - 1] if self._cues else 0.0
        return self._since + max(self._rungs[self._cues] - used, 1.0)

    def next_cue(self) -> str | None:
        """The line for the rung that is due; None when only the last one is left."""
        if self._cues == len(self._rungs) - 1:
            return None
        self._cues += 1
        return CUES[self._cues - 1]
