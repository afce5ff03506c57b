"""Tonight's offers: recorded in memory, given back, kept or dropped."""

import numpy as np
import pytest

from voicecheckin.conversation.messages import Record, Recorded, VoiceBegan, VoiceEnded
from voicecheckin.rooms.offers import Offers
from voicecheckin.sound.frames import FRAME, Samples

LOUD = np.full(FRAME, 0.5, np.float32)


def say(offers: Offers, frames: int, then_quiet: int) -> Recorded | None:
    """Somebody speaks for so many frames, then is silent; the first Recorded."""
    results = [offers.hear(LOUD, [VoiceBegan()])]
    results += [offers.hear(LOUD, []) for _ in range(frames - 1)]
    results += [offers.hear(LOUD * 0, [VoiceEnded()])]
    results += [offers.hear(LOUD * 0, []) for _ in range(then_quiet)]
    return next((one for one in results if one is not None), None)


def test_an_offer_ends_two_seconds_after_the_voice() -> None:
    offers = Offers()
    offers.begin(Record(0))
    recorded = say(offers, frames=100, then_quiet=100)
    assert recorded is not None
    assert recorded.seconds == pytest.approx(3.0 + 2.0, abs=0.1)


def test_an_offer_is_twenty_seconds_at_most() -> None:
    offers = Offers()
    offers.begin(Record(0))
    recorded = say(offers, frames=1000, then_quiet=0)
    assert recorded is not None
    assert recorded.seconds == pytest.approx(20.0, abs=0.05)


def test_where_nobody_speaks_nothing_is_recorded() -> None:
    offers = Offers()
    offers.begin(Record(1))
    results = [offers.hear(LOUD * 0, []) for _ in range(400)]
    assert [one for one in results if one is not None] == [Recorded(0.0)]
    assert np.abs(offers.sound(1)).max() == 0


def test_offers_leave_this_memory_whether_they_are_kept_or_not() -> None:
    for keep in (True, False):
        kept: list[Samples] = []
        offers = Offers(keep=kept.extend)
        for floor in (0, 1):
            offers.begin(Record(floor))
            say(offers, frames=50, then_quiet=100)
        assert np.abs(offers.sound(0)).max() > 0
        offers.settle(keep)
        assert len(kept) == (2 if keep else 0)
        assert np.abs(offers.sound(0)).max() == 0


def test_offers_of_an_earlier_evening_are_played_one_after_another() -> None:
    offers = Offers(earlier=lambda: [LOUD, LOUD])
    assert len(offers.sound(None)) > 2 * len(LOUD)
