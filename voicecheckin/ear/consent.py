"""A consent is a plain yes: heard more surely than other answers, and with no "no" in it."""

from dataclasses import replace

import numpy as np

from voicecheckin.ear.recogniser import Recogniser, Verdict
from voicecheckin.ear.tries import together
from voicecheckin.sound.frames import RATE, Samples

YES, NO = "yes", "no"
SURE = 0.9
"""Score of a yes that is a consent. The ear whisper took one of 520 hearings of no, other words,
orders and reading, near and across a kitchen, for a yes, with 0.80; of 151 of a yes, two had less.
"""
OVERLAP = 0.1
"""Seconds by which the two halves of an utterance overlap, so that no word is cut in two."""
DEEP = 1100.0
"""Hz up to which "no" sounds nearly as it does, and "yes" like nothing: what remains of a "no" that
another voice covers."""


def plainly(
    verdict: Verdict,
    recogniser: Recogniser,
    utterance: Samples,
    earlier: Verdict | None = None,
) -> Verdict:
    """Return *verdict* on *utterance*; a yes is doubt if it is not sure, or if there is a no in it.

    What was not sure may be so together with an *earlier* yes that was not; where there was a no,
    that yes is none that a later one could be weighed with.

    A second look at either half finds a no that came before or after it, and sometimes one beside
    it. Of 100 mixes of both, the no 0.4 s later, 27 near and 33 across a kitchen were taken for a
    yes without this, 1 and 4 with it; at the same moment 59 and 49, and still 35 and 40. Of 80 that
    were a yes alone, 77 and 74, and still 77 and 65.
    """
    if verdict.phrase != YES:
        return together(earlier, verdict)
    if not verdict.doubt:
        verdict = replace(verdict, doubt=verdict.score < SURE)
    verdict = together(earlier, verdict, SURE)
    if _halves_deny(recogniser, utterance) or _depth_denies(recogniser, utterance):
        return Verdict(None, 1.0 - verdict.score, doubt=True)
    return verdict


def _halves_deny(recogniser: Recogniser, utterance: Samples) -> bool:
    """Whether there is the least of a no in either half."""
    middle, over = utterance.size // 2, round(OVERLAP * RATE)
    halves = utterance[: middle + over], utterance[max(0, middle - over) :]
    return any(recogniser.decide(half, (NO,)).phrase == NO for half in halves)


def _depth_denies(recogniser: Recogniser, utterance: Samples) -> bool:
    """Whether there is surely a no below all else."""
    deep = recogniser.decide(deepened(utterance), (NO,))
    return deep.phrase == NO and not deep.doubt


def deepened(utterance: Samples) -> Samples:
    """Return *utterance* without what lies above DEEP."""
    spectrum = np.fft.rfft(utterance)
    spectrum[np.fft.rfftfreq(utterance.size, 1 / RATE) > DEEP] = 0
    return np.fft.irfft(spectrum, utterance.size).astype(np.float32)
