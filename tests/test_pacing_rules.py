"""The safety rules of pacing: pauses, cues, the clock, time-outs; on whole sittings."""

from collections.abc import Iterator

import pytest

from tests.by_hand import CLOSING, ByHand, Table, at_place, closing_after, places
from tests.trace import EVENINGS, SCRIPT, UNHURRIED, Trace, live
from voicecheckin.content.references import sentences
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Ending,
    Heard,
    Listen,
    Speak,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import CLASSES, LISTENER
from voicecheckin.conversation.states import CLOSED, State
from voicecheckin.rooms.paper import speaking_seconds

STEPS = {step.id: step for step in SCRIPT.steps}


@pytest.mark.parametrize("couple", ["slow", "digressing", "mumbling"])
def test_sr_23_at_most_two_cues_and_no_turn_closed_without_being_asked(couple: str) -> None:
    mirrored = {id for id, step in STEPS.items() if step.response != "receive"}
    for seed in range(5):
        trace = live(couple, 4, seed)
        turn: list[str] = []
        for moment in trace.moments:
            match moment.what:
                case Listen(turn=True, answers=()):
                    turn = []
                case Listen(turn=True):
                    turn.append("asked for more")
                case Heard(Command.DONE | Command.PASS | Command.HOLD | Command.STOP):
                    turn.append("said so")
                case Chime("hand_over", step) if step in mirrored:
                    assert turn, moment


def silent_at(table: Table) -> tuple[list[str], float]:
    """What is said to two people who never answer, and how long it is until the end (seconds)."""
    before, began = len(table.said), table.now
    while not table.checkin.finished:
        table.hear_out()
        if not table.checkin.finished:
            table.send(TimedOut(), (table.checkin.deadline or 0.0) - table.now)
    return table.said[before:], table.now - began


def wordings(*lines: str) -> set[str]:
    """The first sentence of every wording of these recurring lines."""
    firsts = (next(sentences(wording)) for line in lines for wording in SCRIPT.lines[line])
    return {sentence for sentence in firsts if "{" not in sentence}


def test_sr_23_two_cues_and_one_offer_of_rest_then_a_quiet_end() -> None:
    """No turn is ever overdue: silence is met three times at most, and blamed for nothing."""
    cues = wordings("first_cue", "second_cue")
    for number in range(0, places(4), 3):
        table = at_place(4, number)
        if table.checkin.state is not State.THINKING:
            continue
        said, seconds = silent_at(table)
        assert len([text for text in said if text in cues]) == 2, said
        assert len([text for text in said if text in wordings("rest_offer")]) == 1
        assert seconds >= 900, table.checkin.step_id
        assert table.checkin.ending is Ending.QUIET


def test_sr_23_a_choice_that_nobody_makes_is_made_aloud_and_harms_nobody() -> None:
    """A closed question that is no consent holds nobody up for more than half a minute."""
    table = ByHand(CheckIn(SCRIPT, SittingOptions(coming=2, names=("Robin", "Sam"))))
    table.answer("yes")
    assert table.checkin.step_id == "O5-next"
    began = table.now
    while "I take it as yes." not in table.said:
        if not table.next():
            table.send(TimedOut(), (table.checkin.deadline or 0.0) - table.now)
    assert table.now - began <= 40


def test_sr_23_whoever_speaks_is_never_cut_off() -> None:
    """Three hours of one voice are one turn, and it ends with a question.

    A light turn that is only taken in ends without one: there were too many of them (talk, 4).
    """
    for number in range(0, places(4), 3):
        table = at_place(4, number)
        light = STEPS[table.checkin.step_id].response == "receive"
        if table.checkin.state is not State.THINKING or light:
            continue
        table.send(VoiceBegan(), 1.0)
        before = len(table.effects)
        for _ in range(36):
            assert table.checkin.deadline is None
            assert table.send(TimedOut(), 300.0) == []
        assert len(table.effects) == before
        table.send(VoiceEnded(), 1.0)
        table.send(TimedOut(), (table.checkin.deadline or 0.0) - table.now)
        assert table.said[-1] in wordings("more")


def rests_before_questions(trace: Trace) -> Iterator[tuple[str, float]]:
    """Each question's step, and the quiet before its first word (seconds)."""
    quiet_from = 0.0
    asked = ""
    for moment in trace.moments:
        match moment.what:
            case Speak(step=step):
                if step != asked:
                    yield step, moment.at - quiet_from
                asked = step
                quiet_from = moment.at + speaking_seconds(moment.what)
            case Answered() | Heard():
                quiet_from = moment.at


@pytest.mark.parametrize("evening", EVENINGS)
def test_sr_24_the_quiet_before_a_question_is_at_least_its_class(evening: int) -> None:
    for step, quiet in rests_before_questions(live(UNHURRIED, evening)):
        if step in STEPS and STEPS[step].pacing:
            assert quiet >= CLASSES[STEPS[step].pacing].before - 0.01, step


@pytest.mark.parametrize("evening", EVENINGS)
def test_sr_24_the_listener_is_invited_after_three_seconds_or_five(evening: int) -> None:
    trace = live(UNHURRIED, evening)
    last = 0.0
    for moment in trace.moments:
        if isinstance(moment.what, Answered | Heard | VoiceEnded):
            last = moment.at
        if isinstance(moment.what, Chime) and moment.what.name == "hand_over":
            pacing = "D" if STEPS[moment.what.step].pacing == "D" else "R"
            assert moment.at - last >= LISTENER[pacing].before - 0.01


@pytest.mark.parametrize("evening", EVENINGS)
def test_sr_24_the_device_speaks_at_most_a_quarter_of_a_usual_evening(evening: int) -> None:
    trace = live(UNHURRIED, evening)
    assert trace.device_seconds / trace.now() <= 0.25


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("couple", ["slow", "digressing"])
def test_sr_25_no_deep_step_begins_after_minute_35(couple: str, seed: int) -> None:
    """But for those that land, such as room to put something right (talk, 3)."""
    for evening in (3, 4, 6, 8):
        trace = live(couple, evening, seed)
        begun: dict[str, float] = {}
        for at, speak in trace.spoken:
            begun.setdefault(speak.step, at)
        deep = {
            step: at
            for step, at in begun.items()
            if step in STEPS and STEPS[step].pacing == "D" and not STEPS[step].landing
        }
        assert {step: at for step, at in deep.items() if at > 35 * 60 + 15} == {}


@pytest.mark.parametrize("seed", range(4))
def test_sr_25_the_closing_has_begun_soon_after_an_hour(seed: int) -> None:
    """A turn that is under way is never cut; the next step is the closing."""
    trace = live("slow", 6, seed)
    closing = {step.id for step in SCRIPT.steps if step.topic in SCRIPT.closing}
    main = [at for at, s in trace.spoken if s.step in STEPS and s.step not in closing]
    assert max(main) <= 60 * 60 + 12 * 60


def in_mistrust(pace: float = 1.0) -> Table:
    """The first turn of evening 4 that is deep."""
    table = Table(4, pace=pace)
    while table.hear_out().checkin.step_id != "T1":
        if table.checkin.state in CLOSED:
            table.send(Answered("yes"), 1.0)
        else:
            table.talk(4.0).send(Heard(Command.DONE))
    return table


def test_sr_26_a_time_out_lasts_twenty_minutes_and_names_nobody() -> None:
    table = in_mistrust()
    began, before = table.now, len(table.said)
    table.send(Heard(Command.TIME_OUT))
    table.hear_out()
    assert table.now - began >= 20 * 60
    named = [text for text in table.said[before:] if "Robin" in text or "Sam" in text]
    assert len(named) == 1  # the first of the two who are asked whether to take it up again


def test_sr_26_after_it_both_are_asked_and_the_topic_begins_again_from_its_start() -> None:
    """Not at the breaths any more: the hot topic was lost, and the next deep one came (talk, 3)."""
    table = in_mistrust()
    table.send(Heard(Command.TIME_OUT))
    table.answer("yes")
    assert table.checkin.step_id == "TO3"  # one of them is not enough
    table.answer("yes")
    assert table.checkin.step_id == "T1"


def test_sr_26_where_one_does_not_want_it_the_topic_waits() -> None:
    table = in_mistrust()
    table.send(Heard(Command.TIME_OUT))
    table.answer("yes", "no")
    assert STEPS[table.checkin.step_id].topic not in ("T1", "T3")


def test_sr_26_they_may_end_a_time_out_sooner() -> None:
    table = in_mistrust()
    began = table.now
    table.send(Heard(Command.TIME_OUT))
    while (table.checkin.deadline or 0) - table.now < 1000:
        table.next()
    table.send(Heard(Command.GO_ON), 60.0)
    table.hear_out()
    assert table.checkin.step_id == "TO3"
    assert table.now - began < 3 * 60


@pytest.mark.parametrize("pace", [0.5, 1.0, 3.0])
def test_sr_26_a_brisk_or_slow_couple_has_the_same_twenty_minutes(pace: float) -> None:
    """They are told "twenty minutes": the pace of the evening changes rests, not promises."""
    table = in_mistrust(pace)
    began = table.now
    table.send(Heard(Command.TIME_OUT))
    table.hear_out()
    assert 20 <= (table.now - began) / 60 <= 22


def test_sr_26_one_not_tonight_closes_and_asks_nobody_else() -> None:
    table = in_mistrust()
    table.send(Heard(Command.TIME_OUT))
    assert closing_after(table.answer("not now")) == CLOSING
