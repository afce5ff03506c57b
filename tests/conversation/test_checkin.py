"""What a couple would notice from the beginning to the end of a turn, with round times."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Hush,
    Keep,
    Listen,
    VoiceBegan,
)
from voicecheckin.conversation.states import State


def deep() -> Evening:
    """An evening at the first turn of its deep step, which is said back."""
    evening = Evening().settle().pass_step().answer("yes", "yes").to(State.THINKING)
    assert evening.place == ("U7", 1)
    return evening


def test_it_begins_with_the_question_whether_both_are_here() -> None:
    evening = Evening().hear_out().to(State.ASKING)

    assert evening.said == ["O0."]


def test_a_turn_that_is_said_back_goes_from_inviting_to_digesting() -> None:
    """A deep one has a second thing that the listener may say: what makes sense in it."""
    evening = deep().talk().to(State.SHARING)
    evening.say(Command.DONE).to(State.MORE).hear_out().send(Answered("no"))
    evening.to(State.RECEIVING).hear_out().to(State.SAYING_BACK)
    evening.talk().say(Command.DONE).to(State.HANDING_OVER)
    evening.hear_out().to(State.SAYING_BACK)
    evening.talk().say(Command.DONE).to(State.FELT_HEARD).hear_out()
    evening.send(Answered("yes"))
    evening.to(State.DIGESTING).hear_out().to(State.THINKING)

    assert evening.place == ("U7", 0)


def test_silence_in_a_deep_turn_is_asked_about_after_eight_seconds_and_hands_over_after_ten() -> (
    None
):
    evening = deep().talk()
    assert evening.checkin.deadline == evening.now + 8.0
    evening.be_silent().to(State.MORE).hear_out()
    assert evening.checkin.deadline == evening.now + 10.0
    evening.be_silent().to(State.RECEIVING)


def test_saying_no_to_is_there_more_hands_over() -> None:
    evening = deep().talk().be_silent().hear_out()
    evening.send(Answered("no"))
    evening.to(State.RECEIVING)


def test_saying_yes_to_is_there_more_gives_time_to_think() -> None:
    evening = deep().talk().be_silent().hear_out()
    evening.send(Answered("yes"))
    evening.to(State.THINKING)


@pytest.mark.parametrize("rests", [0, 1])
def test_speech_that_resumes_re_opens_the_turn_also_when_the_next_prompt_has_begun(
    rests: int,
) -> None:
    evening = deep().talk().be_silent().be_silent_while_asked()
    evening.to(State.RECEIVING)
    for _ in range(rests * 2):
        evening.next()
    evening.send(VoiceBegan(), after=1.0)
    evening.to(State.SHARING)
    assert evening.checkin.floor == 1


def test_a_prompt_that_had_begun_is_withdrawn_when_speech_resumes() -> None:
    evening = deep().talk().be_silent().be_silent_while_asked()
    while evening.checkin.state is State.RECEIVING:
        evening.next()
    evening.to(State.HANDING_OVER)
    assert evening.sounding
    assert evening.send(VoiceBegan())[:1] == [Hush()]
    evening.to(State.SHARING)


def test_a_reply_goes_on_when_its_voice_comes_back_before_the_next_question_is_out() -> None:
    evening = Evening(evening=1).settle().pass_step().talk().be_silent().be_silent_while_asked()
    evening.hear_out().to(State.SAYING_BACK).talk().be_silent().to(State.FELT_HEARD)
    while not evening.sounding:
        evening.next()
    assert Hush() in evening.send(VoiceBegan())
    evening.to(State.SAYING_BACK)
    assert evening.place == ("SF1", 0)


@pytest.mark.parametrize("speaker", [0, 1])
def test_sr_06_a_pass_is_answered_alike_and_leads_to_the_partner(speaker: int) -> None:
    evening = Evening(starter=speaker).settle()
    assert evening.checkin.floor == speaker
    evening.say(Command.PASS)
    assert evening.said[-1].startswith("Passed")
    evening.hear_out().to(State.THINKING)
    assert evening.checkin.floor == 1 - speaker


def test_a_held_topic_is_set_aside_for_both() -> None:
    evening = Evening(evening=1).settle().pass_step()
    assert evening.checkin.step_id == "SF1"
    evening.say(Command.HOLD).hear_out()
    assert evening.all_of(Keep) == [Keep("SF1", held=True)]
    assert evening.checkin.step_id == "SO"


def test_any_no_at_the_gate_skips_the_topic_for_both_and_names_nobody() -> None:
    replies = set()
    for answers in (("yes", "pass"), ("no", "yes"), ("hold", "yes"), ("yes", "therapist")):
        evening = Evening().settle().pass_step()
        evening.effects.clear()
        evening.answer(*answers)
        assert evening.checkin.step_id == "SF2"
        assert not any("U7 invites" in text for text in evening.said)
        replies.add(tuple(text for text in evening.said if "shall we" not in text))
    assert len(replies) == 1


def test_a_bell_hands_over_where_a_reply_is_asked_for() -> None:
    evening = deep().talk().be_silent().be_silent_while_asked()
    evening.hear_out()
    assert evening.all_of(Chime) == [Chime("hand_over", "U7")]


def test_answers_are_listened_for_only_after_the_question() -> None:
    evening = Evening()
    assert evening.effects == [Listen((), False, "O0")]
    evening.hear_out()
    asked = Listen(("yes", "no", "not now", "present"), False, "O0", plain=True)
    assert evening.effects[-1] == asked
