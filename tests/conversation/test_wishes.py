"""What one may say at any moment, what happens when nothing is said, and how a sitting ends."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Finish,
    Forget,
    Heard,
    Hush,
    Interrupted,
    NotUnderstood,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.states import State


def test_pause_is_quiet_at_once_and_lasts_until_go_on() -> None:
    evening = Evening()
    evening.send(TimedOut(), after=1.0)
    assert evening.send(Heard(Command.PAUSE))[0] == Hush()
    evening.send(SpeechEnded(), after=1.0)
    assert evening.checkin.deadline is not None
    assert evening.checkin.deadline - evening.now > 15 * 60 - 5
    evening.send(Heard(Command.GO_ON), after=600.0)
    evening.hear_out()
    assert evening.said[-1] == "O0."
    assert evening.checkin.state is State.ASKING


def test_after_go_on_the_interrupted_sentence_begins_again() -> None:
    evening = Evening().answer("yes", "yes", "yes", "nothing")
    evening.send(Answered("nothing"))
    evening.send(Heard(Command.PAUSE), after=0.5)
    assert evening.said[-2] == "Help is there."
    evening.send(SpeechEnded(), after=1.0)
    evening.send(Heard(Command.GO_ON))
    evening.hear_out()
    assert evening.said.count("Help is there.") == 2
    assert evening.said.count("For anyone.") == 1


def test_repeat_says_the_question_again() -> None:
    evening = Evening().hear_out()
    evening.send(Heard(Command.REPEAT))
    evening.hear_out()
    assert evening.said == ["O0.", "O0."]


def test_slower_lengthens_the_rests_by_a_third_and_faster_takes_it_back() -> None:
    evening = Evening().answer("yes", "yes", "yes", "nothing", "nothing")
    breaths = []
    for wishes in ([], [Command.SLOWER, Command.FASTER], [Command.SLOWER]):
        for wish in wishes:
            evening.send(Heard(wish))
        evening.hear_out().rests.clear()
        evening.answer("more time")
        breaths.append(evening.rests[:-1])

    assert breaths[1] == pytest.approx(breaths[0])
    assert breaths[2] == pytest.approx([rest * 4 / 3 for rest in breaths[0]])


def test_louder_and_softer_change_the_next_sentence() -> None:
    evening = Evening().hear_out()
    spoken = [e for e in evening.send(Heard(Command.LOUDER)) if isinstance(e, Speak)]
    assert spoken[0].gain == 3.0


def test_more_time_starts_the_patience_over() -> None:
    evening = Evening().hear_out()
    assert evening.checkin.deadline == evening.now + 20.0
    evening.send(TimedOut(), after=20.0)
    evening.hear_out()
    evening.send(Heard(Command.MORE_TIME))
    evening.hear_out()
    assert evening.checkin.deadline == evening.now + 20.0


def test_help_says_what_one_can_say_and_asks_again() -> None:
    evening = Evening().hear_out()
    evening.send(Heard(Command.HELP))
    evening.hear_out()
    assert evening.said[-2].startswith("Help")
    assert evening.said[-1] == "O0."
    assert evening.checkin.state is State.ASKING


def test_two_cues_then_one_offer_to_rest_then_a_quiet_end() -> None:
    evening = Evening().hear_out()
    began = evening.now
    while not evening.checkin.finished:
        evening.send(TimedOut(), after=(evening.checkin.deadline or 0) - evening.now)
        evening.hear_out()
    assert len(evening.said) == 4
    assert evening.now - began == pytest.approx(900, abs=20)
    assert evening.effects[-1] == Finish(Ending.QUIET)


def test_after_two_misses_an_ordinary_question_moves_on() -> None:
    evening = Evening(evening=1).settle().turn().hear_out().turn().hear_out()
    assert evening.checkin.step_id == "SF1a"
    for _ in range(3):
        assert evening.checkin.floor == 1
        evening.send(NotUnderstood(), after=1.0)
        evening.hear_out()
    assert evening.checkin.floor == 0


@pytest.mark.parametrize("wait", [State.ASKING, State.THINKING, State.SHARING, State.SAYING_BACK])
def test_sr_08_the_closing_words_are_the_same_wherever_one_stops(wait: State) -> None:
    evening = Evening().hear_out()
    if wait is not State.ASKING:
        evening.settle()
    if wait is State.SHARING:
        evening.send(VoiceBegan())
    if wait is State.SAYING_BACK:
        evening.talk().send(Heard(Command.DONE))
        evening.hear_out()
    evening.to(wait).effects.clear()
    evening.rests.clear()
    evening.send(Heard(Command.STOP))
    evening.send(VoiceEnded())
    evening.hear_out()

    assert evening.said == ["Help is there.", "Good night."]
    assert evening.rests == [1.0, 1.0]
    assert evening.effects[-1] == Finish(Ending.STOPPED)


def test_stop_said_twice_is_quiet_at_once() -> None:
    evening = Evening().hear_out()
    evening.send(Heard(Command.STOP))
    evening.send(TimedOut(), after=1.0)
    assert evening.send(Heard(Command.STOP)) == [Hush(), Finish(Ending.STOPPED)]


@pytest.mark.parametrize("command", [Command.FORGET_THAT, Command.FORGET_EVERYTHING])
def test_sr_33_forgetting_is_answered_with_the_ordinary_closing_only(command: Command) -> None:
    evening = Evening().settle()
    evening.effects.clear()
    effects = evening.send(Heard(command))
    evening.hear_out()
    assert effects[0] == Forget(command is Command.FORGET_EVERYTHING)
    assert evening.said == ["Help is there.", "Good night."]


def test_ctrl_c_says_one_short_goodbye() -> None:
    evening = Evening().settle()
    evening.effects.clear()
    evening.send(Interrupted())
    evening.hear_out()
    assert len(evening.said) == 1
    assert evening.effects[-1] == Finish(Ending.INTERRUPTED)


def test_sound_that_is_lost_and_back_asks_the_same_question_again() -> None:
    evening = Evening().answer("yes")
    evening.send(SoundLost())
    assert evening.send(SpeechEnded()) == []
    assert evening.send(Answered("yes")) == []
    evening.send(SoundBack(), after=30.0)
    evening.hear_out()
    assert evening.said[-1] == "One, do you want this?"
    assert evening.checkin.state is State.ASKING


def test_sound_that_stays_away_ends_the_sitting() -> None:
    evening = Evening().hear_out()
    evening.send(SoundLost())
    effects = evening.send(TimedOut(), after=600.0)
    assert effects == [Finish(Ending.SOUND_GONE)]


def test_a_time_out_rests_twenty_minutes_and_returns_to_the_breaths() -> None:
    """SR-26: the sentence that was hot is not taken up again."""
    evening = Evening().settle().talk()
    evening.send(Heard(Command.TIME_OUT))
    evening.rests.clear()
    evening.hear_out()
    assert 1200.0 in evening.rests
    evening.send(Answered("ready"))
    assert evening.checkin.step_id == "A1"


def test_a_branch_that_resumes_invites_the_same_person_again() -> None:
    evening = Evening().settle()
    evening.send(Heard(Command.OVERWHELMED))
    evening.answer("stay")
    assert evening.checkin.state is State.THINKING
    assert evening.checkin.floor == 0
    assert evening.checkin.step_id == "P1"


def test_sr_07_who_begins_alternates_from_step_to_step() -> None:
    evening = Evening(evening=1).settle()
    assert evening.checkin.floor == 0
    evening.turn().hear_out().turn().hear_out().answer("three", "four")
    assert evening.checkin.step_id == "SF1"
    assert evening.checkin.floor == 1


def test_sr_07_both_partners_get_the_same_words_and_rests() -> None:
    evening = Evening().settle()
    turns = []
    for _ in range(2):
        evening.effects.clear()
        evening.rests.clear()
        evening.turn()
        words = [text.replace("One", "X").replace("Two", "X") for text in evening.said]
        turns.append((words, list(evening.rests)))
        evening.hear_out()

    assert turns[0] == turns[1]
    assert len(turns[0][0]) == 3


def test_sr_25_no_deep_topic_opens_after_minute_35() -> None:
    evening = Evening().settle()
    evening.now += 36 * 60
    evening.send(Heard(Command.PASS))
    evening.hear_out().send(Heard(Command.PASS))
    evening.hear_out()
    assert evening.checkin.step_id == "SF2a"


def test_sr_25_closing_is_offered_at_45_and_going_on_needs_both() -> None:
    evening = Evening(evening=1).settle()
    evening.now += 46 * 60
    evening.send(Heard(Command.PASS))
    evening.hear_out().send(Heard(Command.PASS))
    evening.hear_out()
    assert evening.checkin.step_id == "OF1"
    evening.answer("yes", "no")
    assert evening.said[-2:] == ["Help is there.", "Good night."]
    assert evening.checkin.ending is Ending.COMPLETED


def test_sr_25_closing_has_begun_by_60() -> None:
    evening = Evening(evening=1).settle()
    evening.now += 61 * 60
    evening.send(Heard(Command.PASS))
    evening.hear_out().send(Heard(Command.PASS))
    evening.hear_out()
    assert evening.said[-3:] == ["C1.", "Help is there.", "Good night."]


def test_the_time_of_a_pause_does_not_count() -> None:
    evening = Evening(evening=1).settle()
    evening.send(Heard(Command.PAUSE))
    evening.send(Heard(Command.GO_ON), after=50 * 60)
    evening.hear_out().send(Heard(Command.PASS))
    evening.hear_out().send(Heard(Command.PASS))
    evening.hear_out()
    assert evening.checkin.step_id == "SF1a"


def test_a_rest_is_stretched_while_somebody_talks() -> None:
    evening = Evening().settle().turn()
    evening.send(SpeechEnded(), after=1.0)
    evening.send(VoiceBegan())
    rest = evening.checkin.deadline
    assert rest is not None
    assert evening.send(TimedOut(), after=rest - evening.now) == []
    assert evening.checkin.deadline == rest + 1.5
