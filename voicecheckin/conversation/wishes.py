"""What is known before an evening begins, and the names of steps that the program knows."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from voicecheckin.conversation.journey import KEEPING, held_often

CLOSING_STEP = "C6"
"""Said at every ending, word for word the same (SR-08)."""
MEMORY_STEP = "O2b"
"""Asks each what may be kept of this evening."""
DATE_STEP = "C5"
"""Asks each whether to sit down again in about a week."""
PRESENCE = "presence"
"""The topic that comes before everything else: whether both are here, on their own."""
ASKED_AGAIN = (PRESENCE, "consent")
"""Topics that come first also where a sitting that was cut off goes on (SR-37)."""
EVENING_STEP = "O5a"
"""Asks which evening this is, unless it is known."""
LENGTH_STEP = "O5"
"""Asks for a short or a usual evening, unless it is known."""
SHORT = "short"
"""The length of the keeping sitting, unless another was wished for before it began."""
USUAL = "usual"
"""The other length."""
SWAP_STEP = "O5c"
"""Asks each whether the other one should begin tonight."""
BRIEF_STEP = "O5-brief"
"""Offers five minutes after a long while (SR-28: never a reminder, one invitation)."""
NOTICE = "notice"
"""Not a step: why this is not the evening that was wished for, see `journey.Tonight`."""
OFFERS = "offers"
"""Not a step: whether offers of an earlier evening are `kept`, or `none`."""
OFFERED = "offered"
"""Not a step: whether `some` topic was offered tonight."""
NAMES = "names"
"""Not a step: whether names were given tonight, as `given` or `none`."""
MEMORY = "memory"
"""Not a step: whether anything can be kept tonight, as `works` or `broken`."""
RESUMED = "resumed"
"""Not a step: whether a sitting goes on that was cut off less than a day ago, `yes` or `no`."""
HELD = "held"
"""Not a step: whether a topic was set aside `often`, so that it is left in peace, or `none` was."""
HELD_STEP = "H1"
"""Asks each what becomes of such a topic; it is asked about once."""
RECORD_STEP = "R1-keep"
"""Asks each whether their offer may be recorded; where there is no voice, nobody is asked."""
LET_GO = "let go"
"""The answer after which it is not even on the list any more."""
INVITED = "invited"
"""Not a step: whether the device itself invited to this sitting, as `yes` or `no`."""
STEERING = frozenset({EVENING_STEP, LENGTH_STEP, SWAP_STEP, BRIEF_STEP})
"""Steps whose answers shape the evening."""
EVENINGS = ("keeping", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""The answers to the question which evening this is, by the evening's number."""
OFFER_TO_CLOSE = "time offer"
"""The branch that offers to close after 45 minutes; going on needs both."""


def usual_length(evening: int) -> str:
    """How long an evening is where nobody wished for a length: keeping is short."""
    return SHORT if evening == KEEPING else USUAL


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of an evening before it begins; what is not known is asked."""

    evening: int | None = None
    """1 to 9, or 0 for the keeping sitting."""
    length: str | None = None
    """short or usual."""
    starter: int = 0
    """Which seat begins: 0 or 1."""
    named: bool = False
    """Whether the couple gave their names."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Topics that were set aside on an earlier evening, and how often."""
    offered: Set[str] = frozenset()
    """Topics that were offered on an earlier evening."""
    round: int = 0
    """Counts the keeping sittings, so that their topics take turns."""
    notice: str = ""
    """in_order, one_night or long_ago; said kindly before the evening's shape is settled."""

    offers_kept: bool = False
    """Whether offers of an earlier evening can be played."""

    resume: str = ""
    """The id of the step at which a sitting was cut off less than a day ago."""

    invited: bool = False
    """Whether the device itself invited."""

    unkept: bool = False
    """Whether something is in the way of keeping anything tonight."""

    voiceless: bool = False
    """Whether no voice can be recorded or played, as at a keyboard."""

    def facts(self) -> dict[str, str]:
        """The same as answers to the script's questions."""
        facts = {OFFERS: "kept" if self.offers_kept and not self.voiceless else "none"}
        facts |= {NAMES: "given" if self.named else "none", NOTICE: self.notice}
        facts[INVITED] = "yes" if self.invited else "no"
        facts[MEMORY] = "broken" if self.unkept else "works"
        facts[RESUMED] = "yes" if self.resume else "no"
        facts[HELD] = "often" if held_often(self.held) else "none"
        if self.voiceless:
            facts[RECORD_STEP] = "no"
        if self.evening is not None:
            facts[EVENING_STEP] = EVENINGS[self.evening]
        if self.length is not None:
            facts[LENGTH_STEP] = self.length
        elif self.evening == KEEPING:
            facts[LENGTH_STEP] = SHORT
        return facts
