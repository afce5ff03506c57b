"""The present moment of a sitting, which all its parts share."""

from dataclasses import dataclass, field

from voicecheckin.conversation.messages import Effect


@dataclass(slots=True)
class Present:
    """What is true of this event: its time, whether somebody speaks, what is asked for so far."""

    now: float = 0.0
    """When the event happened (seconds)."""
    voice: bool = False
    """Whether somebody at the table is speaking just now."""
    effects: list[Effect] = field(default_factory=list)
    """What is to be done about the event."""

    def ask_for(self, effect: Effect) -> None:
        """Add an effect to what this event leads to."""
        self.effects.append(effect)


@dataclass(slots=True)
class Stopwatch:
    """Seconds of a sitting, without those for which it stood still."""

    present: Present
    _began: float = 0.0
    _away: float = 0.0
    _stops: int = 0
    _stopped_at: float = 0.0

    def start(self) -> None:
        """The sitting begins now."""
        self._began = self.present.now

    def stop(self) -> None:
        """Time that passes from now on does not count; stops may lie within one another."""
        if not self._stops:
            self._stopped_at = self.present.now
        self._stops += 1

    def go(self) -> None:
        """One reason to stand still is over."""
        self._stops -= 1
        if not self._stops:
            self._away += self.present.now - self._stopped_at

    @property
    def elapsed(self) -> float:
        """Seconds that counted so far."""
        return (self._stopped_at if self._stops else self.present.now) - self._began - self._away
