"""An offer in the speaker's own voice: announced, recorded, played back, kept only by both."""

from voicecheckin.conversation.messages import KeepOffers, Record
from voicecheckin.conversation.saying import Bell, Item, Replay, items
from voicecheckin.conversation.sharing import Sharing

LONGEST_OFFER = 20.0
"""Seconds; an offer that needs more is more than one."""
GRACE = 10.0
"""Seconds after which a recording that never ended is taken as silent."""
KEEP_STEP = "R3"
"""Asks each whether tonight's offers are kept."""


class Offering(Sharing):
    """The moments announcing, recording and playing back."""

    _recorder: int = 0
    _second_offer: bool = False

    def begin_offers(self) -> None:
        """Open the step: the partner whose turn it is to begin speaks first."""
        self._recorder, self._second_offer = self.program.starter, False

    def begin_announcing(self) -> None:
        """Say what is about to be recorded, and how long it can be; then ring."""
        assert self.step is not None
        self.floor = self._recorder
        self.listen()
        self._prompt = [*items(self.wording.to(self.step.say, self.floor)), Bell("hand_over")]
        self.say(self._prompt)

    def begin_recording(self) -> None:
        """Hold one offer in memory."""
        self.effects.append(Record(self._recorder, LONGEST_OFFER))
        self.listening_deadline = self.now + LONGEST_OFFER + GRACE

    def begin_playing_back(self) -> None:
        """Let it be heard: tonight's offer, or those of an earlier evening."""
        assert self.step is not None
        self.listen()
        earlier = self.step.kind == "replay"
        words = self.step.say if earlier else self.step.listener
        row: list[Item] = [*items(self.wording.to(words, self.floor))]
        row.append(Replay(None if earlier else self._recorder))
        self._prompt = row
        self.say(row)

    def other_records_next(self) -> bool:
        """Whether the other partner's offer is still to come."""
        assert self.step is not None
        return self.step.kind == "record" and not self._second_offer

    def record_other(self) -> None:
        """The other partner's offer comes next."""
        self._recorder, self._second_offer = 1 - self._recorder, True

    def drop_offers(self) -> None:
        """One of them passed: nothing of tonight's offers is kept."""
        self.effects.append(KeepOffers(False))

    def begin_replying(self) -> None:
        """Take the answers together; two yeses to keep are the only way to keep."""
        super().begin_replying()
        if self.step is not None and self.step.id == KEEP_STEP:
            self.effects.append(KeepOffers(self._meaning_of_both == "keep"))
