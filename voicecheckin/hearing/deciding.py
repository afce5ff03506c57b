"""Has utterances decided, and holds what was decided until it is complete."""

import logging
from concurrent.futures import Future
from dataclasses import replace

from voicecheckin.conversation.messages import Event, Listen
from voicecheckin.hearing.agc import even_out
from voicecheckin.hearing.consent import plainly
from voicecheckin.hearing.decision import (
    LONGEST_ANSWER,
    LONGEST_COMMAND,
    NEAR_MISS,
    PendingDecision,
    believed_during_tts,
    decide,
    open_phrases,
    outcome,
)
from voicecheckin.hearing.endpointing import Paused, Speech
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.policy import POLICY
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition, Spotted
from voicecheckin.hearing.tries import Doubted, question, together
from voicecheckin.hearing.utterance import Utterance
from voicecheckin.hearing.work import Decision, Work

_log = logging.getLogger(__name__)


class Decisions:
    """What is being decided about the last utterances; speech that resumes withdraws it.

    An early decision is one about a word in whose midst somebody may still be: it tells that a
    command was probably said.
    """

    def __init__(self, recogniser: Recogniser, phrasebook: Phrasebook, work: Work) -> None:
        spotter, own = recogniser.spotter, recogniser.for_commands()
        self._recogniser = recogniser
        self._own = own
        self._interrupting = Spotted(spotter, own) if spotter is not None else own
        self._phrasebook = phrasebook
        self._work = work
        self._pending: list[PendingDecision] = []
        self._early: PendingDecision | None = None
        self._doubted: Doubted | None = None

    @property
    def commanded(self) -> bool:
        """Whether a command that interrupts the device was probably just said."""
        return self._early is not None and self._early.believed

    @property
    def surely_commanded(self) -> bool:
        """Whether that was surely somebody, and no echo."""
        return self._early is not None and self._early.sure

    def look_early(self, speech: Speech, utterance: Utterance, listen: Listen) -> None:
        """Look whether a command interrupts the device; it is told once the pause is whole."""
        self.withdraw_early()
        if utterance.interruption:
            self._early = self._begun(speech, utterance, listen, answers=False)

    def withdraw_early(self) -> None:
        """Whoever spoke goes on: what it seemed to be is nothing."""
        if self._early is not None:
            self._early.recognition.cancel()
            self._early = None

    def begin(self, pause: Paused, utterance: Utterance, listen: Listen) -> None:
        """Have what was said before *pause* decided."""
        early = self._early
        # A slow recogniser that is still at it would only be asked the same again.
        if early is not None and (early.believed or not early.recognition.done()):
            self._pending.append(early)
            self._early = None
            return
        self.withdraw_early()
        fresh = pause.fresh if listen.answers and not listen.turn else None
        if not listen.turn and not utterance.interruption:
            begun = self._begun(_answer_in(pause), utterance, listen, answers=True)
        elif fresh is not None and fresh.voiced >= NEAR_MISS:
            before = pause.since_pause
            begun = self._begun(fresh, utterance, listen, answers=True, before=before)
        else:
            begun = self._begun(pause.since_pause, utterance, listen, answers=False)
        if begun is not None:
            self._pending.append(begun)

    def withdraw(self) -> None:
        """Speech goes on: drop what was decided about it, unless that was complete."""
        self._pending = [pending for pending in self._pending if pending.due]

    def complete(self) -> None:
        """Nothing more comes: what was decided counts."""
        for pending in self._pending:
            pending.due = True

    def delivered(self, listen: Listen) -> list[Event]:
        """What has been decided and is complete, oldest first."""
        events: list[Event] = []
        waiting: list[PendingDecision] = []
        for pending in self._pending:
            if pending.due and pending.recognition.done():
                self._note_try(pending)
                events += outcome(pending, listen)
            else:
                waiting.append(pending)
        self._pending = waiting
        return events

    def close(self) -> None:
        """Let the recogniser's thread go; what is still undecided is dropped."""
        self._pending.clear()
        self._early = None
        self._work.close()

    def _begun(
        self,
        speech: Speech,
        utterance: Utterance,
        listen: Listen,
        *,
        answers: bool,
        before: Speech | None = None,
    ) -> PendingDecision | None:
        """Have *speech* decided; *before*, partly said over the device, may be a command first.

        What is too long to be one of our phrases, or a mere clink, is not.
        """
        longest = LONGEST_ANSWER if answers else LONGEST_COMMAND
        if not speech.samples.size or speech.seconds > longest:
            asks = bool(listen.answers) and not listen.turn
            return _too_long(speech, listen) if answers and asks else None
        if utterance.interruption and not answers and speech.voiced < self._voiced(utterance):
            return None
        commanded = self._interrupting if utterance.interruption else self._own
        answered = self._own if utterance.unasked else self._recogniser
        recogniser = answered if answers else commanded
        during_tts = utterance.during_tts and not answers
        echo_unknown = utterance.echo_unknown
        phrases = open_phrases(listen, self._phrasebook, during_tts)
        others = self._phrasebook.ids if answers else ()
        earlier = self._earlier(listen) if answers else None

        def decision() -> Recognition:
            if before is not None and before.samples.size:
                result = decide(self._interrupting, before, self._phrasebook.commands)
                if believed_during_tts(result, echo_unknown):
                    return result
            result = decide(recogniser, speech, phrases, others)
            if answers and listen.plain:
                return plainly(result, recogniser, even_out(speech.samples), earlier)
            return together(earlier, result)

        return PendingDecision(
            self._work.begin(self._guarded(decision)),
            listen,
            speech,
            answers,
            during_tts,
            echo_unknown and not answers,
            due=not answers,
        )

    def _voiced(self, utterance: Utterance) -> float:
        """Seconds of sure speech that an interruption has at least."""
        return POLICY.voiced_during_tts if utterance.during_tts else POLICY.voiced_between

    def _guarded(self, decision: Decision) -> Decision:
        """A recogniser that fails has understood nothing."""

        def guarded() -> Recognition:
            try:
                return decision()
            except Exception:
                _log.exception("the ear %s failed", self._recogniser.name)
                return Recognition(None, 0.0)

        return guarded

    def _note_try(self, pending: PendingDecision) -> None:
        """Remember what was nearly understood, for the next try at the same question."""
        result = pending.recognition.result()
        if pending.answers and not pending.long:
            doubted = Doubted(question(pending.listen), result)
            self._doubted = doubted if result.doubt else None

    def _earlier(self, listen: Listen) -> Recognition | None:
        """What was nearly understood before, if the same is asked of the same person again."""
        doubted = self._doubted
        same = doubted is not None and doubted.question == question(listen)
        return doubted.result if same and doubted is not None else None


def _too_long(speech: Speech, listen: Listen) -> PendingDecision:
    """An answer that nobody judges: that it was too long is told once it has ended."""
    nothing: Future[Recognition] = Future()
    nothing.set_result(Recognition(None, 1.0))
    long = replace(speech, samples=speech.samples[:0])
    return PendingDecision(
        nothing, listen, long, answers=True, during_tts=False, echo_unknown=False, due=False
    )


def _answer_in(pause: Paused) -> Speech:
    """All that was said, without what before its last part was no speech: a dish, or an echo.

    With 0.9 s of that before it a plain yes was doubted that alone was sure.
    """
    before = pause.whole.voiced - pause.since_pause.voiced
    return pause.since_pause if before < NEAR_MISS else pause.whole
