"""What is known of a sitting before it begins."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SittingOptions:
    """What is known of a sitting before it begins; what is not known is asked of the couple."""

    evening: int | None = None
    """The evening that was wished for: 1 to 9, or 0 for the weekly one; None asks."""
    length: str | None = None
    """short or usual."""
    coming: int | None = None
    """The evening that comes next, where anything is known of the way so far."""
    starter: int = 0
    """Which seat begins: 0 or 1."""
    names: tuple[str, str] | None = None
    """How the two are called; None if they gave no names."""
    names_are_new: bool = False
    """Whether nobody has said yet, aloud, that these names are right."""
    pace: float = 1.0
    """Factor on every rest, from 0.5 to 3."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Topics that were set aside on an earlier evening, and how often."""
    offered: Set[str] = frozenset()
    """Topics that were offered on an earlier evening."""
    round: int = 0
    """Counts the weekly sittings, so that their topics take turns."""
    notice: str = ""
    """in_order, one_night or long_ago; said kindly before the evening's shape is settled."""

    offers_kept: bool = False
    """Whether offers of an earlier evening can be played."""

    resume: str = ""
    """The topic at which a sitting was cut off less than a day ago."""

    tone_for_more: bool = False
    """Whether a bell, and no words, asks whether there is more."""

    tentative: bool = False
    """Whether nobody may be there, so that silence at the first question ends it."""

    by_hand: bool = False
    """Whether a hand began it: somebody is there, and may need a minute and to be asked twice."""

    invited: bool = False
    """Whether the device itself invites, more softly than it speaks otherwise."""

    memory: str = "nothing"
    """What the settings allow to be kept, if both say so tonight: nothing, dates or agreements."""

    keepsakes: bool = False
    """Whether the settings allow offers in the couple's own voices."""

    days: int = 30
    """Days for which anything is kept."""

    unkept: bool = False
    """Whether something is in the way of keeping anything tonight."""

    asks_phrase: bool = False
    """Whether both are to be asked about the phrase that begins a sitting."""

    voiceless: bool = False
    """Whether no voice can be recorded or played, as at a keyboard."""
