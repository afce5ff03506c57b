"""What a couple would notice from the beginning to the end of a turn, with round times."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Ending,
    Event,
    Heard,
    Hush,
    Keep,
    Listen,
    NotUnderstood,
    OutOfPlace,
    Remember,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
)
from voicecheckin.conversation.states import State


def test_it_begins_with_the_question_whether_both_are_here() -> None:
    evening = Evening().hear_out().to(State.ASKING)

    assert evening.said == ["O0."]


def test_each_is_asked_for_consent_by_name() -> None:
    evening = Evening().answer("yes", "yes")

    assert evening.said[1:] == ["One, do you want this?", "Two, do you want this?"]


def test_sr_01_one_no_is_enough_and_nobody_else_is_asked() -> None:
    evening = Evening().answer("yes", "no")

    assert evening.said[-3:] == ["One, do you want this?", "Help is there.", "Good night."]
    assert evening.checkin.ending is Ending.DECLINED


@pytest.mark.parametrize("doubtful", [NotUnderstood(), NotUnderstood(doubt=True), OutOfPlace()])
def test_sr_01_doubt_about_a_consent_means_no(doubtful: Event) -> None:
    evening = Evening().answer("yes")
    for _ in range(3):
        evening.send(doubtful, after=1.0)
        evening.hear_out()

    assert evening.checkin.ending is Ending.DECLINED
    assert "O4." not in evening.said


def test_sr_01_silence_is_no_consent() -> None:
    evening = Evening().answer("yes")
    while not evening.checkin.finished:
        evening.send(TimedOut(), after=(evening.checkin.deadline or 0) - evening.now)
        evening.hear_out()

    assert evening.checkin.ending is Ending.QUIET
    assert "Help is there." not in evening.said


def test_sr_02_the_stricter_of_the_two_memory_choices_counts() -> None:
    evening = Evening().answer("yes", "yes", "yes", "agreements", "dates")

    assert Remember("dates") in evening.effects


def test_a_turn_goes_from_inviting_to_digesting() -> None:
    evening = Evening().settle().to(State.THINKING)
    evening.talk().to(State.SHARING)
    evening.send(Heard(Command.DONE))
    evening.to(State.RECEIVING).hear_out().to(State.SAYING_BACK)
    evening.talk().send(Heard(Command.DONE))
    evening.to(State.FELT_HEARD).hear_out()
    evening.send(Answered("yes"))
    evening.to(State.DIGESTING).hear_out().to(State.THINKING)

    assert evening.checkin.floor == 1


def test_sr_21_every_turn_is_followed_by_the_listener_and_by_felt_heard() -> None:
    evening = Evening().settle().turn().hear_out().turn()

    words = [text for text in evening.said if text.startswith(("Listener", "Felt"))]
    assert len(words) == 4
    assert words[:2] == words[2:]


def test_silence_in_a_turn_is_asked_about_after_six_seconds() -> None:
    evening = Evening().settle().talk()
    assert evening.checkin.deadline == evening.now + 6.0
    evening.send(TimedOut(), after=6.0)
    assert evening.checkin.state is State.MORE
    evening.hear_out()
    assert evening.checkin.deadline == evening.now + 8.0
    evening.send(TimedOut(), after=8.0)
    assert evening.checkin.state is State.RECEIVING


def test_a_deep_turn_is_given_eight_and_ten_seconds() -> None:
    evening = Evening().settle()
    evening.turn().hear_out().turn().hear_out().answer("yes", "yes").talk()
    assert evening.checkin.step_id == "U7"
    assert evening.checkin.deadline == evening.now + 8.0
    evening.send(TimedOut(), after=8.0)
    evening.hear_out()
    assert evening.checkin.deadline == evening.now + 10.0


def test_who_was_asked_too_early_is_given_longer_for_the_rest_of_the_turn() -> None:
    evening = Evening().settle().talk()
    evening.send(TimedOut(), after=6.0)
    evening.talk().to(State.SHARING)
    assert evening.checkin.deadline == evening.now + 8.0
    evening.send(Heard(Command.DONE))
    evening.hear_out().talk().to(State.SAYING_BACK)
    assert evening.checkin.deadline == evening.now + 4.0
    evening.send(TimedOut(), after=4.0)
    evening.talk()
    assert evening.checkin.deadline == evening.now + 6.0


def test_saying_no_to_is_there_more_hands_over() -> None:
    evening = Evening().settle().talk()
    evening.send(TimedOut(), after=6.0)
    evening.hear_out().send(Answered("no"))
    assert evening.checkin.state is State.RECEIVING


def test_saying_yes_to_is_there_more_gives_time_to_think() -> None:
    evening = Evening().settle().talk()
    evening.send(TimedOut(), after=6.0)
    evening.hear_out().send(Answered("yes"))
    assert evening.checkin.state is State.THINKING


def test_speech_that_resumes_re_opens_the_turn() -> None:
    evening = Evening().settle().talk()
    evening.send(Heard(Command.DONE))
    evening.send(VoiceBegan(), after=1.0)
    assert evening.checkin.state is State.SHARING


def test_a_prompt_that_had_begun_is_withdrawn_when_speech_resumes() -> None:
    evening = Evening().settle().talk()
    evening.send(Heard(Command.DONE))
    while evening.checkin.state is State.RECEIVING:
        event: Event = SpeechEnded() if evening.sounding else TimedOut()
        evening.send(event, after=5.0)
    assert evening.checkin.state is State.HANDING_OVER
    evening.send(TimedOut(), after=5.0)
    assert evening.send(VoiceBegan())[:1] == [Hush()]
    assert evening.checkin.state is State.SHARING


def test_not_yet_gives_one_more_try_and_no_third() -> None:
    evening = Evening().settle()
    for _ in range(2):
        evening.talk().send(Heard(Command.DONE))
        evening.hear_out().talk().send(Heard(Command.DONE))
        evening.hear_out().send(Answered("not yet"))
        if evening.checkin.state is State.INVITING:
            evening.hear_out()
    assert evening.checkin.state is State.DIGESTING
    evening.hear_out()
    assert evening.checkin.floor == 1


@pytest.mark.parametrize("speaker", [0, 1])
def test_sr_06_a_pass_is_answered_alike_and_leads_to_the_partner(speaker: int) -> None:
    evening = Evening(starter=speaker).settle()
    assert evening.checkin.floor == speaker
    evening.send(Heard(Command.PASS))
    assert evening.said[-1] == "Passed." or evening.said[-1].startswith("Passed")
    evening.hear_out()
    assert evening.checkin.floor == 1 - speaker
    assert evening.checkin.state is State.THINKING


def test_a_held_topic_is_set_aside_for_both() -> None:
    evening = Evening(evening=1).settle().turn().hear_out().turn().hear_out()
    evening.answer("three", "four")
    assert evening.checkin.step_id == "SF1"
    evening.send(Heard(Command.HOLD))
    evening.hear_out()
    assert Keep("SF1", held=True) in evening.effects
    assert evening.checkin.state is State.DONE


def test_any_no_at_the_gate_skips_the_topic_for_both_and_names_nobody() -> None:
    evening = Evening().settle().turn().hear_out().turn().hear_out()
    evening.answer("yes", "pass")
    assert evening.checkin.step_id == "SF2a"
    assert not any("U7 invites" in text for text in evening.said)


def test_a_bell_hands_over() -> None:
    evening = Evening().settle().talk()
    evening.send(Heard(Command.DONE))
    evening.hear_out()
    assert Chime("hand_over", "P1") in evening.effects


def test_answers_are_listened_for_only_after_the_question() -> None:
    evening = Evening()
    assert evening.effects == [Listen((), False, "O0")]
    evening.hear_out()
    assert evening.effects[-1] == Listen(("yes", "not now"), False, "O0")
