"""What is believed while the device speaks, and how it gives way: each number and its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """How the device and the people at the table share the air."""

    duck_for: float = 0.6
    """Seconds after a sound that was no sure voice, before the device comes forward again."""
    longest_duck: float = 2.0
    """Seconds for which noise alone can keep the device back, and then cannot for as long."""
    lasting_voice: float = 0.8
    """Seconds for which a sure voice goes on, before the device falls silent altogether."""
    resume_after: float = 1.2
    """Seconds after a voice in which a command may still be understood, before speech goes on."""

    room_tail: float = 0.12
    """Seconds for which the room still answers after the last sample has sounded."""
    reverberant: float = 1.0
    """Seconds for which a lively room still murmurs: what nobody can have said is no word then, and
    a voice that nobody can have yet is told of later. It was once in 5.5 hours of its speech that
    the device took its echo and a dish for somebody."""
    near_end_voice: float = 0.5
    """Seconds after somebody may have spoken in which what sounds like speech can be theirs."""
    near_end_command: float = 3.0
    """The same for a command: deciding takes time."""

    between_sentences: float = 2.5
    """Seconds after its own sound in which the device, where it asks nothing, rests between
    sentences: a word then interrupts it as well."""
    audible: float = 0.3
    """Probability of speech from which a chunk counts as said over the device's own voice."""
    voiced_between: float = 0.1
    """Seconds of sure speech in a word between two sentences: each of 15 people who said stop there
    had more. Two clinks of a dish, which had none, were once taken for it."""
    voiced_during_tts: float = 0.03
    """The same over the device's voice, which covers much of it: 319 of 320 had that."""
    gap: float = 0.35
    """Seconds of silence that bound an interruption: whoever says a word then wants silence now."""
    score: float = 0.85
    """Score that a command needs while the device itself speaks, *stop* apart."""
    score_echo_unknown: float = 0.95
    """The same, for *stop* too, as long as the device's echo is not known: by then its second
    sentence came up to 0.91 in two of 60 simulated kitchens."""


POLICY = Policy()
