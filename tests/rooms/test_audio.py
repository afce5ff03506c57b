"""The room with sound, in the simulated kitchen."""

from concurrent.futures import Future
from functools import partial

import numpy as np
import pytest

from tests.rooms.by_ear import SENTENCE, Evening
from tests.voice.engines import Murmur
from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Chime,
    Effect,
    Ending,
    Event,
    Finish,
    Hush,
    Interrupted,
    Listen,
    Noticed,
    SoundBack,
    SoundLost,
    SpeechEnded,
    TimedOut,
    Unspoken,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.loop import run
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.awaited import LONGEST_RENDERING
from voicecheckin.sound.frames import FRAME_SECONDS, Samples, silence
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice


@pytest.fixture
def evening() -> Evening:
    """A quiet kitchen."""
    return Evening()


def test_a_sentence_has_ended_when_its_last_sample_reached_the_room(evening: Evening) -> None:
    evening.room.perform(SENTENCE)
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() == pytest.approx(1.0 + 0.09 + 0.03, abs=0.05)


def test_a_deadline_is_kept_to_the_frame(evening: Evening) -> None:
    assert evening.room.wait(2.0) == TimedOut()
    assert 2.0 <= evening.room.now() < 2.0 + FRAME_SECONDS
    assert evening.room.wait(1.0) == TimedOut()
    assert evening.room.now() < 2.0 + FRAME_SECONDS


def test_a_bell_ends_like_a_sentence(evening: Evening) -> None:
    evening.room.perform(Chime("rest"))
    assert evening.room.wait(60.0) == SpeechEnded()
    assert 3.0 < evening.room.now() < 4.5


def test_hushed_speech_falls_silent_and_never_ends(evening: Evening) -> None:
    evening.room.perform(SENTENCE)
    assert evening.room.wait(0.4) == TimedOut()
    evening.room.perform(Hush())
    # Its echo is not known yet, and an ear that hears loudness alone takes the rest for a voice.
    assert SpeechEnded() not in list(iter(partial(evening.room.wait, 3.0), TimedOut()))
    assert np.flatnonzero(evening.ear.while_speaking)[-1] * FRAME_SECONDS < 0.4 + 0.3 + 0.15


def test_what_is_said_after_hush_is_the_only_thing_that_ends(evening: Evening) -> None:
    evening.room.perform(SENTENCE)
    evening.room.perform(Hush())
    evening.room.perform(SENTENCE)
    assert evening.room.wait(9.0) == SpeechEnded()
    assert evening.room.wait(9.0) == TimedOut()


def test_the_ear_knows_when_the_device_speaks_and_hears_no_echo(evening: Evening) -> None:
    evening.room.perform(SENTENCE)
    evening.room.wait(5.0)
    evening.room.wait(5.0)
    assert evening.ear.while_speaking[5]
    assert not evening.ear.while_speaking[-1]
    assert max(evening.ear.levels[-20:]) < -60.0


def test_somebody_who_speaks_is_an_event_at_their_time(evening: Evening) -> None:
    rng = np.random.default_rng(1)
    evening.kitchen.place(1.5, rng.normal(size=16_000).astype(np.float32))
    assert evening.room.wait(5.0) == VoiceBegan()
    assert evening.room.now() == pytest.approx(1.5, abs=0.1)


def test_listen_is_for_the_ear_and_only_listen(evening: Evening) -> None:
    effects: list[Effect] = [Listen(("yes", "no")), SENTENCE, Hush(), Finish(Ending.COMPLETED)]
    for effect in effects:
        evening.room.perform(effect)
    assert evening.ear.listened == effects[:1]


def test_a_lost_device_is_an_event_and_so_is_its_return(evening: Evening) -> None:
    evening.kitchen.lose(0.5, 3.3)
    evening.room.perform(SENTENCE)
    assert evening.room.wait(60.0) == SoundLost()
    assert evening.room.now() == pytest.approx(0.5, abs=FRAME_SECONDS)
    assert evening.room.wait(60.0) == SoundBack()
    assert evening.room.now() == pytest.approx(3.8, abs=2 * FRAME_SECONDS)
    assert evening.room.wait(10.0) == TimedOut()


def test_deadlines_are_kept_while_the_device_is_lost(evening: Evening) -> None:
    evening.kitchen.lose(0.0, 600.0)
    assert evening.room.wait(300.0) == SoundLost()
    assert evening.room.wait(300.0) == TimedOut()
    assert evening.room.now() == pytest.approx(300.0, abs=1.0)


def test_an_interruption_is_an_event_once(evening: Evening) -> None:
    evening.room.interrupt()
    assert evening.room.wait(1.0) == Interrupted()
    assert evening.room.wait(1.0) == TimedOut()


def test_a_sentence_that_takes_long_to_render_does_not_stop_time(evening: Evening) -> None:
    slow = SlowSpeech(evening)
    room = AudioRoom(evening.kitchen, slow, evening.ear, canceller())
    room.perform(SENTENCE)
    assert room.wait(2.0) == TimedOut()
    slow.deliver()
    assert room.wait(9.0) == SpeechEnded()
    assert room.now() == pytest.approx(2.0 + 1.0 + 0.12, abs=0.05)


def test_a_sentence_that_no_voice_can_speak_is_an_event(evening: Evening) -> None:
    evening.engine.broken = True
    evening.room.perform(SENTENCE)
    assert evening.room.wait(60.0) == Unspoken()
    assert evening.room.now() == 0.0
    evening.engine.broken = False
    evening.room.perform(SENTENCE)
    assert evening.room.wait(60.0) == SpeechEnded()


@pytest.mark.parametrize("problem", [KeyError("rate"), SystemError(), OSError()])
def test_whatever_the_voice_raises_stays_in_the_room(evening: Evening, problem: Exception) -> None:
    speech = SlowSpeech(evening)
    room = AudioRoom(evening.kitchen, speech, evening.ear, canceller())
    room.perform(SENTENCE)
    speech.future.set_exception(problem)
    assert room.wait(9.0) == Unspoken()
    speech.problem = problem
    room.perform(SENTENCE)
    assert room.wait(9.0) == Unspoken()


def test_a_sentence_that_never_comes_is_waited_for_only_so_long(evening: Evening) -> None:
    room = AudioRoom(evening.kitchen, SlowSpeech(evening), evening.ear, canceller())
    room.perform(SENTENCE)
    assert room.wait(None) == Unspoken()
    assert room.now() == pytest.approx(LONGEST_RENDERING, abs=0.1)


def test_a_hushed_sentence_that_could_not_be_spoken_is_no_event(evening: Evening) -> None:
    evening.engine.broken = True
    evening.room.perform(SENTENCE)
    evening.room.perform(Hush())
    assert evening.room.wait(1.0) == TimedOut()


def test_a_bell_that_is_not_there_is_an_event(evening: Evening) -> None:
    evening.room.perform(Chime("gong"))
    assert evening.room.wait(1.0) == Unspoken()


def test_an_ear_that_fails_is_told_once_and_voices_are_heard_all_the_same(
    evening: Evening,
) -> None:
    evening.ear.broken = True
    rng = np.random.default_rng(1)
    evening.kitchen.place(1.5, 0.1 * rng.normal(size=16_000).astype(np.float32))
    evening.room.perform(Listen(turn=True, patience=1.5))
    assert evening.room.wait(9.0) == Noticed("deaf")
    assert evening.room.wait(9.0) == VoiceBegan()
    assert evening.room.now() == pytest.approx(1.8, abs=0.2)
    assert evening.room.wait(9.0) == VoiceEnded(pytest.approx(1.5, abs=0.05))
    assert evening.room.now() == pytest.approx(4.1, abs=0.2)
    assert evening.room.wait(9.0) == TimedOut()


def test_a_microphone_that_gives_nothing_is_told(evening: Evening) -> None:
    room = AudioRoom(
        StillSound(), ImmediateTts(Voice(evening.engine)), evening.ear, canceller("none")
    )
    assert room.wait(130.0) == Noticed("no_sound_heard")


def test_a_sitting_without_a_voice_comes_to_an_end(evening: Evening) -> None:
    evening.engine.broken = True
    speech = ImmediateTts(Voice(evening.engine))
    room = AudioRoom(StillSound(), speech, evening.ear, canceller("none"))
    checkin = CheckIn(load("en"), SittingOptions(evening=1, length="short"))
    run(checkin, room)
    assert checkin.ending is Ending.DECLINED  # nobody said yes: no consent is no


def test_the_company_sees_effects_events_and_silence() -> None:
    evening, company = Evening(), Diary()
    room = AudioRoom(
        evening.kitchen, ImmediateTts(Voice(Murmur())), evening.ear, canceller(), company=company
    )
    room.perform(SENTENCE)
    room.wait(9.0)
    room.wait(2.0)
    assert company.effects == [SENTENCE]
    assert company.events == [SpeechEnded(), TimedOut()]
    assert company.silent[0] is False
    assert company.silent[-1] is True


class StillSound:
    """A room in which nothing ever sounds."""

    seconds = 0.0
    latency = 1

    def exchange(self, frame: Samples) -> Samples:
        """Let a frame go by."""
        self.seconds += FRAME_SECONDS
        return silence()

    def reopen(self, timeout: float) -> bool:
        """Nothing is ever lost."""
        return True

    def close(self) -> None:
        """Nothing to let go of."""


class SlowSpeech:
    """Delivers its one sentence when told to."""

    def __init__(self, evening: Evening) -> None:
        self.future: Future[Samples] = Future()
        self.problem: Exception | None = None
        self._voice = Voice(evening.engine)

    def want(self, text: str, tempo: float) -> "Future[Samples]":
        """Promise the sentence."""
        if self.problem is not None:
            raise self.problem
        self._text = text
        return self.future

    def deliver(self) -> None:
        """Keep the promise."""
        self.future.set_result(self._voice.sentence(self._text))

    def expect(self, texts: object, tempo: float = 1.0) -> None:
        """Expect nothing."""

    def close(self) -> None:
        """Nothing to let go of."""


class Diary:
    """Company that only watches."""

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.events: list[Event] = []
        self.silent: list[bool] = []

    def on_effect(self, effect: Effect, now: float) -> None:
        """Note the effect."""
        self.effects.append(effect)

    def on_event(self, event: Event, now: float) -> None:
        """Note the event."""
        self.events.append(event)

    def on_frame(self, now: float, silent: bool) -> None:
        """Note the silence."""
        self.silent.append(silent)
