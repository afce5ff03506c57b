"""State machines that leave their owner alone: a table, bound to the methods of one object."""

import logging
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from transitions import Machine, State

logging.getLogger("transitions").setLevel(logging.ERROR)  # it logs every move, made or not


class Move(NamedTuple):
    """One row of a table; rows with the same trigger and source are tried in their order."""

    trigger: Enum | Sequence[Enum]
    source: Enum | Sequence[Enum]
    dest: Enum | None
    """None: stay, without entering again."""
    when: str = ""
    """The owner's method that must be true."""
    before: str = ""
    """The owner's method that is called first."""
    after: str = ""
    """The owner's method that is called last."""


class Table(NamedTuple):
    """Every state of one machine, and every move between them; what is not listed is ignored."""

    moves: Sequence[Move]
    entering: Mapping[Enum, str] = {}
    """The owner's method that is called as a state is entered."""

    @property
    def states(self) -> list[Enum]:
        """All states, in the order in which the table names them."""
        found = [state for move in self.moves for state in (*sources(move), move.dest)]
        return list(dict.fromkeys(state for state in found if state is not None))

    @property
    def names(self) -> set[str]:
        """The methods that an owner must have."""
        called = {name for move in self.moves for name in (move.when, move.before, move.after)}
        return (called | set(self.entering.values())) - {""}


def sources(move: Move) -> list[Enum]:
    """The states that a move may begin in."""
    return [move.source] if isinstance(move.source, Enum) else list(move.source)


def triggers(move: Move) -> list[Enum]:
    """What leads to a move."""
    return [move.trigger] if isinstance(move.trigger, Enum) else list(move.trigger)


class _Model:
    """What `transitions` writes its own attributes into, instead of into the owner."""

    state: Enum
    trigger: Callable[[str], bool]


class StateMachine:
    """Where one object is in its table; the table's callbacks are that object's bound methods."""

    def __init__(self, owner: object, table: Table, initial: Enum) -> None:
        """Bind *table* to *owner*; AttributeError names a method that it lacks."""
        bound: dict[str, Callable[[], bool | None]] = {
            name: getattr(owner, name) for name in table.names
        }
        self._model = _Model()
        Machine(
            self._model,
            states=[
                State(state, on_enter=bound.get(table.entering.get(state, "")))
                for state in table.states
            ],
            transitions=[
                {
                    "trigger": trigger.value,
                    "source": sources(move),
                    "dest": move.dest,
                    "conditions": bound.get(move.when),
                    "before": bound.get(move.before),
                    "after": bound.get(move.after),
                }
                for move in table.moves
                for trigger in triggers(move)
            ],
            initial=initial,
            auto_transitions=False,
            ignore_invalid_triggers=True,
            queued=True,
        )
        self._known = {trigger for move in table.moves for trigger in triggers(move)}

    @property
    def state(self) -> Enum:
        """The state that the owner is in."""
        return self._model.state

    def fire(self, trigger: Enum) -> bool:
        """Make the move that *trigger* leads to; True where there was one."""
        return trigger in self._known and self._model.trigger(trigger.value)
