"""A consent is a plain yes: heard more surely than other answers, and with no "no" in it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from voicecheckin.ear.recogniser import Recogniser, Verdict
from voicecheckin.sound.frames import RATE, Samples

YES, NO = "yes", "no"
SURE = 0.9
"""Score of a yes that is a consent. Of 520 hearings of no, of other words, orders and reading, near
and across a kitchen, one was taken for a yes, with 0.80; of 151 that were a yes, two had less."""
OVERLAP = 0.1
"""Seconds by which the two halves of an utterance overlap, so that no word is cut in two."""
DEEP = 1100.0
"""Hz up to which "no" sounds nearly as it does, and "yes" like nothing: what remains of a "no" that
another voice covers."""


def plainly(verdict: Verdict, recogniser: Recogniser, utterance: Samples) -> Verdict:
    """Return *verdict* on *utterance*; a yes is doubt if it is not sure, or if there is a no in it.

    A second look at either half finds a no that came before or after it, or beside it.
    """
    if verdict.phrase != YES or verdict.doubt:
        return verdict
    if verdict.score < SURE or any(_denies(recogniser, utterance)):
        return replace(verdict, doubt=True)
    return verdict


def _denies(recogniser: Recogniser, utterance: Samples) -> Iterator[bool]:
    """Whether each look finds a no: the least of it in a half, a sure one below all else."""
    middle, over = utterance.size // 2, round(OVERLAP * RATE)
    for half in (utterance[: middle + over], utterance[max(0, middle - over) :]):
        yield recogniser.decide(half, (NO,)).phrase == NO
    deep = recogniser.decide(deepened(utterance), (NO,))
    yield deep.phrase == NO and not deep.doubt


def deepened(utterance: Samples) -> Samples:
    """Return *utterance* without what lies above DEEP."""
    spectrum = np.fft.rfft(utterance)
    spectrum[np.fft.rfftfreq(utterance.size, 1 / RATE) > DEEP] = 0
    return np.fft.irfft(spectrum, utterance.size).astype(np.float32)
