"""Pause, and lost sound: what runs beside every moment of the conversation."""

import logging
from collections.abc import Callable

from transitions import Machine, State

from voicecheckin.conversation.moments import HOLDS, Holding

logging.getLogger("transitions").setLevel(logging.ERROR)  # it logs every move, made or not


class HoldingPlace:
    """Whether the conversation flows, is paused, or has lost its microphone or speaker."""

    mode: Holding
    trigger: Callable[[str], bool]
    """Fire a move of the holding table; True where it applied."""

    def __init__(self) -> None:
        self._was_paused = False
        Machine(
            self,
            states=[State(mode) for mode in Holding],
            transitions=[hold._asdict() for hold in HOLDS],
            initial=Holding.FLOWING,
            auto_transitions=False,
            ignore_invalid_triggers=True,
            model_attribute="mode",
        )

    @property
    def flows(self) -> bool:
        """Whether the conversation goes on."""
        return self.mode is Holding.FLOWING

    def note_pause(self) -> None:
        """Remember, when sound is lost, whether the couple had paused."""
        self._was_paused = self.mode is Holding.PAUSED

    def was_paused(self) -> bool:
        """Whether the couple had paused before sound was lost."""
        return self._was_paused
