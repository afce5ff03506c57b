"""A sitting that may have begun by mistake, and one to which the device invites."""

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Ending,
    Finish,
    NotUnderstood,
    Speak,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.states import State


def test_a_false_start_ends_without_a_word_after_twenty_seconds_of_silence() -> None:
    evening = Evening(tentative=True, pace=3.0).hear_out()

    assert evening.checkin.deadline == evening.now + 20
    assert evening.send(TimedOut(), after=20) == [Finish(Ending.QUIET)]
    assert evening.said == ["O0."]


def test_a_noise_that_is_no_answer_is_asked_about_and_then_it_ends_as_quietly() -> None:
    evening = Evening(tentative=True).hear_out()
    evening.send(VoiceBegan(), after=1)
    evening.send(VoiceEnded(silence=1.0), after=1)
    evening.send(NotUnderstood())
    evening.hear_out()

    assert evening.send(TimedOut(), after=20) == [Finish(Ending.QUIET)]


def test_a_radio_does_not_keep_the_microphone_open() -> None:
    evening = Evening(tentative=True).hear_out()
    evening.send(VoiceBegan(), after=1)

    assert evening.checkin.deadline == 120
    assert evening.send(TimedOut(), after=120) == [Finish(Ending.QUIET)]


def test_once_somebody_has_answered_nobody_is_hurried() -> None:
    hurried, usual = Evening(tentative=True), Evening()
    for evening in (hurried, usual):
        evening.answer("yes").to(State.ASKING)
        evening.send(TimedOut(), after=20)

    assert hurried.said == usual.said
    assert hurried.checkin.deadline == usual.checkin.deadline


def test_without_a_doubt_about_its_beginning_silence_is_met_with_a_word() -> None:
    evening = Evening().hear_out()
    evening.send(TimedOut(), after=20)

    assert len(evening.said) == 2


def test_an_invitation_is_soft_until_somebody_answers() -> None:
    evening = Evening(invited=True).answer("yes")

    gains = [effect.gain for effect in evening.effects if isinstance(effect, Speak)]
    assert gains == [-6.0, 0.0]
    assert Evening(invited=True).hear_out().send(TimedOut(), after=20) == [Finish(Ending.QUIET)]
