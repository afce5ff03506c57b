"""What an utterance is judged for, and what follows from the verdict."""

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
from voicecheckin.ear.endpointing import CONFIDENT, Speech
from voicecheckin.ear.level import even_out
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.recogniser import Recogniser, Verdict
from voicecheckin.ear.tries import question

LONGEST_ANSWER = 4.0
"""Seconds; whoever speaks longer is asked again for a short answer."""
LONGEST_ASIDE = 3.0
"""Seconds of a command within a turn."""
NEAR_MISS = 0.15
"""Seconds of sure speech from which something like a phrase is worth asking again."""
OVER_VOICE = 0.85
"""Score that a command needs while the device itself speaks, *stop* apart."""
UNKNOWN_ECHO = 0.95
"""The same, for *stop* too, as long as the device's echo is not known: by then its second sentence
came up to 0.91 in two of 60 simulated kitchens."""
ASSENT = "assent"
"""A yes that is not plain, such as "fine": where a consent is asked, it is asked again."""


@dataclass(slots=True)
class Judging:
    """One utterance with the recogniser, from its end until its meaning is delivered."""

    verdict: Future[Verdict]
    listen: Listen
    """What was listened for when it was said."""
    speech: Speech
    answers: bool
    """Whether a question was being answered; else it was said within a turn, or interrupts."""
    over: bool
    """Whether the device was speaking."""
    strict: bool
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
        return self.verdict.done() and believed_over_voice(self.verdict.result(), self.strict)

    @property
    def sure(self) -> bool:
        """Whether it is decided, and so surely a command that no echo can be it."""
        return self.believed and self.verdict.result().score >= OVER_VOICE


def open_phrases(listen: Listen, phrasebook: Phrasebook, over: bool) -> tuple[str, ...]:
    """Return the ids that count now: answers only while the device is silent, commands always."""
    answers = () if over else listen.answers
    return (*answers, *(id for id in phrasebook.commands if id not in answers))


def decide(
    recogniser: Recogniser, speech: Speech, phrases: Sequence[str], strays: Sequence[str] = ()
) -> Verdict:
    """Judge *speech* among *phrases*; if it is none of them, see whether it is one of *strays*."""
    utterance = even_out(speech.samples)
    verdict = recogniser.decide(utterance, phrases)
    if verdict.phrase is not None or verdict.doubt or not strays:
        return verdict
    stray = recogniser.decide(utterance, strays)
    return stray if stray.phrase is not None and not stray.doubt else verdict


def believed_over_voice(verdict: Verdict, strict: bool) -> bool:
    """Whether a command may be acted on that was said while the device itself spoke."""
    stop = verdict.phrase == Command.STOP.value and not strict
    sure = stop or verdict.score >= (UNKNOWN_ECHO if strict else OVER_VOICE)
    return verdict.phrase is not None and not verdict.doubt and sure


def outcome(judging: Judging, now: Listen) -> list[Event]:
    """Return what the verdict means while *now* is listened for; what comes too late is dropped."""
    verdict = judging.verdict.result()
    same_question = question(judging.listen) == question(now)
    if judging.long:
        return [NotUnderstood(long=True)] if same_question else []
    if verdict.phrase is None or verdict.doubt:
        asked = judging.answers and same_question and _worth_asking(judging.speech, verdict)
        return [NotUnderstood(verdict.doubt)] if asked else []
    if verdict.phrase in judging.listen.answers and not judging.over:
        return [Answered(verdict.phrase)] if same_question else []
    if verdict.phrase in {command.value for command in Command}:
        free = not judging.over and not judging.strict
        return [Heard(Command(verdict.phrase))] if free or judging.believed else []
    if not (judging.answers and same_question):
        return []
    weak = judging.listen.plain and verdict.phrase == ASSENT
    return [NotUnderstood(doubt=True)] if weak else [OutOfPlace()]


def _worth_asking(speech: Speech, verdict: Verdict) -> bool:
    """A cough or a cup is not worth a question; nearly a word is."""
    return speech.voiced >= (NEAR_MISS if verdict.doubt else CONFIDENT)
