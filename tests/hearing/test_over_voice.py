"""What is said while the device speaks, and right after."""

from dataclasses import dataclass

import numpy as np
import pytest

from tests.hearing.scripted import (
    BOOK,
    CONSENT,
    DURING_TTS,
    TURN,
    ByHand,
    Scripted,
    context,
    events,
    frames,
    meanings,
    scripted,
)
from tests.hearing.voices import still, voice, words
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Listen,
    VoiceBegan,
)
from voicecheckin.hearing.bargein import FrameContext
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import Samples

NOBODY = FrameContext(can_be_voice=False)


def test_answers_count_only_while_the_device_is_silent() -> None:
    ear = scripted(Recognition("yes", 0.95))
    ear.listen(CONSENT)
    assert events(ear, words("yes_1"), speaking=True) == []


@pytest.mark.parametrize(
    ("result", "heard"),
    [
        (Recognition("pause", 0.95), [Heard(Command.PAUSE)]),
        (Recognition("pause", 0.7), []),
        (Recognition("stop", 0.7), [Heard(Command.STOP)]),
        (Recognition("stop", 0.7, doubt=True), []),
    ],
)
def test_over_the_device_only_sure_commands_count(result: Recognition, heard: list[Event]) -> None:
    ear = scripted(result)
    ear.listen(CONSENT)
    assert events(ear, words("stop_1"), speaking=True) == heard


def test_a_command_over_the_device_is_judged_once_and_told_after_its_pause() -> None:
    recogniser = Scripted([Recognition("stop", 0.9)])
    ear = Ear(recogniser, BOOK)
    ear.listen(CONSENT)
    found: list[tuple[bool, bool]] = []
    for frame in frames(words("stop_1")):
        told = ear.hear(frame, DURING_TTS) == [Heard(Command.STOP)]
        found.append((ear.signs.commanded, told))
    seemed = next(number for number, (commanded, _) in enumerate(found) if commanded)
    (told_at,) = (number for number, (_, told) in enumerate(found) if told)
    assert 0.1 <= (told_at - seemed) * 0.03 <= 0.32
    assert not any(commanded for commanded, _ in found[told_at:])
    assert len(recogniser.asked) == 1


def spoken(name: str) -> Samples:
    """A word from its first to its last loud sample."""
    sound = voice(name)
    loud = np.flatnonzero(np.abs(sound) > 0.1 * np.abs(sound).max())
    return sound[loud[0] : loud[-1]]


def test_whoever_speaks_on_after_something_like_a_command_has_not_commanded() -> None:
    ear = Ear(Scripted([Recognition("stop", 0.9), Recognition(None, 0.9)]), BOOK)
    ear.listen(CONSENT)
    first = events(ear, np.concatenate([still(1), spoken("stop_1"), still(0.35)]), speaking=True)
    assert ear.signs.commanded
    rest = events(ear, spoken("yes_1"), speaking=True)
    assert not ear.signs.commanded
    rest += events(ear, still(1.5), speaking=True)
    assert first + rest == []


def test_what_was_judged_too_early_is_judged_no_more() -> None:
    work = ByHand()
    ear = Ear(Scripted([Recognition("stop", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, np.concatenate([still(1), spoken("yes_1"), still(0.26)]), speaking=True)
    events(ear, np.concatenate([spoken("stop_1"), still(1)]), speaking=True)
    *early, last = (future for _, future in work.waiting)
    assert early
    assert all(future.cancelled() for future in early)
    assert not last.cancelled()


def test_an_answer_may_follow_the_question_at_once() -> None:
    ear = scripted(Recognition("yes", 0.9))
    ear.listen(CONSENT)
    echo = voice("talk")[16_000 : 16_000 * 3] * np.float32(0.1)
    assert events(ear, echo, speaking=True) == []
    assert meanings(events(ear, np.concatenate([still(0.3), words("yes_1")]))) == [Answered("yes")]


def test_a_command_that_makes_the_device_fall_silent_is_heard_whole() -> None:
    recogniser = Scripted([Recognition("pause", 0.95)])
    ear = Ear(recogniser, BOOK)
    ear.listen(CONSENT)
    sound = words("coffee_1", gap=1.0)
    found: list[Event] = []
    for frame in frames(np.concatenate([sound, still(1)])):
        found += ear.hear(frame, context(not found and not ear.signs.voice))
    assert meanings(found) == [Heard(Command.PAUSE)]
    assert recogniser.heard[0] > 1.0


def test_an_answer_that_begins_in_the_echo_counts() -> None:
    ear = Ear(Scripted([Recognition(None, 0.9), Recognition("yes", 0.9)]), BOOK)
    ear.listen(CONSENT)
    echo = voice("talk")[16_000 : 16_000 * 2]
    assert events(ear, echo, speaking=True) == []
    found = events(ear, np.concatenate([voice("yes_1"), still(1.5)]))
    assert meanings(found) == [Answered("yes")]


def test_a_voice_that_may_be_the_echo_is_told_once_it_cannot_be() -> None:
    ear = scripted(Recognition(None, 0.9))
    ear.listen(TURN)
    talk = list(frames(voice("talk")[16_000 : 16_000 * 3]))
    found = [event for frame in talk[:50] for event in ear.hear(frame, NOBODY)]
    assert found == []
    assert ear.hear(talk[50]) == [VoiceBegan()]


@dataclass
class Beside(Scripted):
    """Has a spotter beside it."""

    spotter: Recogniser | None = None


def test_a_spotter_is_asked_first_over_the_device_and_only_there() -> None:
    ear = Ear(
        Beside([Recognition("yes", 0.9)], spotter=Scripted([Recognition("stop", 0.4)])),
        BOOK,
    )
    ear.listen(CONSENT)
    assert events(ear, words("stop_1"), speaking=True) == [Heard(Command.STOP)]
    assert meanings(events(ear, words("yes_1"))) == [Answered("yes")]


def test_what_a_spotter_does_not_know_is_judged_by_the_ear_itself() -> None:
    spotter, whole = (
        Scripted([Recognition(None, 0.9)]),
        Scripted([Recognition("pause", 0.95)]),
    )
    ear = Ear(Beside(whole.results, asked=whole.asked, spotter=spotter), BOOK)
    ear.listen(CONSENT)
    assert events(ear, words("stop_1"), speaking=True) == [Heard(Command.PAUSE)]
    assert len(spotter.asked) == len(whole.asked) == 1


def between_sentences(listen: Listen) -> list[Event]:
    """A stop half a second after the device's own sound, and 0.6 seconds more."""
    ear = scripted(Recognition("stop", 0.7))
    ear.listen(listen)
    assert events(ear, still(1), speaking=True) == []
    return events(ear, np.concatenate([still(0.5), spoken("stop_1"), still(0.6)]))


def test_a_stop_in_the_rest_between_two_sentences_interrupts_at_once() -> None:
    assert between_sentences(Listen()) == [Heard(Command.STOP)]


def test_the_murmur_of_a_sentence_is_nobody() -> None:
    ear = scripted(Recognition("stop", 0.95))
    ear.listen(Listen())
    events(ear, still(1), speaking=True)
    sound = np.concatenate([still(0.2), spoken("stop_1"), still(1)])
    assert not [event for frame in frames(sound) for event in ear.hear(frame, NOBODY)]


@pytest.mark.parametrize(
    ("result", "heard"),
    [
        (Recognition("stop", 0.97), [Heard(Command.STOP)]),
        (Recognition("stop", 0.9), []),
        (Recognition("repeat", 0.9), []),
    ],
)
@pytest.mark.parametrize("speaking", [True, False])
def test_until_the_echo_is_learned_only_a_sure_command_counts(
    result: Recognition, heard: list[Event], speaking: bool
) -> None:
    ear = scripted(result)
    ear.listen(Listen())
    sound = np.concatenate([still(0.5), spoken("stop_1"), still(1)])
    for frame in frames(still(1)):
        ear.hear(frame, FrameContext(during_tts=True, echo_known=False))
    unknown = FrameContext(during_tts=speaking, echo_known=False)
    found = [event for frame in frames(sound) for event in ear.hear(frame, unknown)]
    assert found == heard


def test_a_question_that_opens_after_a_command_does_not_ask_for_it_again() -> None:
    ear = scripted(Recognition("pause", 0.95))
    ear.listen(Listen())
    events(ear, still(1), speaking=True)
    found: list[Event] = []
    for frame in frames(np.concatenate([still(0.5), spoken("stop_1"), still(2)])):
        said = ear.hear(frame)
        found += said
        if said:
            ear.listen(CONSENT)
    assert meanings(found) == [Heard(Command.PAUSE)]


def test_an_answer_counts_for_whom_it_was_asked_of() -> None:
    work = ByHand()
    ear = Ear(Scripted([Recognition("yes", 0.9)]), BOOK, work)
    ear.listen(Listen(("yes", "no"), floor=0))
    found = events(ear, words("yes_1"))
    ear.listen(Listen(("yes", "no"), floor=1))
    work.decide()
    assert meanings(found + events(ear, still(0.1))) == []


def test_a_slow_decision_is_not_made_twice() -> None:
    work = ByHand()
    ear = Ear(Scripted([Recognition("stop", 0.9)]), BOOK, work)
    ear.listen(CONSENT)
    events(ear, np.concatenate([still(1), spoken("stop_1"), still(0.7)]), speaking=True)
    assert len([future for _, future in work.waiting if not future.cancelled()]) == 1
    work.decide()
    assert events(ear, still(0.1), speaking=True) == [Heard(Command.STOP)]


def test_a_sound_too_short_for_a_word_interrupts_nothing_there() -> None:
    ear = scripted(Recognition("stop", 0.7))
    ear.listen(Listen())
    events(ear, still(1), speaking=True)
    short = spoken("stop_1")[2_400:3_360] * np.hanning(960).astype(np.float32)
    assert events(ear, np.concatenate([still(0.5), short, still(1)])) == []


def test_after_a_question_the_same_word_waits_for_its_silence() -> None:
    assert between_sentences(CONSENT) == []


def test_a_stop_at_the_end_of_a_question_waits_for_no_answer() -> None:
    ear = scripted(Recognition("stop", 0.7))
    ear.listen(CONSENT)
    sound = np.concatenate([still(1), spoken("stop_1")])
    assert events(ear, sound[:-1_600], speaking=True) == []
    assert events(ear, np.concatenate([sound[-1_600:], still(0.6)])) == [Heard(Command.STOP)]


@pytest.mark.parametrize(("score", "heard"), [(0.9, [Heard(Command.STOP)]), (0.7, [])])
def test_only_a_sure_command_is_not_forgotten_with_the_voice_that_said_it(
    score: float, heard: list[Event]
) -> None:
    ear = scripted(Recognition("stop", score))
    ear.listen(CONSENT)
    found: list[Event] = []
    gone = False
    for frame in frames(np.concatenate([still(1), spoken("stop_1"), still(1)])):
        found += ear.hear(frame, NOBODY if gone else DURING_TTS)
        gone = gone or ear.signs.commanded
    assert found == heard
