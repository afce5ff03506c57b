"""The way sound goes in and out: one frame played for one frame heard."""

from typing import Protocol

from voicecheckin.sound.frames import Samples


class Sound(Protocol):
    """A microphone and a speaker; the microphone is the clock."""

    @property
    def seconds(self) -> float:
        """Seconds since it was opened: 0.03 for every frame heard, and the time it was lost."""
        ...

    @property
    def latency(self) -> int:
        """Frames still to be heard until the frame played last has sounded."""
        ...

    def exchange(self, frame: Samples) -> Samples:
        """Play one frame, and return the one heard meanwhile.

        Raises DeviceLost as soon as the microphone or the speaker is known to be gone; nothing
        played since then has sounded.
        """
        ...

    def reopen(self, timeout: float) -> bool:
        """Look for lost devices, by name, for about *timeout* seconds; true once both are there."""
        ...

    def close(self) -> None:
        """Let the devices go; may be called twice."""
        ...
