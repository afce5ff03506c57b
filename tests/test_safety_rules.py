"""The safety rules of consent, exit and neutrality, on whole sittings with the real script."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.by_hand import CLOSING, ByHand, Table, at_place, closing_after, places
from tests.trace import EVENINGS, SCRIPT, UNHURRIED, Moment, Trace, live
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.flows.triad import FELT_HEARD_ANSWERS
from voicecheckin.conversation.meaning import ASSENT
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Ending,
    Heard,
    Hush,
    Keep,
    NotUnderstood,
    OutOfPlace,
    Remember,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State
from voicecheckin.rooms.people import couples

STEPS = {step.id: step for step in SCRIPT.steps}
BEFORE_CONSENT = {
    step.id
    for step in (*SCRIPT.steps, *(s for steps in SCRIPT.branches.values() for s in steps))
    if step.topic in ("presence", "shape", "theme", "consent") or step.topic in SCRIPT.branches
} | {"C6", ""}
NO_CONSENT = [
    *(NotUnderstood(), NotUnderstood(doubt=True), NotUnderstood(long=True), OutOfPlace()),
    *(Answered("no"), Answered(ASSENT), VoiceBegan(), VoiceEnded()),
]


def some_places(evening: int) -> range:
    """Every third place of an evening in which the device waits."""
    return range(0, places(evening), 3)


@pytest.mark.parametrize("seed", range(60))
def test_sr_01_nothing_after_the_consents_without_two_separate_yeses(seed: int) -> None:
    """Whatever is said or left unsaid, two addressed plain yeses stand before every later step."""
    chance = random.Random(seed)
    table = Table()
    yeses: set[int | None] = set()
    for _ in range(120):
        if table.checkin.finished:
            break
        table.hear_out()
        step, floor = table.checkin.step_id, table.checkin.floor
        event = chance.choice([Answered("yes"), TimedOut(), *NO_CONSENT])
        if step == "O2" and event == Answered("yes"):
            yeses.add(floor)
        table.send(event, 30.0)
        if table.checkin.step_id not in BEFORE_CONSENT:
            assert yeses == {0, 1}, table.checkin.step_id


@pytest.mark.parametrize("memory", ["nothing", "dates", "agreements"])
def test_sr_02_memory_is_off_unless_the_settings_ask_for_it(memory: str) -> None:
    """Asked at the end, and not of every couple any more: the settings say what may be kept."""
    room = live("easy", 2, memory=memory)
    asked = [moment for moment, speak in room.spoken if speak.step == "C7"]
    kept = [moment.what for moment in room.moments if isinstance(moment.what, Remember)]
    assert bool(asked) == (memory != "nothing")
    assert kept == ([Remember(memory)] if asked else [])
    assert all(at > 0.8 * room.now() for at in asked)


@pytest.mark.parametrize(
    "command", [Command.STOP, Command.PAUSE, Command.PASS, Command.REPEAT, Command.SLOWER]
)
def test_sr_03_five_commands_work_in_every_place(command: Command) -> None:
    """Also while the device speaks: sound halts with the very same event."""
    for number in some_places(6):
        table = at_place(6, number)
        assert table.send(Heard(command)) != [], (command, table.checkin.state)


@pytest.mark.parametrize("command", [Command.STOP, Command.PAUSE])
def test_sr_03_speech_halts_with_the_event_itself(command: Command) -> None:
    for steps in range(1, 60):
        table = Table()
        for _ in range(steps):
            if not table.next():
                table.send(Answered("yes"), 1.0)
        if table.sounding:
            assert table.send(Heard(command))[0] == Hush()


def test_sr_05_one_enough_ends_it_from_every_place() -> None:
    for number in some_places(4):
        table = at_place(4, number)
        table.send(Heard(Command.STOP))
        assert closing_after(table) == CLOSING
        assert table.checkin.ending is Ending.STOPPED


@pytest.mark.parametrize("command", [Command.OVERWHELMED, Command.HEAVY])
def test_sr_05_one_voice_never_brings_back_what_was_too_much(command: Command) -> None:
    """Going on needs two yeses, and the topic rests all the same; before, one "stay" did."""
    table = at_place(4, 12)
    topic = STEPS[table.checkin.step_id].topic
    table.send(Heard(command))
    assert table.answer("yes").checkin.step_id in ("OV2", "HE2")
    table.answer("yes")
    assert STEPS[table.checkin.step_id].topic != topic


def passing_at_times() -> list[Trace]:
    """People who pass some of the questions, and took no smaller evening."""
    sometimes = replace(couples()["passing"], passes=0.4)
    lived = [live(sometimes, 2, seed) for seed in range(8)]
    return [trace for trace in lived if not trace.said_in("SM1")]


def test_sr_06_passing_changes_no_later_wording() -> None:
    """What is said at the end is the same, whoever passed whatever."""
    open_hearted = live("easy", 2)
    assert len(passing_at_times()) >= 2
    for passed in passing_at_times():
        assert passed.ending is Ending.COMPLETED
        for step in ("C1", "C3", "C4", "C6"):
            assert passed.said_in(step) == open_hearted.said_in(step)


def test_sr_06_passes_are_kept_nowhere() -> None:
    open_hearted = {m.what for m in live("easy", 2).moments if isinstance(m.what, Keep)}
    for passed in passing_at_times():
        assert {m.what for m in passed.moments if isinstance(m.what, Keep)} == open_hearted


@pytest.mark.parametrize("evening", EVENINGS)
def test_sr_07_both_partners_are_told_the_same_words(evening: int) -> None:
    trace = live(UNHURRIED, evening)
    by_step: dict[str, dict[str, list[str]]] = {}
    for _, speak in trace.spoken:
        if STEPS.get(speak.step) is None or STEPS[speak.step].kind != "share":
            continue
        for name, other in (("Robin", "Sam"), ("Sam", "Robin")):
            if speak.text.startswith(name):
                words = speak.text.replace(name, "X").replace(other, "Y")
                by_step.setdefault(speak.step, {}).setdefault(name, []).append(words)
    assert by_step
    for step, said in by_step.items():
        assert set(said["Robin"]) == set(said["Sam"]), step  # who speaks on is asked once more


@pytest.mark.parametrize("starter", [0, 1])
def test_sr_07_who_begins_alternates_from_share_to_share(starter: int) -> None:
    trace = live("easy", 2, starter=starter)
    firsts = {}
    for _, listen in trace.listened:
        if listen.turn and STEPS[listen.step].kind == "share":
            firsts.setdefault(listen.step, listen.floor)
    order = list(firsts.values())
    assert order[0] == starter
    assert all(a != b for a, b in pairwise(order))


@pytest.mark.parametrize("evening", EVENINGS)
@pytest.mark.parametrize("couple", ["easy", "leaving", "passing", "slow"])
def test_sr_08_every_ending_has_the_same_closing_words(couple: str, evening: int) -> None:
    """Completed, stopped, or out of time: byte for byte."""
    assert live(couple, evening).said_in("C6") == CLOSING


@pytest.mark.parametrize("no", ["no"])
def test_sr_08_a_no_to_taking_part_is_answered_with_the_same_words(no: str) -> None:
    assert closing_after(Table().answer("yes", no)) == CLOSING


def test_sr_08_being_flooded_is_answered_with_the_same_words() -> None:
    table = at_place(4, 12)
    table.send(Heard(Command.OVERWHELMED))
    assert closing_after(table.answer("no")) == CLOSING


def test_sr_08_the_second_too_much_closes_with_the_same_words() -> None:
    table = at_place(4, 12)
    table.send(Heard(Command.OVERWHELMED))
    table.answer("yes", "yes")
    table.send(Heard(Command.OVERWHELMED))
    assert closing_after(table) == CLOSING


def test_sr_08_silence_at_consent_closes_with_the_same_words_after_ninety_seconds() -> None:
    """It was a goodbye without a word, after five minutes; silence is a kind no."""
    table = Table().answer("yes")
    began = table.now
    while table.checkin.step_id == "O2":
        table.hear_out()
        table.send(TimedOut(), (table.checkin.deadline or 0.0) - table.now)
    assert 85 <= table.now - began <= 130
    assert closing_after(table) == CLOSING


def test_sr_08_the_closing_begins_after_the_same_wait_everywhere() -> None:
    waits = set()
    for number in some_places(4):
        table = at_place(4, number)
        table.send(Heard(Command.STOP))
        waits.add(round((table.checkin.deadline or 0) - table.now, 3))
    assert waits == {1.0}


def test_sr_09_help_is_said_once_in_full_and_the_same_in_every_session() -> None:
    """Once, early: as nearly the last thing of every night it was too much (talk, 4)."""
    people = ("easy", "passing", "mumbling", "slow")
    texts = {tuple(live(who, evening).said_in("O4")) for who in people for evening in (1, 4, 8)}
    assert len(texts) == 1
    assert not set(next(iter(texts))) & set(live("easy").said_in("C6"))


@pytest.mark.parametrize("evening", EVENINGS)
def test_sr_21_every_turn_is_followed_by_the_reply_that_its_step_asks_for(evening: int) -> None:
    """Said back and checked, answered by how it was to hear, or just taken in (talk, 3)."""
    trace = live(UNHURRIED, evening)
    for step in {listen.step for _, listen in trace.listened if listen.turn}:
        turns = [one for _, one in trace.listened if one.step == step and one.turn]
        heard = [
            one.floor
            for _, one in trace.listened
            if one.step == step and one.answers == FELT_HEARD_ANSWERS
        ]
        assert {one.floor for one in turns} == {0, 1}
        assert sorted(heard) == ([0, 1] if STEPS[step].response == "mirror" else [])  # type: ignore[type-var]


def test_sr_37_after_a_third_voice_both_are_asked_again() -> None:
    table = at_place(2, 12)
    step = table.checkin.step_id
    before = len(table.said)
    table.send(Heard(Command.NOT_ALONE))
    table.answer("yes", "yes")
    names = [text for text in table.said[before:] if text.startswith(("Robin", "Sam"))]
    assert {name.split(",")[0] for name in names[:2]} == {"Robin", "Sam"}
    assert table.checkin.step_id == step


def test_sr_37_one_of_them_is_not_enough_to_be_together_again() -> None:
    table = at_place(2, 12)
    table.send(Heard(Command.NOT_ALONE))
    assert closing_after(table.answer("yes", "no")) == CLOSING


@pytest.mark.parametrize("command", [Command.PASS, Command.HOLD, Command.STOP])
def test_passing_holding_and_stopping_sound_alike_whoever_does_it(command: Command) -> None:
    answers = set()
    for starter in (0, 1):
        options = SittingOptions(evening=2, length="usual", names=("A", "B"), starter=starter)
        table = ByHand(CheckIn(SCRIPT, options))
        while table.checkin.state is not State.THINKING:
            table.answer("yes")
        before = len(table.said)
        table.send(Heard(command))
        table.next()
        answers.add(tuple(table.said[before : before + 1]))
    assert len(answers) == 1


def test_every_moment_lies_on_the_list() -> None:
    """The trace itself is sound: time never runs backwards."""
    times = [moment.at for moment in live("interrupting", 5).moments]
    assert times == sorted(times)
    assert isinstance(live().moments[0], Moment)
