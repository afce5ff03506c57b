"""Offers in one's own voice: announced, recorded, played back, and kept by both or not at all."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Command,
    Heard,
    KeepOffers,
    NotUnderstood,
    PlayBack,
    Record,
    Recorded,
    SpeechEnded,
    TimedOut,
)
from voicecheckin.conversation.states import State


def keep_offers() -> Evening:
    """An evening whose settings ask for offers in their own voices, up to the first of them."""
    evening = Evening(evening=1, keepsakes=True).settle().pass_step().turns()
    return evening.answer("no", "no").to(State.RECORDING)


def test_an_offer_is_announced_recorded_and_played_back_for_each() -> None:
    evening = keep_offers()
    assert evening.said[-1].endswith("say it after the bell.")
    assert isinstance(evening.effects[-1], Record)
    evening.send(Recorded(5.0), after=5.0)
    evening.hear_out().to(State.RECORDING)
    evening.send(Recorded(5.0), after=5.0)
    evening.hear_out().to(State.ASKING)
    assert {e.floor for e in evening.effects if isinstance(e, PlayBack)} == {0, 1}
    assert evening.checkin.step_id == "R3"


@pytest.mark.parametrize(
    ("answers", "kept"),
    [(("yes", "yes"), True), (("yes", "no"), False), (("no", "yes"), False)],
)
def test_sr_31_offers_are_kept_only_after_two_yeses(answers: tuple[str, str], kept: bool) -> None:
    evening = keep_offers()
    for _ in range(2):
        evening.send(Recorded(5.0), after=5.0)
        evening.hear_out()
    evening.answer(*answers)
    assert [e for e in evening.effects if isinstance(e, KeepOffers)] == [KeepOffers(kept)]


def test_doubt_about_keeping_an_offer_lets_it_go() -> None:
    evening = keep_offers()
    for _ in range(2):
        evening.send(Recorded(5.0), after=5.0)
        evening.hear_out()
    for _ in range(6):
        evening.send(NotUnderstood(), after=1.0)
        evening.hear_out()
    assert KeepOffers(False) in evening.effects


def test_a_recording_that_never_ends_is_taken_as_silent() -> None:
    evening = keep_offers()
    evening.send(TimedOut(), after=30.0)
    assert evening.checkin.state is State.PLAYING_BACK


def test_after_a_pause_the_offer_is_announced_again() -> None:
    evening = keep_offers()
    evening.send(Heard(Command.PAUSE))
    evening.send(SpeechEnded(), after=1.0)
    evening.send(Heard(Command.GO_ON), after=9.0)
    evening.hear_out().to(State.RECORDING)
    assert evening.said[-1].endswith("say it after the bell.")


def test_passing_an_offer_drops_what_was_recorded() -> None:
    evening = keep_offers()
    assert KeepOffers(False) in evening.send(Heard(Command.PASS))


@pytest.mark.parametrize(
    "more", [{}, {"keepsakes": True, "voiceless": True}, {"keepsakes": True, "unkept": True}]
)
def test_sr_29_nothing_is_recorded_unless_the_settings_ask_for_it(more: dict[str, bool]) -> None:
    evening = Evening(evening=1, **more).settle().live_out()
    assert not any(isinstance(e, Record | PlayBack | KeepOffers) for e in evening.effects)
