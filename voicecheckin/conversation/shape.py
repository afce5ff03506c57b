"""Which evening it is to be, and how long: known beforehand, or asked about one by one."""

from voicecheckin.conversation.facts import BRIEF, EVENINGS, SHORT, USUAL, usual_length
from voicecheckin.conversation.journey import WEEKLY
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Role


class Shape:
    """The evening and its length; each is offered with a question that yes or no answers."""

    def __init__(self, options: SittingOptions) -> None:
        self._options = options
        self._coming = options.coming
        self.evening = options.evening
        """1 to 9, 0 for the weekly sitting, or None as long as it is open."""
        self.length = options.length or ""
        """short, usual or weekly; empty as long as it is open."""
        if self.evening is None and self._coming == WEEKLY:
            self.evening = WEEKLY
        if self.evening is not None:
            self._take(self.evening)

    @property
    def coming(self) -> int:
        """The evening that comes next, as far as is known."""
        return 1 if self._coming is None else self._coming

    def wants(self, role: Role) -> bool:
        """Whether the question that plays *role* is still to be asked."""
        if self.evening is not None or self.is_brief:
            return False
        match role:
            case Role.FIRST | Role.NUMBER:
                return self._coming is None
            case Role.NEXT | Role.SHORT:
                return self._coming is not None
        return True

    @property
    def is_brief(self) -> bool:
        """Whether it is to be five minutes only: a good word, and goodnight."""
        return self.length == BRIEF

    def be_brief(self) -> None:
        """Take five minutes; then it is none of the evenings."""
        self.length = BRIEF

    def note(self, role: Role, meaning: str) -> None:
        """Take an answer."""
        match role, meaning:
            case Role.FIRST, "yes":
                self._take(1)
            case Role.NEXT, "yes":
                self._take(self.coming)
            case Role.WEEKLY, "yes":
                self._take(WEEKLY)
            case Role.SHORT, _:
                self.length = SHORT if meaning == "yes" else USUAL
                self._take(self.coming)
            case Role.NUMBER, _:
                self._take(EVENINGS.index(meaning) if meaning in EVENINGS else WEEKLY)

    def _take(self, evening: int) -> None:
        self.evening = evening
        if evening == WEEKLY or not self.length:
            self.length = usual_length(evening)


QUESTIONS = (Role.FIRST, Role.NEXT, Role.WEEKLY, Role.SHORT, Role.NUMBER)
"""The roles of the questions about it, in the order in which they make sense."""
