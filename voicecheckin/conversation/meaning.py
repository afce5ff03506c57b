"""What yes, no and doubt mean where the two are asked for a decision: code, never content.

The content says in which words such a question is asked. Who is asked, which answers count, which
of two is the stricter one, and what follows from it belongs to the role that the step plays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from voicecheckin.conversation.script import Role, Step

ACTIONS = (
    "next",
    "next topic",
    "again",
    "resume",
    "hold topic",
    "hold gently",
    "let it rest",
    "topic again",
    "faster",
    "wrap up",
    "close",
    "decline",
)
"""What may follow an answer, besides going to a step or a branch."""
ASSENT = "assent"
"""A yes that is not plain, such as "fine": it counts where no consent is asked for."""
PRESENT = "present"
"""A yes to being here, with nobody else, such as "yes, we are"."""
YESES = (ASSENT, PRESENT)
"""Answers that are a yes where they are open, and are never offered by name."""
AT_ONCE = frozenset({"close", "decline"})
"""Actions that count at once: one "no" is enough, nobody else is asked (SR-05)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the answers to a question mean."""

    to: str = "each"
    """Who is asked: both at once, or each by name."""
    strict: tuple[str, ...] = ("no", "yes")
    """The answers that count, the strictest first; with two answers the stricter one stands."""
    doubt: str = "no"
    """The answer that stands when nothing was understood in the end, or nobody spoke."""
    then: Mapping[str, str] = field(default_factory=dict)
    """What follows an answer; what is not named leads on."""
    plain: bool = True
    """Whether it is a consent: only a plain yes counts, and doubt is no (SR-01)."""


_LEFT = dict.fromkeys(("no", "pass", "hold", "therapist"), "next topic")
_NUMBERS = ("no", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_HELD = {"yes": "resume", "no": "hold topic", "hold": "hold topic", "not now": "close"}
_STAY = ("not now", "hold", "no", "yes")

MEANINGS: Mapping[Role, Meaning] = {
    Role.PRESENCE: Meaning(
        to="both",
        strict=("not now", "no", "yes"),
        doubt="not now",
        then={"no": "alone", "not now": "decline"},
    ),
    Role.NAME: Meaning(),
    Role.FIRST: Meaning(to="both", plain=False),
    Role.NEXT: Meaning(to="both", doubt="yes", plain=False),
    Role.WEEKLY: Meaning(to="both", plain=False),
    Role.SHORT: Meaning(to="both", doubt="yes", plain=False),
    Role.NUMBER: Meaning(to="both", strict=_NUMBERS, plain=False),
    Role.BRIEF: Meaning(to="both", plain=False),
    Role.CONSENT: Meaning(then={"no": "decline"}),
    Role.TAKE_UP: Meaning(plain=False),
    Role.READY: Meaning(
        to="both",
        strict=("not now", "more time", "no", "ready", "yes"),
        doubt="yes",
        then={"no": "again", "more time": "again", "not now": "close"},
        plain=False,
    ),
    Role.GATE: Meaning(strict=("therapist", "hold", "pass", "no", "yes"), doubt="pass", then=_LEFT),
    Role.AGREE: Meaning(strict=("pass", "not sure", "no", "yes")),
    Role.GOING_ON: Meaning(strict=_STAY, doubt="hold", then=_HELD),
    Role.LET_IT_REST: Meaning(
        strict=("not now", "no", "yes"),
        doubt="not now",
        then={"yes": "let it rest", "no": "close", "not now": "close"},
    ),
    Role.BACK_TO_IT: Meaning(
        strict=_STAY,
        doubt="hold",
        then={"yes": "topic again", "no": "hold gently", "hold": "hold gently", "not now": "close"},
    ),
    Role.TOGETHER: Meaning(
        strict=("not now", "no", "yes"),
        doubt="not now",
        then={"yes": "resume", "no": "close", "not now": "close"},
    ),
    Role.GO_FASTER: Meaning(then={"yes": "faster", "no": "resume"}),
    Role.STAY_LONGER: Meaning(
        strict=("not now", "no", "yes"), then={"no": "wrap up", "not now": "wrap up"}
    ),
    Role.SMALLER: Meaning(then={"yes": "wrap up"}, plain=False),
    Role.SORRY: Meaning(strict=("not now", "pass", "no", "yes")),
    Role.WELCOME: Meaning(strict=("not now", "pass", "no", "yes")),
    Role.LEFT: Meaning(),
    Role.HEAR_KEPT: Meaning(strict=("pass", "no", "yes")),
    Role.RECORD: Meaning(strict=("pass", "no", "yes")),
    Role.KEEP: Meaning(strict=("pass", "no", "yes")),
    Role.MEMORY: Meaning(),
    Role.PHRASE: Meaning(),
    Role.DATE: Meaning(strict=("pass", "no", "not sure", "yes")),
}
"""What the answers mean, by the role of the question."""


def meant(step: Step) -> Step:
    """The same step with what its role means; a step without such a role keeps what it says."""
    meaning = MEANINGS.get(step.role) if step.role is not None else None
    if meaning is None:
        return step
    offered = tuple(one for one in ("yes", "no") if one in meaning.strict)
    others = tuple(one for one in meaning.strict if one not in offered)
    return replace(
        step,
        to=meaning.to,
        answers=(*offered, *others),
        strict=meaning.strict,
        doubt=meaning.doubt,
        then=meaning.then,
        plain=meaning.plain,
    )
