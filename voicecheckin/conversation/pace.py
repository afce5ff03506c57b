"""How long everything takes: pacing classes and the couple's own pace.

The numbers are those of the project's content reference: cues follow W3C's advice never to limit
an answer's time; turn ends wait two to three times the 3 s that therapy research calls a reflective
silence (Frankel and Levitt 2006); 5 s before a reply lowers aggression (McCurry 2024).
"""

import math
from dataclasses import dataclass

SENTENCE_REST = 1.0
"""Seconds between two sentences of one thought."""
THOUGHT_REST = 2.0
"""Seconds between two thoughts."""
BLOCK_REST = 8.0
"""Seconds between two chapters."""
DIGEST_REST = 12.0
"""Seconds to let a turn settle before the other partner begins."""
PASS_REST = 2.0
"""Seconds after a pass, the same for everyone."""
AFTER_VOICE = 1.5
"""Seconds of quiet before the device goes on, where people were still talking."""
AGREED_BREAK = 300.0
"""Seconds from which a rest was named aloud in minutes: it lasts as long as was said (SR-26)."""
REST_OFFER = 300.0
"""Seconds of silence after which a rest is offered, once."""
QUIET_CLOSE = 900.0
"""Seconds of silence after which the sitting ends without a word."""
CONSENT_CUES = (20.0, 60.0)
"""Seconds of silence after which a question of consent is met with a word."""
CONSENT_LIMIT = 90.0
"""Seconds of silence after which it is a no, kindly taken (SR-08)."""
CHOICE_LIMIT = 30.0
"""Seconds after which a question that is no consent holds nobody up any more."""
LEAST_TO_ANSWER = 5.0
"""Seconds in which one may answer, at least, whenever the device has spoken in between."""
LONG_PAUSE = 60.0
"""Seconds of pause after which going on is asked of each (SR-05)."""
OPTIONAL_REST = 12.0
"""Seconds of quiet in which somebody may say something that nobody has to say."""
MISSED_REST = 30.0
"""Seconds of quiet for what was not heard after one more try."""
FALSE_START = 20.0
"""Seconds of silence at the first question after which a beginning was a mistake."""
SECOND_START = 40.0
"""Seconds of silence after it was asked once more, where a hand began: speech may take a while."""
LONGEST_DOUBT = 120.0
"""Seconds after which nobody's answer means so too, however much is said: a radio, perhaps."""
SOFTLY = -6.0
"""Decibels by which an invitation is softer than usual speech."""
PAUSE_REMINDER = 900.0
"""Seconds of pause after which the way back is said once more."""
PAUSE_CLOSE = 3600.0
"""Seconds of pause after which the sitting ends without a word."""
SOUND_PATIENCE = 600.0
"""Seconds to wait for a lost microphone or speaker."""
NO_DEEP_AFTER = 35 * 60.0
"""Seconds after which no deep topic opens (SR-25)."""
CLOSE_OFFERED = 45 * 60.0
"""Seconds after which closing is offered."""
CLOSE_BEGUN = 60 * 60.0
"""Seconds after which closing begins at the next step."""

SLOWEST, FASTEST = 3.0, 0.5
FASTER = 3 / 4
"""What "faster" makes of the couple's factor; "slower" is the same the other way round."""
WORDS_A_MINUTE = 145
"""Speech at tempo 1; 150 to 200 suits synthetic speech (Sutton 1995), older listeners want less."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """One pacing class; all in seconds, before the couple's own pace is applied."""

    before: float
    """Rest before the prompt."""
    cues: tuple[float, float]
    """Silence after which the first and the second cue are said."""
    silence: float
    """Silence that ends an answer, or makes a turn be asked for more."""
    more: float = 0.0
    """Silence after "is there more?" that hands over."""


CLASSES = {
    "C": Pacing(1.0, (20.0, 60.0), 1.0),
    "N": Pacing(1.5, (25.0, 75.0), 1.5),
    "R": Pacing(3.0, (30.0, 90.0), 6.0, 8.0),
    "D": Pacing(5.0, (45.0, 120.0), 8.0, 10.0),
}
LISTENER = {
    "R": Pacing(3.0, (30.0, 90.0), 6.0, 6.0),
    "D": Pacing(5.0, (30.0, 90.0), 6.0, 6.0),
}
"""The listener's line, by the class of the turn it answers. People pause for up to five seconds
also as they say back what they heard: with four, every second one of them was cut in on."""


@dataclass(slots=True)
class Pace:
    """The couple's own pace: a factor on every rest, and gently on the words."""

    factor: float = 1.0
    """From 0.5 (brisk) to 3 (very slow)."""
    gain: float = 0.0
    """Decibels above the usual loudness."""

    def seconds(self, seconds: float) -> float:
        """A rest of the script, as this couple wants it; a break lasts as long as was said."""
        return seconds if seconds >= AGREED_BREAK else seconds * self.factor

    def patience(self, seconds: float) -> float:
        """How long people are waited for: no pace makes it shorter, one alone may have set it."""
        return max(seconds, self.seconds(seconds))

    @property
    def tempo(self) -> float:
        """Speed of the words: rests carry most of the change, so that words never drag."""
        return round(min(1.1, max(0.85, math.pow(self.factor, -0.15))), 2)

    @property
    def is_usual(self) -> bool:
        """Whether anything faster would be faster than usual."""
        return self.factor * FASTER < 1.0 - 1e-9

    def change(self, wish: str) -> None:
        """Follow "slower", "faster", "louder" or "softer"; each stays within bounds."""
        match wish:
            case "slower":
                self.factor = min(SLOWEST, self.factor / FASTER)
            case "faster":
                self.factor = max(FASTEST, self.factor * FASTER)
            case "louder":
                self.gain = min(9.0, self.gain + 3.0)
            case "softer":
                self.gain = max(-12.0, self.gain - 3.0)
