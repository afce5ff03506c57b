"""After a heavy moment, a rest, a disagreement or a long pause: going on needs both."""

import pytest

from tests.conversation.evening import Evening
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Finish,
    Heard,
    Keep,
    NotUnderstood,
    Speak,
    SpeechEnded,
)
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.present import Present
from voicecheckin.conversation.prompt_queue import items
from voicecheckin.conversation.prompter import Prompter
from voicecheckin.conversation.states import State

HEAVY = [Command.OVERWHELMED, Command.HEAVY]
PAUSE = Command.PAUSE
"""Asked of each once it has lasted for more than a minute."""


def in_a_deep_turn() -> Evening:
    """The first partner of a deep step is speaking."""
    evening = Evening().settle().pass_step().answer("yes", "yes").talk(20.0)
    assert evening.place == ("U7", 1)
    return evening.to(State.SHARING)


def in_a_light_turn() -> Evening:
    """The first partner of a topic that is not deep is speaking."""
    return Evening(evening=1).settle().pass_step().talk(20.0).to(State.SHARING)


def put_between(evening: Evening, command: Command) -> Evening:
    """Somebody says what leads to being asked for going on, up to the question to the first."""
    evening.say(command)
    match command:
        case Command.PAUSE:
            evening.send(SpeechEnded(), 1.0)
            evening.say(Command.GO_ON, after=61.0)
        case Command.DISAGREE:  # the turn and its reply end first
            evening.hear_out().say(Command.PASS).hear_out()
            while evening.checkin.state is State.LEAVING_OFF:
                evening.answer("yes")
            evening.hear_out().pass_step()
        case _:
            evening.hear_out()
    return evening.hear_out().to(State.ASKING)


def steps_after(evening: Evening) -> list[str]:
    """The steps that are spoken in until the evening's end, where everything else is passed."""
    evening.effects.clear()
    evening.live_out()
    said = evening.all_of(Speak)
    return list(dict.fromkeys(one.step for one in said if isinstance(one, Speak)))


# Each is asked, and one "no" is enough.


@pytest.mark.parametrize(
    "command", [*HEAVY, Command.TIME_OUT, Command.DISAGREE, Command.FASTER, PAUSE]
)
def test_sr_05_going_on_is_asked_of_each_and_needs_a_plain_yes(command: Command) -> None:
    evening = put_between(in_a_deep_turn(), command)
    first = evening.place
    assert evening.asked.plain
    assert first[1] is not None
    evening.answer("yes")
    assert evening.place == (first[0], 1 - first[1])
    evening.to(State.ASKING)


@pytest.mark.parametrize("command", [*HEAVY, Command.TIME_OUT, Command.DISAGREE, PAUSE])
@pytest.mark.parametrize("answers", [("no", "yes"), ("yes", "no")])
def test_sr_05_one_voice_never_brings_back_what_was_too_hot(
    command: Command, answers: tuple[str, str]
) -> None:
    evening = put_between(in_a_deep_turn(), command).answer(*answers)
    assert "U7" not in steps_after(evening)


@pytest.mark.parametrize("command", [*HEAVY, Command.TIME_OUT, Command.DISAGREE, PAUSE])
def test_sr_05_silence_brings_nothing_back(command: Command) -> None:
    evening = put_between(in_a_deep_turn(), command)
    asked = evening.checkin.step_id
    while evening.checkin.step_id == asked:
        evening.be_silent().hear_out()
    assert "U7" not in steps_after(evening)


@pytest.mark.parametrize("command", [*HEAVY, Command.TIME_OUT, Command.DISAGREE, PAUSE])
def test_sr_05_doubt_brings_nothing_back(command: Command) -> None:
    evening = put_between(in_a_deep_turn(), command).answer("yes")
    for _ in range(2):
        evening.send(NotUnderstood(), 1.0)
        evening.hear_out()
    assert "U7" not in steps_after(evening)


# Too much, and hard to hear.


@pytest.mark.parametrize("command", HEAVY)
@pytest.mark.parametrize("where", [State.SHARING, State.SAYING_BACK, State.FELT_HEARD])
def test_what_was_too_much_rests_and_nobody_is_asked_to_say_it_back(
    command: Command, where: State
) -> None:
    """Once, "stay" led straight to "what did you hear?"."""
    evening = in_a_light_turn()
    if where is not State.SHARING:
        evening.be_silent().hear_out().be_silent().hear_out().to(State.SAYING_BACK)
    if where is State.FELT_HEARD:
        evening.talk().be_silent().hear_out()
    evening = put_between(evening.to(where), command)
    evening.effects.clear()
    evening.answer("yes", "yes")
    assert evening.checkin.finished  # nor is anybody asked for an apology
    assert Keep("SF1") in evening.effects  # nothing brings it back by itself
    assert not any("istener" in text or "elt_heard" in text for text in evening.said)


@pytest.mark.parametrize("command", HEAVY)
def test_after_it_nothing_deep_is_opened_any_more_that_night(command: Command) -> None:
    evening = Evening().settle().talk(20.0)
    put_between(evening, command).answer("yes", "yes")
    assert not {"U7a", "U7"} & set(steps_after(evening))
    assert evening.checkin.ending is Ending.COMPLETED


@pytest.mark.parametrize("command", HEAVY)
def test_a_turn_of_the_frame_is_not_taken_up_again_either(command: Command) -> None:
    evening = Evening(evening=1).settle().talk(20.0)
    assert evening.checkin.step_id == "P1"
    put_between(evening, command).answer("yes", "yes")
    assert evening.checkin.step_id == "SF1"
    assert not any(isinstance(one, Keep) for one in evening.effects)


def test_what_rests_before_it_was_opened_does_not_come_back_by_itself_either() -> None:
    evening = put_between(Evening().settle().pass_step(), Command.HEAVY).answer("yes", "yes")
    assert evening.checkin.step_id == "SF2"
    assert Keep("U7") in evening.effects


def test_a_consent_that_was_interrupted_by_it_is_still_asked_for() -> None:
    evening = put_between(Evening().answer("yes"), Command.OVERWHELMED).answer("yes", "yes")
    assert evening.place == ("O2a", 0)


@pytest.mark.parametrize("command", HEAVY)
def test_a_no_after_a_heavy_moment_is_a_goodnight(command: Command) -> None:
    evening = put_between(in_a_deep_turn(), command).answer("yes", "no")
    assert evening.said[-1] == "Good night."
    assert evening.checkin.ending is Ending.STOPPED


def test_the_second_too_much_of_an_evening_closes() -> None:
    evening = put_between(Evening(evening=1).settle().talk(20.0), Command.OVERWHELMED)
    evening.answer("yes", "yes")
    assert evening.checkin.step_id == "SF1"
    evening.say(Command.OVERWHELMED).hear_out()
    assert evening.said[-1] == "Good night."
    assert evening.effects[-1] == Finish(Ending.STOPPED)


# A time-out.


def test_sr_26_a_time_out_rests_twenty_minutes_unless_both_end_it_sooner() -> None:
    evening = in_a_deep_turn().say(Command.TIME_OUT)
    evening.rests.clear()
    evening.hear_out()
    assert 1200.0 in evening.rests
    sooner = in_a_deep_turn().say(Command.TIME_OUT)
    sooner.send(SpeechEnded(), 1.0)
    sooner.say(Command.GO_ON, after=60.0).hear_out()
    assert sooner.place == ("TO2", 0)


@pytest.mark.parametrize("before", [(), (Command.HELP,)], ids=["its words", "help"])
def test_sr_26_a_time_out_ends_also_while_it_is_being_explained(
    before: tuple[Command, ...],
) -> None:
    evening = in_a_deep_turn().say(Command.TIME_OUT)
    for command in before:
        evening.send(SpeechEnded(), 1.0)
        evening.say(command)
        assert "go on" in evening.said[-1]
    evening.rests.clear()
    evening.say(Command.GO_ON).hear_out()
    assert evening.place == ("TO2", 0)
    assert 1200.0 not in evening.rests


def test_going_on_in_a_moment_of_quiet_before_a_break_ends_that_moment_alone() -> None:
    """On screen an Enter goes on, and is no answer to a break that nobody has heard of yet."""
    present = Present()
    prompter = Prompter(present, Pace())
    prompter.prompt(items((5.0, ("A break is good.",), 1200.0, ("Now it is over.",))))
    prompter.end_rest()
    assert [effect.text for effect in present.effects if isinstance(effect, Speak)] == [
        "A break is good."
    ]


def test_sr_26_after_a_time_out_the_topic_begins_again_with_both_turns() -> None:
    """SR-26: once, the topic was gone with the partner's turn, and the next deep one opened."""
    evening = Evening().settle().pass_step().answer("yes", "yes").turn().hear_out()
    assert evening.place == ("U7", 0)
    put_between(evening.talk(20.0), Command.TIME_OUT).answer("yes", "yes")
    evening.to(State.THINKING)
    first = evening.place
    assert first[0] == "U7"
    evening.turn().hear_out()
    assert {first[1], evening.checkin.floor} == {0, 1}
    assert evening.checkin.step_id == "U7"
    evening.turn().hear_out()
    assert evening.checkin.step_id == "SF2"
    assert evening.all_of(Keep) == [Keep("U7")]


def test_sr_26_a_time_out_at_a_gate_asks_for_it_again() -> None:
    evening = Evening().settle().pass_step().answer("yes")
    put_between(evening, Command.TIME_OUT).answer("yes", "yes")
    assert evening.checkin.step_id == "U7a"
    evening.answer("no")
    assert evening.checkin.step_id == "SF2"


@pytest.mark.parametrize("answer", ["pass", "no", "hold", "therapist"])
def test_sr_26_a_time_out_opens_no_gate_that_was_left_shut(answer: str) -> None:
    """Said while the reply to that answer is on its way, it would have opened the topic."""
    evening = Evening().settle().pass_step().answer("yes")
    evening.send(Answered(answer), 1.0)
    put_between(evening.to(State.REPLYING), Command.TIME_OUT).answer("yes", "yes")
    assert evening.checkin.step_id == "SF2"
    assert "U7" not in steps_after(evening)


def test_sr_26_two_yeses_bring_the_topic_back_however_late_it_is() -> None:
    """It was opened in time, and both have just said so again."""
    evening = in_a_deep_turn()
    evening.now += 40 * 60
    put_between(evening, Command.TIME_OUT).answer("yes", "yes")
    assert evening.checkin.step_id == "U7"
    evening.to(State.THINKING)


def test_sr_26_no_other_deep_topic_opens_after_a_time_out() -> None:
    evening = Evening(held={"U6": 1}).settle().pass_step().talk(20.0)
    assert evening.checkin.step_id == "U6"
    put_between(evening, Command.TIME_OUT).answer("yes", "yes")
    assert evening.checkin.step_id == "U6"
    assert not {"U7a", "U7"} & set(steps_after(evening))


@pytest.mark.parametrize("answer", ["no", "hold"])
def test_sr_26_or_it_is_held_for_another_evening(answer: str) -> None:
    evening = put_between(in_a_deep_turn(), Command.TIME_OUT).answer("yes", answer)
    assert Keep("U7", held=True) in evening.effects
    assert evening.checkin.step_id == "SF2"


@pytest.mark.parametrize("command", [Command.TIME_OUT, *HEAVY, Command.DISAGREE, PAUSE])
def test_not_tonight_is_a_goodnight(command: Command) -> None:
    evening = put_between(in_a_deep_turn(), command)
    evening.send(Answered("not now"))
    evening.hear_out()
    if evening.checkin.state is State.ASKING:
        evening.answer("yes")
    assert evening.said[-1] == "Good night."


# A disagreement, a long pause, and the pace.


def test_two_yeses_lead_back_to_where_it_was() -> None:
    evening = put_between(in_a_deep_turn(), PAUSE).answer("yes", "yes")
    assert evening.place == ("U7", 1)
    assert evening.said[-1].startswith("Carry_on")


def test_who_sees_it_differently_is_heard_after_the_turn_and_its_reply() -> None:
    """Once, it took the floor from whoever was speaking."""
    evening = in_a_deep_turn().say(Command.DISAGREE).hear_out()
    assert evening.place == ("U7", 1)
    assert any("isagree_later" in text for text in evening.said)
    evening.turn().hear_out()
    assert evening.checkin.step_id == "DI1"
    evening.pass_step().answer("yes", "yes")
    assert evening.place == ("U7", 0)


@pytest.mark.parametrize("command", [Command.DISAGREE, PAUSE])
def test_a_no_to_going_on_holds_the_topic(command: Command) -> None:
    evening = put_between(in_a_deep_turn(), command).answer("yes", "no")
    assert Keep("U7", held=True) in evening.effects
    assert evening.checkin.step_id == "SF2"


def test_a_short_pause_is_over_with_one_word() -> None:
    evening = in_a_deep_turn().say(PAUSE)
    evening.send(SpeechEnded(), 1.0)
    evening.say(Command.GO_ON, after=50.0).hear_out()
    assert evening.place == ("U7", 1)


def test_before_both_have_agreed_to_take_part_a_long_pause_asks_nothing() -> None:
    evening = Evening().answer("yes").say(PAUSE)
    evening.send(SpeechEnded(), 1.0)
    evening.say(Command.GO_ON, after=90.0).hear_out()
    assert evening.place == ("O2a", 0)


def test_goodnight_goes_on_after_a_long_pause_as_after_a_short_one() -> None:
    """Once, nothing was said any more, and nothing was due."""
    evening = in_a_deep_turn()
    evening.send(Heard(Command.STOP))
    evening.next()
    evening.say(PAUSE)
    evening.send(SpeechEnded(), 1.0)
    evening.say(Command.GO_ON, after=90.0).hear_out()
    assert evening.said[-1] == "Good night."
    assert evening.checkin.finished


def test_faster_than_usual_needs_both_and_slower_is_at_once() -> None:
    evening = in_a_light_turn()
    put_between(evening, Command.FASTER)
    assert evening.checkin.step_id == "FA"
    evening.answer("yes", "yes").hear_out()
    faster = evening.talk(5.0).checkin.deadline
    assert faster == evening.now + 4.5
    evening.say(Command.SLOWER).hear_out().talk(5.0)
    assert evening.checkin.deadline == evening.now + 6.0


def test_one_no_leaves_the_pace_as_it_is() -> None:
    evening = put_between(in_a_light_turn(), Command.FASTER).answer("yes", "no").hear_out()
    assert evening.place == ("SF1", 1)
    evening.talk(5.0)
    assert evening.checkin.deadline == evening.now + 6.0


def test_back_to_the_usual_pace_is_one_word() -> None:
    evening = in_a_light_turn().say(Command.SLOWER).hear_out()
    evening.say(Command.FASTER).hear_out().talk(5.0)
    assert evening.place == ("SF1", 1)
    assert evening.checkin.deadline == evening.now + 6.0


def test_they_are_together_again_only_if_both_say_so() -> None:
    together = put_between(in_a_deep_turn(), Command.NOT_ALONE).answer("yes", "yes")
    assert together.place == ("U7", 1)
    watched = put_between(in_a_deep_turn(), Command.NOT_ALONE).answer("yes", "no")
    assert watched.said[-1] == "Good night."


def test_the_rules_are_told_on_request_and_lead_back() -> None:
    evening = in_a_deep_turn().say(Command.RULES).hear_out()
    assert "RU." in evening.said
    assert evening.place == ("U7", 1)
