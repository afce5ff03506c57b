"""One partner's turn in a shared step, and what the other one is asked to say to it."""

from dataclasses import dataclass, field

from voicecheckin.conversation.script import Step

LONGEST_COMMAND = 3.0
"""Seconds of a command; whoever speaks longer is telling something."""


@dataclass(slots=True)
class Stretches:
    """How long somebody has spoken, and how long they paused in between."""

    _before: float = 0.0
    """Seconds that were spoken before the last stretch."""
    _last: float = 0.0
    """Seconds of the last stretch, which may have been a command."""
    _since: float | None = None
    _quiet_since: float | None = None

    @property
    def begun(self) -> bool:
        """Whether more than a word to the device was said."""
        return self._before > 0.0 or self._last > LONGEST_COMMAND

    def begin(self, now: float) -> float:
        """Somebody speaks; the seconds of pause before, where something was said before it."""
        quiet, self._quiet_since, self._since = self._quiet_since, None, now
        return now - quiet if quiet is not None and self._last else 0.0

    def end(self, since: float) -> bool:
        """Nobody speaks, since then (seconds); whether what ended was too long for a command."""
        self._quiet_since = since
        if self._since is None:
            return False
        self._before += self._last
        self._last, self._since = max(0.0, since - self._since), None
        return self._last > LONGEST_COMMAND


@dataclass(slots=True)
class Turn:
    """One partner's turn."""

    speaker: int
    """Who shares: 0 or 1."""
    tries: int = 0
    """How often the speaker was not yet heard."""
    asked_for_more: bool = False
    leaving: bool = False
    """Whether the speaker was asked to leave it there."""
    passed: bool = False
    heard: str = ""
    """What the speaker said about the reply."""
    talk: Stretches = field(default_factory=Stretches)

    @property
    def listener(self) -> int:
        """Who responds: 0 or 1."""
        return 1 - self.speaker

    @property
    def missed(self) -> bool:
        """Whether the speaker was not heard."""
        return self.heard == "not yet" and not self.passed


@dataclass(slots=True)
class Reply:
    """What the listener is asked to say to a turn, one thing after another."""

    step: Step
    number: int = 0
    """How many of these things lie behind."""
    spoken: bool = False
    """Whether the listener has said something to the one under way."""
    talk: Stretches = field(default_factory=Stretches)

    @property
    def lines(self) -> tuple[str, ...]:
        """The recurring lines that ask for them; none where a turn is just taken in."""
        match self.step.response:
            case "mirror":
                return ("listener", "makes_sense") if self.step.pacing == "D" else ("listener",)
            case "own":
                return ("how_to_hear", "need_to_see")
        return ()

    @property
    def is_optional(self) -> bool:
        """Whether nobody waits for it: only the first thing is asked for."""
        return self.number > 0

    @property
    def goes_on(self) -> bool:
        """Whether another thing is asked for after this one."""
        return self.number + 1 < len(self.lines)

    def next(self) -> None:
        """Turn to the next thing."""
        self.number += 1

    def ask(self) -> None:
        """It is asked for now; nothing has been said to it yet."""
        self.spoken, self.talk = False, Stretches()
