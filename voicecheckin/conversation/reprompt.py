"""How often, and when, a silence or a word that was not understood is met with a word."""

from voicecheckin.conversation.pace import QUIET_CLOSE, REST_OFFER, Pace, Pacing

CUES = ("first_cue", "second_cue", "rest_offer")
"""The lines that meet a long silence, one by one; then the sitting ends without a word."""
RE_ASKS = 2
"""How often a question is asked again before the conversation moves on."""


class RepromptPolicy:
    """The ladders of one listening: silence, misses and strays; each counts for itself."""

    def __init__(self, pacing: Pacing, pace: Pace) -> None:
        first, second = (pace.seconds(cue) for cue in pacing.cues)
        self._rungs = (first, second, max(REST_OFFER, 2 * second), QUIET_CLOSE)
        self._cues = 0
        self._since = 0.0
        self.misses = 0
        """Utterances that were none of our phrases, or might have been two."""
        self.strays = 0
        """Known phrases that were no answer here."""

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
        """The line for the rung that is due; None when only the quiet close is left."""
        if self._cues == len(CUES):
            return None
        self._cues += 1
        return CUES[self._cues - 1]

    @property
    def runs_out(self) -> bool:
        """Whether it was asked again often enough: time to move on."""
        return max(self.misses, self.strays) > RE_ASKS
