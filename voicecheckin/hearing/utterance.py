"""How something was said: over the device or not, and whether anything had been asked."""

from dataclasses import dataclass

from voicecheckin.hearing.bargein import FrameContext


@dataclass(slots=True)
class Utterance:
    """What is known of the speech that goes on, beside its sound."""

    during_tts: bool = False
    """Whether the device was speaking in the midst of it."""
    interruption: bool = False
    """Whether it interrupts the device, which spoke or rested between two sentences."""
    echo_unknown: bool = False
    """Whether it may be the device itself, whose echo was not known yet."""
    unasked: bool = False
    """Whether some of it was said before anything was asked."""

    def note(self, context: FrameContext, *, interrupts: bool, asked: bool) -> None:
        """Take note of a chunk of it that is audible."""
        self.unasked |= not asked
        self.echo_unknown |= interrupts and not context.echo_known
        self.during_tts |= context.during_tts
        self.interruption |= interrupts
