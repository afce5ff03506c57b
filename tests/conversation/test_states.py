"""The tables: every name in them exists, every state can be reached and left."""

from enum import Enum

import pytest

from voicecheckin.conversation.flows.parting import Parting
from voicecheckin.conversation.flows.question import Question
from voicecheckin.conversation.flows.recording import Recording
from voicecheckin.conversation.flows.telling import Telling
from voicecheckin.conversation.flows.triad import Triad
from voicecheckin.conversation.machine import Move, StateMachine, Table, sources, triggers
from voicecheckin.conversation.states import (
    PARTING,
    QUESTION,
    RECORDING,
    SUSPENSION,
    TABLES,
    TELLING,
    TRIAD,
    Hold,
    State,
    Suspended,
    Trigger,
)
from voicecheckin.conversation.suspension import Suspension

OWNERS = [
    (Telling, TELLING),
    (Question, QUESTION),
    (Triad, TRIAD),
    (Recording, RECORDING),
    (Parting, PARTING),
    (Suspension, SUSPENSION),
]
PLACES = [
    (table, state)
    for table in TABLES.values()
    for state in table.states
    if state not in (State.READY, State.DONE)
]


@pytest.mark.parametrize(("owner", "table"), OWNERS)
def test_every_callback_in_a_table_is_a_method_of_its_owner(owner: type, table: Table) -> None:
    for name in table.names:
        assert callable(getattr(owner, name)), name


def test_a_misspelt_callback_is_found_as_the_machine_is_made() -> None:
    table = Table([Move(Trigger.BEGIN, State.READY, State.DONE, before="no_such_method")])
    with pytest.raises(AttributeError, match="no_such_method"):
        StateMachine(object(), table, State.READY)


def test_a_machine_leaves_its_owner_alone() -> None:
    """`transitions` injects dozens of names into its model; none of them lands in our objects."""

    class Owner:
        """Owns nothing."""

    owner = Owner()
    machine = StateMachine(
        owner, Table([Move(Trigger.BEGIN, State.READY, State.DONE)]), State.READY
    )

    assert machine.fire(Trigger.BEGIN)
    assert machine.state is State.DONE
    assert vars(owner) == {}


@pytest.mark.parametrize(("table", "state"), PLACES)
def test_every_state_can_be_reached_and_left(table: Table, state: Enum) -> None:
    assert any(move.dest is state for move in table.moves)
    assert any(state in sources(move) and move.dest not in (None, state) for move in table.moves)


@pytest.mark.parametrize(("table", "state"), PLACES)
def test_every_state_knows_how_it_is_taken_up_after_a_branch(table: Table, state: Enum) -> None:
    """Only goodnight is interrupted by nothing."""
    resumed = {source for move in table.moves for source in sources(move)
               if move.trigger is Trigger.RESUME}  # fmt: skip
    assert state in resumed or table is PARTING


def test_pause_works_everywhere_in_two_rows() -> None:
    rows = [move for move in SUSPENSION.moves if {*triggers(move)} & {Hold.PAUSE, Hold.GO_ON}]
    assert [row.dest for row in rows] == [Suspended.PAUSED, Suspended.FLOWING]
