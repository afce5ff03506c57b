"""Events that happen to a check-in, and effects it asks for.

Events are in the past tense, effects in the imperative. Neither carries free text that a person
said: a meaning comes from the closed set of phrases in the content files.
"""

from dataclasses import dataclass
from enum import Enum


class Command(Enum):
    """What either partner may say at any moment; the value is the phrase's id in the content."""

    STOP = "stop"
    PAUSE = "pause"
    GO_ON = "go on"
    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    SOFTER = "softer"
    PASS = "pass"
    HOLD = "hold"
    MORE_TIME = "more time"
    DONE = "done"
    HELP = "help"
    TIME_OUT = "time out"
    OVERWHELMED = "overwhelmed"
    DISAGREE = "disagree"
    HEAVY = "heavy"
    NOT_ALONE = "not alone"
    SKIP_AHEAD = "skip ahead"
    FORGET_THAT = "forget that"
    FORGET_EVERYTHING = "forget everything"
    RULES = "rules"


class Ending(Enum):
    """Every way in which a sitting can end; there is no other."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    DECLINED = "declined"
    QUIET = "quiet"
    SOUND_GONE = "sound gone"
    INTERRUPTED = "interrupted"


# Events


@dataclass(frozen=True, slots=True)
class Started:
    """The sitting began."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The last sample of what was asked for by `Speak` or `Chime` has sounded."""


@dataclass(frozen=True, slots=True)
class Unspoken:
    """The sentence that was asked for cannot be spoken by any voice; no `SpeechEnded` follows."""


@dataclass(frozen=True, slots=True)
class VoiceBegan:
    """Somebody at the table has been speaking long enough to be sure of it."""


@dataclass(frozen=True, slots=True)
class VoiceEnded:
    """Nobody is speaking any more."""

    silence: float = 0.0
    """Seconds of silence that have gone by already."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An open command was understood."""

    command: Command


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the answers that `Listen` named was understood."""

    meaning: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """What was said after a question was none of our phrases, or could be two of them."""

    doubt: bool = False
    """Whether it was nearly one of them: worth asking again in other words."""
    long: bool = False
    """Whether it was longer than an answer can be understood."""


@dataclass(frozen=True, slots=True)
class OutOfPlace:
    """A phrase we know was said, but it is no answer to this question."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `Record` asked for is in memory: the speaker fell silent, or the time was up."""

    seconds: float
    """How long it is; 0 where nobody said anything."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """The device has something to tell about itself, such as that nothing can be kept tonight."""

    line: str
    """The key of the recurring line that says it."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The check-in's deadline has passed."""


@dataclass(frozen=True, slots=True)
class SoundLost:
    """The microphone or the speaker is gone."""


@dataclass(frozen=True, slots=True)
class SoundBack:
    """Both are there again."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The program is asked to end at once: Ctrl-C, or the system is going down."""


Event = (
    Started
    | SpeechEnded
    | Unspoken
    | VoiceBegan
    | VoiceEnded
    | Heard
    | Answered
    | NotUnderstood
    | OutOfPlace
    | Recorded
    | Noticed
    | TimedOut
    | SoundLost
    | SoundBack
    | Interrupted
)


# Effects


@dataclass(frozen=True, slots=True)
class Speak:
    """Say one sentence; `SpeechEnded` follows once it has sounded, or `Unspoken` if it cannot."""

    text: str
    step: str = ""
    tempo: float = 1.0
    """Speed of the words themselves: 1.0 is about 145 words a minute."""
    gain: float = 0.0
    """Decibels above the usual loudness."""


@dataclass(frozen=True, slots=True)
class Chime:
    """Sound one of the bells in `audio/`; `SpeechEnded` follows once it has sounded."""

    name: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop sounding, with a short fade. No `SpeechEnded` follows."""


@dataclass(frozen=True, slots=True)
class Listen:
    """What to listen for from now on; it holds until the next `Listen`.

    The open commands are heard always, also while the device speaks; answers only while it is
    silent.
    """

    answers: tuple[str, ...] = ()
    """Ids of the phrases that count as answers."""
    turn: bool = False
    """Whether a free turn is under way: long speech is only voice, short utterances are judged."""
    step: str = ""
    floor: int | None = None
    """Whose turn it is, 0 or 1; None when both are asked."""
    patience: float = 1.0
    """Seconds of silence after which an utterance counts as complete."""
    plain: bool = False
    """Whether a consent is asked for: only a plain answer counts, heard more surely than others."""


@dataclass(frozen=True, slots=True)
class ConfirmNames:
    """Both said that the names they are called by, which were new, are right."""


@dataclass(frozen=True, slots=True)
class AllowPhrase:
    """Both were asked whether the device may listen for their phrase between sittings."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class Remember:
    """Both were asked what may be kept of this evening: nothing, dates or agreements."""

    memory: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Remember, if both agreed to it, that this topic lies behind us (or is held)."""

    topic: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class AgreeDate:
    """Both were asked for a next time, about a week ahead: agreed on, or left open."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one offer in memory, in the speaker's own voice; `Recorded` follows.

    It was announced. It ends with the speaker's voice, or after *limit* seconds, and is dropped
    unless `KeepOffers` comes before the sitting ends.
    """

    floor: int
    limit: float = 20.0


@dataclass(frozen=True, slots=True)
class PlayBack:
    """Let an offer be heard; `SpeechEnded` follows."""

    floor: int | None
    """Whose of tonight; None for those that were kept on an earlier evening."""
    step: str = ""


@dataclass(frozen=True, slots=True)
class KeepOffers:
    """Both were asked for their own yes: keep tonight's offers, or drop them."""

    keep: bool


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what is kept: of this evening, or all of it."""

    everything: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """The sitting is over."""

    ending: Ending


Effect = (
    Speak
    | Chime
    | Hush
    | Listen
    | ConfirmNames
    | AllowPhrase
    | Remember
    | Keep
    | AgreeDate
    | Record
    | PlayBack
    | KeepOffers
    | Forget
    | Finish
)
