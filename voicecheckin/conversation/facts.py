"""What is known of an evening without asking, and may be named under `needs` in the content."""

from collections.abc import Mapping

from voicecheckin.conversation.journey import GENTLE, WEEKLY, held_often
from voicecheckin.conversation.options import SittingOptions

EVENINGS = ("weekly", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""The evenings by number, as facts and answers name them."""
SHORT, USUAL, BRIEF = "short", "usual", "brief"
"""How long an evening is; the weekly one has a length of its own, and brief is none of the nine."""

NAMES = "names"
"""Whether names were given, and are new tonight."""
JOURNEY = "journey"
"""Whether it is known which evening comes next."""
EVENING = "evening"
"""Which evening it is, once that is decided."""
LENGTH = "length"
"""How long it is, once that is decided."""
FIRST = "first"
"""Whether it is the first of the nine."""
NOTICE = "notice"
"""Why this is not the evening that was wished for, see `journey.Tonight`."""
OFFERS = "offers"
"""Whether offers of an earlier evening are kept."""
OFFERED = "offered"
"""Whether some topic was offered tonight."""
INVITED = "invited"
"""Whether the device itself invited to this sitting."""
MEMORY = "memory"
"""Whether the settings ask to keep anything, and whether that works."""
KEEPSAKES = "keepsakes"
"""Whether the settings ask for offers in the couple's own voices."""
PHRASE = "phrase"
"""Whether both are to be asked about the phrase that begins a sitting."""
RESUMED = "resumed"
"""Whether a sitting goes on that was cut off less than a day ago."""
HELD = "held"
"""Whether a topic was set aside so often that it is left in peace."""

FACTS: Mapping[str, tuple[str, ...]] = {
    NAMES: ("given", "new", "none"),
    JOURNEY: ("known", "unknown"),
    EVENING: EVENINGS,
    LENGTH: (SHORT, USUAL, "weekly", BRIEF),
    FIRST: ("yes", "no"),
    NOTICE: ("in_order", "one_night", "long_ago"),
    GENTLE: ("yes", "no"),
    OFFERS: ("kept", "none"),
    OFFERED: ("some",),
    INVITED: ("yes", "no"),
    MEMORY: ("wanted", "off", "broken"),
    KEEPSAKES: ("wanted", "off"),
    PHRASE: ("asked", "off"),
    RESUMED: ("yes", "no"),
    HELD: ("often", "none"),
}
"""Every fact, and what it may be."""


def usual_length(evening: int) -> str:
    """How long an evening is where nobody wished for a length."""
    return EVENINGS[WEEKLY] if evening == WEEKLY else USUAL


def known(options: SittingOptions) -> dict[str, str]:
    """The facts of an evening before it begins."""
    voice = options.keepsakes and not options.voiceless and not options.unkept
    return {
        NAMES: _names(options),
        JOURNEY: "unknown" if options.coming is None else "known",
        NOTICE: options.notice,
        GENTLE: "no",
        OFFERS: "kept" if options.offers_kept and not options.voiceless else "none",
        INVITED: "yes" if options.invited else "no",
        MEMORY: _memory(options),
        KEEPSAKES: "wanted" if voice else "off",
        PHRASE: "asked" if options.asks_phrase else "off",
        RESUMED: "yes" if options.resume else "no",
        HELD: "often" if held_often(options.held) else "none",
    }


def _names(options: SittingOptions) -> str:
    if options.names is None:
        return "none"
    return "new" if options.names_are_new else "given"


def _memory(options: SittingOptions) -> str:
    if options.memory == "nothing":
        return "off"
    return "broken" if options.unkept else "wanted"
