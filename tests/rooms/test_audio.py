"""The room with sound, in the simulated kitchen."""

from concurrent.futures import Future
from functools import partial

import numpy as np
import pytest

from tests.voice.engines import Murmur
from voicecheckin.conversation.messages import (
    Chime,
    Command,
    Effect,
    Ending,
    Event,
    Finish,
    Heard,
    Hush,
    Interrupted,
    Listen,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.errors import EngineMissing
from voicecheckin.rooms.actors import spoken
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.echo import canceller
from voicecheckin.sound.frames import FRAME_SECONDS, Samples, loudness
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.engine import Samples as Spoken
from voicecheckin.voice.telling import AtOnce
from voicecheckin.voice.voice import Voice

SENTENCE = Speak("ten letter")
"""One second of murmur."""


LOUD = -35.0
"""dB relative to full scale, above which a test's ear hears a voice."""


class LevelEar:
    """Hears a voice wherever there is sound, and nothing else."""

    def __init__(self) -> None:
        self.listened: list[Listen] = []
        self.while_speaking: list[bool] = []
        self.levels: list[float] = []
        self._voice = False

    def listen(self, effect: Listen) -> None:
        """Note what to listen for."""
        self.listened.append(effect)

    def hear(self, frame: Samples, speaking: bool, somebody: bool) -> list[Event]:
        """Note the frame; a voice begins where it is loud and the device silent."""
        self.while_speaking.append(speaking)
        self.levels.append(loudness(frame))
        loud = self.levels[-1] > LOUD and not speaking
        began, self._voice = loud and not self._voice, loud
        return [VoiceBegan()] if began else []

    def close(self) -> None:
        """Nothing to let go of."""


class BargeInEar(LevelEar):
    """Also knows of voices while the device speaks, and takes long ones for stop if told so."""

    def __init__(self) -> None:
        super().__init__()
        self.hears_stop = False
        self.errs = False

    @property
    def voice(self) -> bool:
        """Whether it was loud lately."""
        return max(self.levels[-10:]) > LOUD

    @property
    def stirring(self) -> bool:
        """Whether it is loud."""
        return self.levels[-1] > LOUD

    @property
    def commanded(self) -> bool:
        """Whether it takes what was loud lately for a command, wrongly."""
        return self.errs and max(self.levels[-5:]) > LOUD

    def hear(self, frame: Samples, speaking: bool, somebody: bool) -> list[Event]:
        """Hear stop in whatever is loud."""
        events = super().hear(frame, speaking, somebody)
        return [*events, Heard(Command.STOP)] if self.hears_stop else events


class Played:
    """What an evening's device plays: when (seconds), and how loud its loudest sample is."""

    def __init__(self, evening: "Evening") -> None:
        self.levels: list[tuple[float, float]] = []
        self._kitchen, self._exchange = evening.kitchen, evening.kitchen.exchange
        evening.kitchen.exchange = self.exchange  # type: ignore[method-assign]  # listens in

    def exchange(self, frame: Samples) -> Samples:
        """Note the frame and play it."""
        self.levels.append((self._kitchen.seconds, float(np.abs(frame).max())))
        return self._exchange(frame)


class Evening:
    """A room in a kitchen, with everything that belongs to it."""

    def __init__(
        self, kitchen: Kitchen | None = None, ear: LevelEar | None = None, echo: str = "webrtc"
    ) -> None:
        self.kitchen = KitchenSound(kitchen or Kitchen(noise=None, delay=0.09))
        self.ear = ear or LevelEar()
        self.engine = Murmur()
        self.room = AudioRoom(
            self.kitchen,
            AtOnce(Voice(self.engine)),
            self.ear,
            canceller(echo),
        )


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
    assert evening.room.wait(3.0) == TimedOut()
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
    slow = SlowTeller(evening)
    room = AudioRoom(evening.kitchen, slow, evening.ear, canceller())
    room.perform(SENTENCE)
    assert room.wait(2.0) == TimedOut()
    slow.deliver()
    assert room.wait(9.0) == SpeechEnded()
    assert room.now() == pytest.approx(2.0 + 1.0 + 0.12, abs=0.05)


def test_a_voice_that_is_broken_is_said_so(evening: Evening) -> None:
    evening.engine.broken = True
    with pytest.raises(EngineMissing):
        evening.room.perform(SENTENCE)


def test_the_company_sees_effects_events_and_silence() -> None:
    evening, company = Evening(), Diary()
    room = AudioRoom(
        evening.kitchen, AtOnce(Voice(Murmur())), evening.ear, canceller(), company=company
    )
    room.perform(SENTENCE)
    room.wait(9.0)
    room.wait(2.0)
    assert company.effects == [SENTENCE]
    assert company.events == [SpeechEnded(), TimedOut()]
    assert company.silent[0] is False
    assert company.silent[-1] is True


LONG = Speak("a sentence that takes five seconds, at a tenth a letter")


def crackle(seconds: float) -> Samples:
    """Somebody, roughly."""
    return np.random.default_rng(2).normal(size=round(seconds * 16_000)).astype(np.float32)


def test_a_voice_over_the_device_silences_it_and_the_sentence_begins_again() -> None:
    evening = Evening(ear=BargeInEar())
    end = evening.kitchen.place(2.0, spoken("sorry but may I ask you something first", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == VoiceBegan()
    assert evening.room.now() == pytest.approx(2.0 + 0.8, abs=0.5)
    ended = evening.room.wait(60.0)
    assert isinstance(ended, VoiceEnded)
    assert ended.silence == pytest.approx(1.2, abs=0.05)
    assert evening.room.now() == pytest.approx(end + 1.2, abs=0.8)
    again = evening.room.now()
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() - again == pytest.approx(0.1 * len(LONG.text), abs=0.3)


def test_a_word_makes_the_device_step_back_and_begin_again_without_an_event() -> None:
    evening = Evening(ear=BargeInEar())
    evening.kitchen.place(2.0, spoken("oh dear", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() > 2.0 + 0.1 * len(LONG.text)


@pytest.mark.parametrize("echo", ["webrtc", "none"])
@pytest.mark.parametrize("words", ["oh dear", "sorry but may I ask you something first"])
def test_whatever_is_said_over_it_the_sentence_comes_to_its_end(echo: str, words: str) -> None:
    evening = Evening(Kitchen(noise=None, echo=None), BargeInEar(), echo)
    evening.kitchen.place(2.0, spoken(words, 0))
    evening.room.perform(LONG)
    events = list(iter(partial(evening.room.wait, 20.0), SpeechEnded()))
    assert TimedOut() not in events
    assert len(events) in (0, 2)


def test_the_device_is_silent_once_it_seems_to_be_told_something_and_begins_again() -> None:
    ear = BargeInEar()
    ear.errs = True
    evening = Evening(ear=ear)
    played = Played(evening)
    end = evening.kitchen.place(2.0, spoken("oh", 0))
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    meanwhile = [level for time, level in played.levels if end + 0.3 < time < end + 1.0]
    assert len(meanwhile) > 20
    assert max(meanwhile) == 0.0
    assert evening.room.now() > end + 1.0 + 0.1 * len(LONG.text)


def test_a_sentence_that_is_held_in_its_last_moment_keeps_none_from_following() -> None:
    ear = BargeInEar()
    evening = Evening(Kitchen(noise=None, delay=0.3), ear)
    evening.room.perform(SENTENCE)
    evening.kitchen.place(1.05, crackle(0.2))
    ear.errs = True
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() == pytest.approx(1.3, abs=0.1)
    ear.errs = False
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()


def test_the_device_alone_does_not_give_way_to_itself() -> None:
    evening = Evening(Kitchen(noise=-40.0, echo=6.0), BargeInEar())
    evening.room.perform(LONG)
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() == pytest.approx(0.1 * len(LONG.text) + 0.1, abs=0.1)


def test_a_bell_rings_out_whoever_speaks() -> None:
    evening = Evening(ear=BargeInEar())
    evening.kitchen.place(0.5, crackle(2.0))
    evening.room.perform(Chime("hand_over"))
    assert evening.room.wait(60.0) == SpeechEnded()
    assert evening.room.now() < 3.0


def test_a_command_that_only_the_device_can_have_said_is_not_believed() -> None:
    ear = BargeInEar()
    evening = Evening(Kitchen(noise=None, echo=0.0), ear)
    ear.hears_stop = True
    evening.room.perform(LONG)
    assert evening.room.wait(1.0) == TimedOut()
    evening.kitchen.place(1.5, crackle(0.5))
    assert evening.room.wait(60.0) == Heard(Command.STOP)
    assert evening.room.now() == pytest.approx(1.5, abs=0.3)


class SlowTeller:
    """Delivers its one sentence when told to."""

    def __init__(self, evening: Evening) -> None:
        self._future: Future[Spoken] = Future()
        self._voice = Voice(evening.engine)

    def want(self, text: str, tempo: float) -> "Future[Spoken]":
        """Promise the sentence."""
        self._text = text
        return self._future

    def deliver(self) -> None:
        """Keep the promise."""
        self._future.set_result(self._voice.sentence(self._text))

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
