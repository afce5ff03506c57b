"""Frames in, events out: whether somebody speaks, and which known phrase it was."""

import logging
import math
from concurrent.futures import Future
from dataclasses import replace

from voicecheckin.conversation.messages import Event, Listen, VoiceBegan, VoiceEnded
from voicecheckin.ear.consent import plainly
from voicecheckin.ear.endpointing import (
    GAP,
    GAP_ASIDE,
    Began,
    Ended,
    Endpointer,
    Faltered,
    Mark,
    Paused,
    Resumed,
    Speech,
)
from voicecheckin.ear.judging import (
    LONGEST_ANSWER,
    LONGEST_ASIDE,
    NEAR_MISS,
    Judging,
    believed_over_voice,
    decide,
    open_phrases,
    outcome,
)
from voicecheckin.ear.level import even_out
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.recogniser import Recogniser, Spotted, Verdict, own_of, spotter_of
from voicecheckin.ear.tries import Doubted, question, together
from voicecheckin.ear.voice_activity import VoiceActivity
from voicecheckin.ear.work import AtOnce, Work
from voicecheckin.sound.frames import RATE, Samples

# Probability of speech from which a chunk counts as said over the device's own voice.
AUDIBLE = 0.3
BETWEEN = 2.5
"""Seconds after its own sound in which the device, where it asks nothing, rests between sentences:
a word then interrupts it as well."""
WORD = 0.1
"""Seconds of sure speech in such a word: each of 15 people who said stop there had more. Two clinks
of a dish, which had none, were once taken for it."""
LEAST = 0.03
"""The same over the device's voice, which covers much of it: 319 of 320 had that."""
_log = logging.getLogger(__name__)
_LONGEST = {True: LONGEST_ANSWER, False: LONGEST_ASIDE}


class Ear:
    """Listens for answers after a question, and for commands at any moment.

    No sound is kept beyond six seconds, no transcript is made, and events carry no words.
    """

    def __init__(
        self, recogniser: Recogniser, phrasebook: Phrasebook, work: Work | None = None
    ) -> None:
        self._recogniser = recogniser
        self._own = own_of(recogniser)
        spotter = spotter_of(recogniser)
        self._over_voice = Spotted(spotter, self._own) if spotter else self._own
        self._phrasebook = phrasebook
        self._work = work or AtOnce()
        self._activity = VoiceActivity()
        self._ends = Endpointer()
        self.lag = 0.0
        """Seconds by which the last VoiceBegan came after the voice's first sound."""
        self._listen = Listen(turn=True)
        self._judging: list[Judging] = []
        self._glimpsed: Judging | None = None
        self._speaking = False
        self._announced = False
        self._over = False
        self._aside = False
        self._strict = False
        self._unasked = False
        self._since_sound = math.inf
        self._stale = False
        self._doubted: Doubted | None = None

    def listen(self, effect: Listen) -> None:
        """Listen for this from now on; speech that has begun goes on."""
        self._listen = effect
        self._ends.patience = effect.patience
        if effect.answers:
            self._aside = self._over
        self._stale = True
        self._refresh()

    def hear(
        self, frame: Samples, speaking: bool, somebody: bool = True, learned: bool = True
    ) -> list[Event]:
        """Take the next frame (480 samples); *speaking* while the device itself sounds.

        Where *somebody* else has surely not spoken lately, what sounds like speech is its echo;
        until that is *learned*, it may be so in any case.
        """
        self._note_speaking(speaking, somebody)
        self._since_sound = 0.0 if speaking else self._since_sound + frame.size / RATE
        events: list[Event] = []
        for chunk in self._activity.hear(frame):
            if chunk.nearer:
                self._start_over()
            was_active = self._ends.active
            marks = self._ends.hear(chunk.samples, chunk.probability)
            if self._ends.active and not was_active:
                self._over = self._aside = self._strict = self._unasked = False
                self._withdraw_glimpse()
            if chunk.probability >= AUDIBLE:
                self._unasked |= not self._asks
                self._strict |= not learned and self._interrupts(speaking)
                self._over |= speaking
                self._aside |= self._interrupts(speaking)
            self._ends.gap = GAP_ASIDE if self._aside else GAP
            for mark in marks:
                events += self._take(mark)
        return events + self._announce(somebody) + self._delivered()

    def close(self) -> None:
        """Let the recogniser's thread go; what is still undecided is dropped."""
        self._judging.clear()
        self._glimpsed = None
        self._work.close()

    @property
    def voice(self) -> bool:
        """Whether somebody surely speaks at this moment, pauses between words aside."""
        return self._ends.voice

    @property
    def stirring(self) -> bool:
        """Whether something sounds like speech at this moment; a cup that is set down does not."""
        return self._ends.active and not self._ends.still

    @property
    def commanded(self) -> bool:
        """Whether a command that interrupts the device was probably just said.

        It is known before the silence after it is long enough to act on: whoever goes on speaking
        may have meant something else.
        """
        return self._ends.still and self._glimpsed is not None and self._glimpsed.believed

    @property
    def _asks(self) -> bool:
        """Whether a question was asked, and what is said now answers it."""
        return bool(self._listen.answers) and not self._listen.turn

    def _interrupts(self, speaking: bool) -> bool:
        """Whether a word now interrupts the device: it speaks, or rests between two sentences."""
        asking = self._listen.turn or self._listen.answers
        return speaking or (not asking and self._since_sound < BETWEEN)

    def _note_speaking(self, speaking: bool, somebody: bool) -> None:
        """What was heard over the device may be its echo: once it is silent, answers start afresh.

        Somebody who is in the middle of a command, or has surely said one, goes on being heard.
        """
        somebody = somebody or (self._glimpsed is not None and self._glimpsed.sure)
        if self._interrupts(speaking) and not somebody and not self._announced:
            self._forget()
        if self._speaking and not speaking and not self._announced:
            if self._ends.active and somebody:
                self._ends.cut()
                self._unasked = False
            else:
                self._forget()
                self._activity.reset()
        self._speaking = speaking

    def _forget(self) -> None:
        """Drop speech that has begun; what was judged of it is complete."""
        self._complete()
        self._ends.forget()
        self._withdraw_glimpse()

    def _start_over(self) -> None:
        """Drop the faint talk in whose midst somebody near has begun to speak."""
        self._judging = [judging for judging in self._judging if judging.due]
        self._withdraw_glimpse()
        self._ends.forget()

    def _announce(self, somebody: bool) -> list[Event]:
        """Tell of a voice, as soon as it is sure, somebody's, and not said over the device."""
        if self._announced or self._speaking or not somebody or not self._ends.voice:
            return []
        self._announced = True
        return [VoiceBegan()]

    def _take(self, mark: Mark) -> list[Event]:
        match mark:
            case Began(lag):
                self.lag = lag
            case Resumed():
                self._judging = [judging for judging in self._judging if judging.due]
                self._over = self._speaking
                self._aside = self._interrupts(self._speaking)
            case Faltered(since_pause):
                self._glimpse(since_pause)
            case Paused():
                self._judge(mark)
            case Ended(silence):
                return self._end(silence)
        return []

    def _complete(self) -> None:
        for judging in self._judging:
            judging.due = True

    def _end(self, silence: float) -> list[Event]:
        self._complete()
        announced, self._announced = self._announced, False
        self._refresh()
        return [VoiceEnded(silence)] if announced else []

    def _glimpse(self, speech: Speech) -> None:
        """Look whether a command interrupts the device; it is told once the pause is whole."""
        self._withdraw_glimpse()
        if self._aside:
            self._glimpsed = self._begun(speech, answers=False)

    def _is_all_there_is(self, glimpsed: Judging) -> bool:
        """Whether a slow recogniser is still at it, and would only be asked the same again."""
        return not glimpsed.verdict.done()

    def _withdraw_glimpse(self) -> None:
        if self._glimpsed is not None:
            self._glimpsed.verdict.cancel()
            self._glimpsed = None

    def _judge(self, pause: Paused) -> None:
        glimpsed = self._glimpsed
        if glimpsed is not None and (glimpsed.believed or self._is_all_there_is(glimpsed)):
            self._judging.append(glimpsed)
            self._glimpsed = None
            return
        self._withdraw_glimpse()
        if self._listen.turn or self._aside:
            fresh = pause.fresh if self._listen.answers and not self._listen.turn else None
            if fresh is not None and fresh.voiced >= NEAR_MISS:
                begun = self._begun(fresh, answers=True, before=pause.since_pause)
            else:
                begun = self._begun(pause.since_pause, answers=False)
        else:
            begun = self._begun(_answer_in(pause), answers=True)
        if begun is not None:
            self._judging.append(begun)

    def _begun(
        self, speech: Speech, *, answers: bool, before: Speech | None = None
    ) -> Judging | None:
        """Have *speech* judged; *before*, partly said over the device, may be a command first.

        What is too long to be one of our phrases, or a mere clink, is not.
        """
        if not speech.samples.size or speech.seconds > _LONGEST[answers]:
            return self._too_long(speech) if answers and self._asks else None
        if self._aside and not answers and speech.voiced < (LEAST if self._over else WORD):
            return None
        over, strict = self._over and not answers, self._strict
        over_voice, commands = self._over_voice, self._phrasebook.commands
        aside = over_voice if self._aside else self._own
        answered = self._own if self._unasked else self._recogniser
        recogniser = answered if answers else aside
        phrases = open_phrases(self._listen, self._phrasebook, over)
        strays = self._phrasebook.ids if answers else ()
        plain = answers and self._listen.plain
        earlier = self._earlier() if answers else None

        def decision() -> Verdict:
            if before is not None and before.samples.size:
                verdict = decide(over_voice, before, commands)
                if believed_over_voice(verdict, strict):
                    return verdict
            verdict = decide(recogniser, speech, phrases, strays)
            if plain:
                return plainly(verdict, recogniser, even_out(speech.samples), earlier)
            return together(earlier, verdict)

        def guarded() -> Verdict:
            try:
                return decision()
            except Exception:  # a recogniser that fails has understood nothing
                _log.exception("the ear %s failed", recogniser.name)
                return Verdict(None, 0.0)

        verdict = self._work.begin(guarded)
        return Judging(
            verdict, self._listen, speech, answers, over, strict and not answers, due=not answers
        )

    def _too_long(self, speech: Speech) -> Judging:
        """An answer that nobody judges: that it was too long is told once it has ended."""
        nothing: Future[Verdict] = Future()
        nothing.set_result(Verdict(None, 1.0))
        long = replace(speech, samples=speech.samples[:0])
        return Judging(nothing, self._listen, long, True, over=False, strict=False, due=False)

    def _delivered(self) -> list[Event]:
        """What has been decided and is complete, oldest first."""
        events: list[Event] = []
        waiting: list[Judging] = []
        for judging in self._judging:
            if judging.due and judging.verdict.done():
                self._note_try(judging)
                events += outcome(judging, self._listen)
            else:
                waiting.append(judging)
        self._judging = waiting
        return events

    def _note_try(self, judging: Judging) -> None:
        """Remember what was nearly understood, for the next try at the same question."""
        verdict = judging.verdict.result()
        if judging.answers and not judging.long:
            doubted = Doubted(question(judging.listen), verdict)
            self._doubted = doubted if verdict.doubt else None

    def _earlier(self) -> Verdict | None:
        """What was nearly understood before, if the same is asked of the same person again."""
        doubted = self._doubted
        same = doubted is not None and doubted.question == question(self._listen)
        return doubted.verdict if same and doubted is not None else None

    def _refresh(self) -> None:
        """Let the detector forget the last turn, once nobody is in the middle of a word."""
        if self._stale and not self._ends.active:
            self._activity.reset()
            self._stale = False


def _answer_in(pause: Paused) -> Speech:
    """All that was said, without what before its last part was no speech: a dish, or an echo.

    With 0.9 s of that before it a plain yes was doubted that alone was sure.
    """
    before = pause.whole.voiced - pause.since_pause.voiced
    return pause.since_pause if before < NEAR_MISS else pause.whole
