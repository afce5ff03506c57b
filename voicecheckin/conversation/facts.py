"""What is known of an evening without asking, and may be named under `needs` in the content."""

from collections.abc import Mapping

from voicecheckin.conversation.journey import KEEPING, held_often
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Role

NAMES = "names"
"""Whether names were given tonight."""
NOTICE = "notice"
"""Why this is not the evening that was wished for, see `journey.Tonight`."""
OFFERS = "offers"
"""Whether offers of an earlier evening are kept."""
OFFERED = "offered"
"""Whether some topic was offered tonight."""
INVITED = "invited"
"""Whether the device itself invited to this sitting."""
MEMORY = "memory"
"""Whether anything can be kept tonight."""
RESUMED = "resumed"
"""Whether a sitting goes on that was cut off less than a day ago."""
HELD = "held"
"""Whether a topic was set aside so often that it is left in peace."""

FACTS: Mapping[str, tuple[str, ...]] = {
    NAMES: ("given", "none"),
    NOTICE: ("in_order", "one_night", "long_ago"),
    OFFERS: ("kept", "none"),
    OFFERED: ("some",),
    INVITED: ("yes", "no"),
    MEMORY: ("works", "broken"),
    RESUMED: ("yes", "no"),
    HELD: ("often", "none"),
}
"""Every fact, and what it may be."""
EVENINGS = ("keeping", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""The answers to the question which evening this is, by the evening's number."""
SHORT = "short"
"""The length of the keeping sitting, unless another was wished for before it began."""
USUAL = "usual"
"""The other length."""


def usual_length(evening: int) -> str:
    """How long an evening is where nobody wished for a length: keeping is short."""
    return SHORT if evening == KEEPING else USUAL


def known(options: SittingOptions) -> dict[str, str]:
    """The facts of this evening."""
    return {
        NAMES: "given" if options.names is not None else "none",
        NOTICE: options.notice,
        OFFERS: "kept" if options.offers_kept and not options.voiceless else "none",
        INVITED: "yes" if options.invited else "no",
        MEMORY: "broken" if options.unkept else "works",
        RESUMED: "yes" if options.resume else "no",
        HELD: "often" if held_often(options.held) else "none",
    }


def answered(options: SittingOptions) -> dict[Role, str]:
    """Answers to questions that need not be asked tonight."""
    answers: dict[Role, str] = {}
    if options.voiceless:
        answers[Role.RECORD] = "no"
    if options.evening is not None:
        answers[Role.EVENING] = EVENINGS[options.evening]
    if options.length is not None:
        answers[Role.LENGTH] = options.length
    elif options.evening == KEEPING:
        answers[Role.LENGTH] = SHORT
    return answers
