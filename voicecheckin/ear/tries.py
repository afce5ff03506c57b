"""Two tries are one: what was nearly understood twice, in answer to the same question, counts."""

from dataclasses import dataclass, replace

from voicecheckin.conversation.messages import Listen
from voicecheckin.ear.recogniser import Verdict

ENOUGH = 0.75
"""Score of two tries together from which an answer counts; a consent needs consent.SURE."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """The first try: what was asked, and what was nearly understood."""

    question: tuple[object, ...]
    verdict: Verdict


def question(listen: Listen) -> tuple[object, ...]:
    """What is asked, and of whom."""
    return listen.answers, listen.turn, listen.step, listen.floor


def together(earlier: Verdict | None, verdict: Verdict, enough: float = ENOUGH) -> Verdict:
    """Return *verdict* weighed with an *earlier* doubt about the same phrase.

    Their odds are multiplied, as if each were a witness of its own; between two witnesses who
    disagree it stays doubt.
    """
    if earlier is None or not verdict.doubt or verdict.phrase != earlier.phrase:
        return verdict
    if verdict.phrase is None:
        return verdict
    for_it = earlier.score * verdict.score
    score = for_it / (for_it + (1 - earlier.score) * (1 - verdict.score) + 1e-9)
    return replace(verdict, score=score, doubt=score < enough)
