"""A consent is a plain yes: heard more surely than other answers, and with no "no" in it."""

from dataclasses import replace

import numpy as np

from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.hearing.tries import together
from voicecheckin.sound.frames import RATE, Samples

YES, NO = "yes", "no"
SURE = 0.9
"""Score of a yes that is a consent. Of people whom the head of the ear whisper did not know, 89 %
of 122 had it as recorded and 75 % across a kitchen, at the first try; of 2,583 other words none,
and of 244 times a yes and a no at once 4 % near and 5 % across a kitchen (heads/en/whisper/card).
"""
OVERLAP = 0.1
"""Seconds by which the two halves of an utterance overlap, so that no word is cut in two."""
DEEP = 1100.0
"""Hz up to which "no" sounds nearly as it does, and "yes" like nothing: what remains of a "no" that
another voice covers."""


def plainly(
    result: Recognition,
    recogniser: Recogniser,
    utterance: Samples,
    earlier: Recognition | None = None,
) -> Recognition:
    """Return *result* on *utterance*; a yes is doubt if it is not sure, or if there is a no in it.

    What was not sure may be so together with an *earlier* yes that was not; where there was a no,
    that yes is none that a later one could be weighed with.

    A second look at either half finds a no that came before or after it, and one below all else a
    no beside it that the head itself did not notice.
    """
    if result.phrase != YES:
        return together(earlier, result)
    if not result.doubt:
        result = replace(result, doubt=result.score < SURE)
    result = together(earlier, result, SURE)
    if _halves_deny(recogniser, utterance) or _depth_denies(recogniser, utterance):
        return Recognition(None, 1.0 - result.score, doubt=True)
    return result


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
