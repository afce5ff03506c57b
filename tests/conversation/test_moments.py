"""The tables: every name in them exists, every moment can be reached and left."""

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.holding import HoldingPlace
from voicecheckin.conversation.moments import ENTERING, HOLDS, MOVES, Holding, Moment
from voicecheckin.conversation.options import SittingOptions


def sources(move: object) -> list[Moment]:
    source = move.source  # type: ignore[attr-defined]
    return [source] if isinstance(source, Moment) else list(source)


def test_every_callback_in_the_table_is_a_method() -> None:
    checkin = CheckIn(SMALL, SittingOptions(evening=1))
    names = {name for move in MOVES for name in (move.conditions, move.before, move.after) if name}
    for name in names | set(ENTERING.values()):
        assert callable(getattr(CheckIn, name)), name
    assert checkin.moment is Moment.READY


def test_every_callback_of_the_holding_table_is_a_method() -> None:
    for hold in HOLDS:
        for name in filter(None, (hold.conditions, hold.before)):
            assert callable(getattr(HoldingPlace, name)), name


def test_no_trigger_hides_a_method() -> None:
    for move in MOVES:
        assert not hasattr(CheckIn, move.trigger), move.trigger
    for hold in HOLDS:
        assert not hasattr(HoldingPlace, hold.trigger), hold.trigger


@pytest.mark.parametrize("moment", [m for m in Moment if m is not Moment.READY])
def test_every_moment_can_be_reached(moment: Moment) -> None:
    assert any(move.dest is moment for move in MOVES)


@pytest.mark.parametrize("moment", [m for m in Moment if m is not Moment.DONE])
def test_every_moment_can_be_left(moment: Moment) -> None:
    assert any(moment in sources(move) and move.dest not in (None, moment) for move in MOVES)


@pytest.mark.parametrize("moment", [m for m in Moment if m is not Moment.DONE])
def test_every_moment_has_a_way_out_for_stop_and_for_the_end_of_the_program(moment: Moment) -> None:
    """SR-05: one "enough" ends it, wherever the conversation is."""
    leaving = {move.trigger for move in MOVES if moment in sources(move)}
    assert "interrupt" in leaving
    assert "fall_quiet" in leaving
    assert "close" in leaving or moment in (Moment.CLOSING, Moment.FAREWELL)


def test_pause_works_everywhere_in_two_rows() -> None:
    rows = [hold for hold in HOLDS if hold.trigger in ("pause", "go_on")]
    assert [row.trigger for row in rows] == ["pause", "go_on"]
    assert {row.dest for row in rows} == {Holding.PAUSED, Holding.FLOWING}
