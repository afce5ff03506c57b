"""What one may say at any moment, what happens when nothing is said, and how a sitting ends."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Ending,
    Finish,
    Forget,
    Heard,
    Hush,
    Interrupted,
    Noticed,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    TimedOut,
    Unspoken,
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
    evening = Evening().answer("yes", "yes")
    evening.send(Answered("yes"))
    while "Help is there." not in evening.said:
        evening.next()
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
    evening = Evening().answer("yes", "yes", "yes")
    breaths = []
    for wishes in ([], [Command.SLOWER, Command.FASTER], [Command.SLOWER]):
        for wish in wishes:
            evening.send(Heard(wish))
        evening.hear_out().rests.clear()
        evening.answer("more time")
        breaths.append(evening.rests[:-1])

    assert breaths[1] == pytest.approx(breaths[0])
    assert breaths[2] == pytest.approx([rest * 4 / 3 for rest in breaths[0]])


@pytest.mark.parametrize(("word", "gain"), [(Command.LOUDER, 3.0), (Command.SOFTER, -3.0)])
def test_louder_and_softer_change_the_next_sentence(word: Command, gain: float) -> None:
    evening = Evening().hear_out()
    spoken = [e for e in evening.send(Heard(word)) if isinstance(e, Speak)]
    assert spoken[0].gain == gain


def test_go_on_ends_a_rest_and_no_sentence() -> None:
    evening = Evening().answer("yes", "yes")
    evening.send(Answered("yes"))
    while evening.checkin.step_id != "A1" or not evening.sounding:
        evening.next()
    assert evening.send(Heard(Command.GO_ON)) == []
    evening.next()
    assert isinstance(evening.send(Heard(Command.GO_ON), 1.0)[0], Speak)


def test_go_on_ends_the_rest_before_a_question_too() -> None:
    evening = Evening()
    while evening.sounding or not evening.checkin.busy:
        evening.next()
    assert isinstance(evening.send(Heard(Command.GO_ON), 0.1)[0], Speak)


def test_the_end_of_a_sound_that_was_hushed_already_changes_nothing() -> None:
    evening = Evening().hear_out()
    assert evening.send(SpeechEnded()) == []


def test_help_says_what_one_can_say_and_asks_again() -> None:
    evening = Evening().hear_out()
    evening.send(Heard(Command.HELP))
    evening.hear_out()
    assert evening.said[-2].startswith("Help")
    assert evening.said[-1] == "O0."
    assert evening.checkin.state is State.ASKING


@pytest.mark.parametrize("wait", [State.ASKING, State.THINKING, State.SHARING, State.SAYING_BACK])
def test_sr_08_the_closing_words_are_the_same_wherever_one_stops(wait: State) -> None:
    evening = Evening(evening=1).hear_out()
    if wait is not State.ASKING:
        evening.settle()
    if wait is State.SHARING:
        evening.send(VoiceBegan())
    if wait is State.SAYING_BACK:
        evening.pass_step().talk(10.0).be_silent().be_silent_while_asked().hear_out()
    evening.to(wait).effects.clear()
    evening.rests.clear()
    evening.send(Heard(Command.STOP))
    evening.send(VoiceEnded())
    evening.hear_out()

    assert evening.said == ["Good night."]
    assert evening.rests == [1.0]
    assert evening.effects[-1] == Finish(Ending.STOPPED)


def test_a_sentence_that_no_voice_can_speak_becomes_a_bell_and_the_time_to_read_it() -> None:
    evening = Evening().answer("yes", "yes")
    evening.send(Answered("yes"))
    while "Help is there." not in evening.said:
        evening.next()
    assert evening.send(Unspoken()) == [Chime("hand_over", "O4")]
    evening.send(SpeechEnded(), after=1.0)
    assert evening.checkin.deadline == pytest.approx(evening.now + 3 * 60 / 145)
    evening.hear_out()
    assert evening.said.count("Help is there.") == 1
    assert "For anyone." in evening.said


def test_a_bell_that_cannot_sound_either_is_left_out() -> None:
    evening = Evening()
    while not evening.sounding:
        evening.next()
    evening.send(Unspoken())
    evening.send(Unspoken())
    evening.hear_out().to(State.ASKING)


def test_the_way_out_of_a_pause_that_no_voice_can_say_is_no_hindrance() -> None:
    evening = Evening().hear_out()
    evening.send(Heard(Command.PAUSE))
    evening.send(Unspoken())
    evening.send(Heard(Command.GO_ON), after=5.0)
    evening.hear_out().to(State.ASKING)


def test_what_the_device_tells_about_itself_comes_before_the_next_prompt() -> None:
    evening = Evening().hear_out()
    evening.send(Noticed("own_ear"))
    assert evening.said == ["O0."]
    evening.answer("yes", "yes")
    assert "Own_ear" in evening.said[1]


def test_at_goodnight_nothing_is_told_but_that_something_is_not_forgotten() -> None:
    evening = Evening().settle()
    evening.send(Heard(Command.STOP))
    evening.effects.clear()
    evening.send(Noticed("own_ear"))
    evening.send(Noticed("not_forgotten"))
    evening.hear_out()
    assert evening.said[0].startswith("Not_forgotten")
    assert evening.said[-1] == "Good night."
    assert not any("Own_ear" in text for text in evening.said)


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
    assert evening.said == ["Good night."]


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


def test_a_rest_is_stretched_while_somebody_talks() -> None:
    evening = Evening(evening=1).settle().pass_step().turn()
    evening.send(SpeechEnded(), after=1.0)
    evening.send(VoiceBegan())
    rest = evening.checkin.deadline
    assert rest is not None
    assert evening.send(TimedOut(), after=rest - evening.now) == []
    assert evening.checkin.deadline == rest + 1.5
