"""A second opinion on single words: one plane for each word real people said, in closed form.

The head learns 741 wordings, most from synthetic voices; this learns only what real people said,
each word a class of its own, also the words that are none of ours. It shares no error with the
head's long training, and together they hear more in noise than either.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from voicecheckin.hearing.recognisers.head import Numbers, Second, pooled

from .feature_cache import AugmentedClip, FeatureCache, Halves

SHRUNK = 0.1
"""Share of a sphere in the covariance: 2688 features, and not many more clips."""
SOFTER = 4.0
"""Divides the scores: neighbouring features say the same, and make it too sure."""


def named(hearing: AugmentedClip) -> str:
    """The class of a hearing: the word itself, or what kind of sound it is."""
    return hearing.clip.says if hearing.clip.kind == "words" else "*" + hearing.clip.kind


def learn_second(hearings: Sequence[AugmentedClip], frames: Sequence[Halves]) -> Second:
    """Fit the weights to the real recordings among *hearings*; nothing about it is random."""
    real = [number for number, hearing in enumerate(hearings) if hearing.clip.real]
    names = sorted({named(hearings[number]) for number in real})
    heard = np.stack([pooled(frames[number].astype(np.float32)) for number in real])
    classes = np.array([names.index(named(hearings[number])) for number in real])
    middle, spread = heard.mean(axis=0), heard.std(axis=0) + 1e-3
    heard = (heard - middle) / spread
    counts = np.bincount(classes, minlength=len(names))
    means = np.stack([heard[classes == number].mean(axis=0) for number in range(len(names))])
    within = (heard.T @ heard - (means.T * counts) @ means) / len(heard)
    size = len(within)
    within = (1 - SHRUNK) * within + SHRUNK * np.trace(within) / size * np.eye(size)
    weights = np.linalg.solve(within, means.T)
    shift = 0.5 * np.log(counts + 1) - 0.5 * (means * weights.T).sum(axis=1)
    weights = weights / spread[:, None] / SOFTER
    shift = shift / SOFTER - middle @ weights
    return Second(tuple(names), weights.astype(np.float32), shift.astype(np.float32))


def opinions(
    second: Second, cache: FeatureCache, hearings: Sequence[AugmentedClip], views: int
) -> Numbers:
    """What *second* makes of clips as the ear hears them: the mean of *views* hearings."""
    given = [
        [second.chances(clip.astype(np.float32)) for clip in cache.frames(asked)]
        for asked in ([replace(h, view=view) for h in hearings] for view in range(views))
    ]
    mean: Numbers = np.mean(given, axis=0, dtype=np.float32)
    return mean
