"""Whose voice is near: what is spoken far behind it, such as a radio next door, is none."""

BEHIND = 30.0
"""dB below a voice from which talk is not of this table: across a room it is 20 dB at most."""
NEARER = 20.0
"""dB above the talk so far from which somebody near has begun to speak."""
SPEECH = 0.5
"""Probability from which a chunk tells how loud a voice is."""
TALK, REST = 10, 30
"""Chunks that are talk, and that end it: a third of a second, and a second."""
ENDING = 6
"""Chunks after a near voice that still belong to it: a word's last sound is faint."""
RISES, FALLS = 0.2, 0.02
"""Of the difference, by which the level follows a voice from chunk to chunk: the end of a word is
faint, and the voice no further away."""
FADES = 0.03
"""dB by which the level fades from chunk to chunk: one in a second, so that a whisper is heard soon
after a loud voice."""


class Foreground:
    """Follows how loud the nearest voice is."""

    def __init__(self) -> None:
        self._level: float | None = None
        self._talk = self._rest = self._louder = self._since = 0

    def hear(self, loudness: float, probability: float) -> tuple[float, bool]:
        """Return the chance that a chunk of *loudness* (dB) is a near voice, and whether such a
        voice has just begun in the midst of fainter talk."""
        if self._level is None:
            self._level = loudness if probability >= SPEECH else None
            return probability, False
        self._level -= FADES
        self._since += 1
        if loudness < self._level - BEHIND:
            return probability if self._since <= ENDING else 0.0, False
        if probability < SPEECH:
            self._rest += 1
            return probability, False
        if self._rest > REST:
            self._talk = 0
        self._rest = self._since = 0
        return probability, self._follow(loudness, self._level)

    def _follow(self, loudness: float, level: float) -> bool:
        """Let the level follow a chunk of speech; return whether somebody near has begun."""
        above = loudness - level
        if above <= NEARER:
            self._level = level + (RISES if above > 0 else FALLS) * above
            self._talk, self._louder = self._talk + 1, 0
            return False
        self._louder += 1
        if self._louder < 2:
            return False
        nearer = self._talk >= TALK
        self._level, self._talk, self._louder = loudness, 0, 0
        return nearer
