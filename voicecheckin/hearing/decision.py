"""What an utterance is decided for, and what follows from the result."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Listen,
    NotUnderstood,
    OutOfPlace,
)
from voicecheckin.hearing.agc import even_out
from voicecheckin.hearing.endpointing import CONFIDENT, Speech
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.policy import POLICY
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.hearing.tries import question

LONGEST_ANSWER = 4.0
"""Seconds; whoever speaks longer is asked again for a short answer."""
LONGEST_COMMAND = 3.0
"""Seconds of a command within a turn."""
NEAR_MISS = 0.15
"""Seconds of sure speech from which something like a phrase is worth asking again."""
LIKELY = 0.5
"""Score of a doubt that is worth asking again however little of it was surely speech: beside dishes
a short yes may have 0.03 s of that. Three of 59 were met with nothing there that scored 0.8."""
ASSENT = "assent"
"""A yes that is not plain, such as "fine": where a consent is asked, it is asked again."""


@dataclass(slots=True)
class PendingDecision:
    """One utterance with the recogniser, from its end until its meaning is delivered."""

    recognition: Future[Recognition]
    listen: Listen
    """What was listened for when it was said."""
    speech: Speech
    answers: bool
    """Whether a question was being answered; else it was said within a turn, or interrupts."""
    during_tts: bool
    """Whether the device was speaking."""
    echo_unknown: bool
    """Whether it may be the device itself, whose echo was not known yet."""
    due: bool
    """Whether it is complete: speech that resumes before that withdraws it."""

    @property
    def long(self) -> bool:
        """Whether it was too long to be an answer; of its sound nothing is kept."""
        return self.answers and self.speech.seconds > LONGEST_ANSWER

    @property
    def believed(self) -> bool:
        """Whether it is decided, and a command that may be acted on over the device's voice."""
        done = self.recognition.done()
        return done and believed_during_tts(self.recognition.result(), self.echo_unknown)

    @property
    def sure(self) -> bool:
        """Whether it is decided, and so surely a command that no echo can be it."""
        return self.believed and self.recognition.result().score >= POLICY.score


def open_phrases(listen: Listen, phrasebook: Phrasebook, during_tts: bool) -> tuple[str, ...]:
    """Return the ids that count now: answers only while the device is silent, commands always."""
    answers = () if during_tts else listen.answers
    return (*answers, *(id for id in phrasebook.commands if id not in answers))


def decide(
    recogniser: Recogniser, speech: Speech, phrases: Sequence[str], others: Sequence[str] = ()
) -> Recognition:
    """Judge *speech* among *phrases*; if it is none of them, see whether it is one of *others*."""
    utterance = even_out(speech.samples)
    result = recogniser.decide(utterance, phrases)
    if result.phrase is not None or result.doubt or not others:
        return result
    other = recogniser.decide(utterance, others)
    return other if other.phrase is not None and not other.doubt else result


def believed_during_tts(result: Recognition, echo_unknown: bool) -> bool:
    """Whether a command may be acted on that was said while the device itself spoke."""
    stop = result.phrase == Command.STOP.value and not echo_unknown
    sure = stop or result.score >= (POLICY.score_echo_unknown if echo_unknown else POLICY.score)
    return result.phrase is not None and not result.doubt and sure


def outcome(pending: PendingDecision, now: Listen) -> list[Event]:
    """Return what the result means while *now* is listened for; what comes too late is dropped."""
    result = pending.recognition.result()
    same_question = question(pending.listen) == question(now)
    if pending.long:
        return [NotUnderstood(long=True)] if same_question else []
    if result.phrase is None or result.doubt:
        asked = pending.answers and same_question and _worth_asking(pending.speech, result)
        return [NotUnderstood(result.doubt)] if asked else []
    if result.phrase in pending.listen.answers and not pending.during_tts:
        return [Answered(result.phrase)] if same_question else []
    if result.phrase in {command.value for command in Command}:
        free = not pending.during_tts and not pending.echo_unknown
        return [Heard(Command(result.phrase))] if free or pending.believed else []
    if not (pending.answers and same_question):
        return []
    weak = pending.listen.plain and result.phrase == ASSENT
    return [NotUnderstood(doubt=True)] if weak else [OutOfPlace()]


def _worth_asking(speech: Speech, result: Recognition) -> bool:
    """A cough or a cup is not worth a question; nearly a word is, and what was likely one."""
    if result.doubt and result.score >= LIKELY:
        return True
    return speech.voiced >= (NEAR_MISS if result.doubt else CONFIDENT)
