"""Two tries are one: what was nearly understood twice, in answer to the same question, counts."""

from dataclasses import dataclass, replace

from voicecheckin.conversation.messages import Listen
from voicecheckin.hearing.recognisers.recogniser import Recognition

ENOUGH = 0.75
"""Score of two tries together from which an answer counts; a consent needs consent.SURE."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """The first try: what was asked, and what was nearly understood."""

    question: tuple[object, ...]
    result: Recognition


def question(listen: Listen) -> tuple[object, ...]:
    """What is asked, and of whom."""
    return listen.answers, listen.turn, listen.step, listen.floor


def together(
    earlier: Recognition | None, result: Recognition, enough: float = ENOUGH
) -> Recognition:
    """Return *result* weighed with an *earlier* doubt about the same phrase.

    Their odds are multiplied, as if each were a witness of its own; between two witnesses who
    disagree it stays doubt.
    """
    if earlier is None or not result.doubt or result.phrase != earlier.phrase:
        return result
    if result.phrase is None:
        return result
    for_it = earlier.score * result.score
    score = for_it / (for_it + (1 - earlier.score) * (1 - result.score) + 1e-9)
    return replace(result, score=score, doubt=score < enough)
