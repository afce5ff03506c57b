"""The safety rules of consent, exit and neutrality, on whole sittings with the real script."""

import random
from itertools import pairwise

import pytest

from tests.by_hand import CLOSING, Table, at_place, closing_after, places
from tests.trace import EVENINGS, SCRIPT, UNHURRIED, Moment, live
from voicecheckin.conversation.checkin import CheckIn
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
    Started,
    TimedOut,
)
from voicecheckin.conversation.options import SittingOptions

STEPS = {step.id: step for step in SCRIPT.steps}
BEFORE_CONSENT = {
    step.id
    for step in (*SCRIPT.steps, *(s for steps in SCRIPT.branches.values() for s in steps))
    if step.topic in ("presence", "consent") or step.topic in SCRIPT.branches
} | {"C6", ""}


NO_CONSENT = [NotUnderstood(), NotUnderstood(doubt=True), OutOfPlace(), Answered("no")]


@pytest.mark.parametrize("seed", range(60))
def test_sr_01_nothing_after_the_consents_without_two_separate_yeses(seed: int) -> None:
    """Whatever is said or left unsaid, two addressed yeses stand before every later step."""
    chance = random.Random(seed)
    table = Table()
    yeses: set[int | None] = set()
    for _ in range(120):
        if table.checkin.finished:
            break
        table.hear_out()
        step, floor = table.checkin.step_id, table.checkin.floor
        event = chance.choice([Answered("yes"), TimedOut(), *NO_CONSENT])
        if step == "O2a" and event == Answered("yes"):
            yeses.add(floor)
        table.send(event, 30.0)
        if table.checkin.step_id not in BEFORE_CONSENT:
            assert yeses == {0, 1}, table.checkin.step_id


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("nothing", "agreements", "nothing"),
        ("agreements", "nothing", "nothing"),
        ("dates", "agreements", "dates"),
        ("agreements", "agreements", "agreements"),
    ],
)
def test_sr_02_the_stricter_memory_choice_counts(first: str, second: str, kept: str) -> None:
    table = Table()
    while table.checkin.step_id != "O2b" or table.next():
        table.answer("yes") if not table.next() else None
    table.answer(first, second)
    assert [e for e in table.effects if isinstance(e, Remember)] == [Remember(kept)]


def test_sr_02_nothing_is_kept_where_nothing_was_understood() -> None:
    table = Table()
    while table.checkin.step_id != "O2b" or table.next():
        table.answer("yes") if not table.next() else None
    for _ in range(6):
        table.send(NotUnderstood(), 1.0)
        table.hear_out()
    assert Remember("nothing") in table.effects


@pytest.mark.parametrize(
    "command", [Command.STOP, Command.PAUSE, Command.PASS, Command.REPEAT, Command.SLOWER]
)
def test_sr_03_five_commands_work_in_every_place(command: Command) -> None:
    """Also while the device speaks: sound halts with the very same event."""
    for number in range(places(6)):
        table = at_place(6, number)
        assert table.send(Heard(command)) != [], (command, table.checkin.state)


@pytest.mark.parametrize("command", [Command.STOP, Command.PAUSE])
def test_sr_03_speech_halts_with_the_event_itself(command: Command) -> None:
    for steps in range(1, 200):
        table = Table()
        for _ in range(steps):
            if not table.next():
                table.answer("yes")
        if table.sounding:
            assert table.send(Heard(command))[0] == Hush()


def test_sr_05_one_enough_ends_it_from_every_place() -> None:
    for number in range(places(4)):
        table = at_place(4, number)
        table.send(Heard(Command.STOP))
        closing_after(table)
        assert table.checkin.ending is Ending.STOPPED


def test_sr_06_passing_everything_changes_no_later_wording() -> None:
    """What is said at the end is the same, whoever passed whatever."""
    passed, open_hearted = live("passing", 6), live("easy", 6)
    for steps in (("C1",), ("C3",), ("C6",)):
        assert passed.said_in(*steps) == open_hearted.said_in(*steps)
    assert passed.ending is Ending.COMPLETED


def test_sr_06_passes_are_kept_nowhere() -> None:
    kept = {m.what for m in live("passing", 6).moments if isinstance(m.what, Keep)}
    assert kept == {m.what for m in live("easy", 6).moments if isinstance(m.what, Keep)}


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
        assert sorted(said["Robin"]) == sorted(said["Sam"]), step


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


@pytest.mark.parametrize("no", ["no", "not now"])
def test_sr_08_a_no_to_taking_part_is_answered_with_the_same_words(no: str) -> None:
    assert closing_after(Table().answer("yes", no)) == CLOSING


def test_sr_08_being_flooded_is_answered_with_the_same_words() -> None:
    table = at_place(4, 12)
    table.send(Heard(Command.OVERWHELMED))
    assert closing_after(table.answer("not now")) == CLOSING


def test_sr_08_the_closing_begins_after_the_same_wait_everywhere() -> None:
    waits = set()
    for number in range(places(4)):
        table = at_place(4, number)
        table.send(Heard(Command.STOP))
        waits.add(round((table.checkin.deadline or 0) - table.now, 3))
    assert waits == {1.0}


def test_sr_09_the_resource_line_is_the_same_in_every_session() -> None:
    people = ("easy", "passing", "mumbling", "slow")
    texts = {tuple(live(who, evening).said_in("O4")) for who in people for evening in (1, 4, 8)}
    assert len(texts) == 1
    assert set(next(iter(texts))) <= set(live("easy").said_in("C6"))


def test_sr_21_every_turn_is_followed_by_a_listener_and_by_felt_heard() -> None:
    trace = live(UNHURRIED, 3)
    for step in {listen.step for _, listen in trace.listened if listen.turn}:
        floors = [listen.floor for _, listen in trace.listened if listen.step == step]
        heard = [
            listen.floor
            for _, listen in trace.listened
            if listen.step == step and listen.answers == ("yes", "nearly", "not yet")
        ]
        assert {0, 1} <= set(floors)
        assert sorted(floor for floor in heard if floor is not None) == [0, 1]


def test_sr_37_after_a_third_voice_both_are_asked_again() -> None:
    table = at_place(2, 12)
    step = table.checkin.step_id
    before = len(table.said)
    table.send(Heard(Command.NOT_ALONE))
    table.answer("yes", "yes", "yes")
    names = [text for text in table.said[before:] if text.startswith(("Robin", "Sam"))]
    assert {name.split(",")[0] for name in names[:2]} == {"Robin", "Sam"}
    assert table.checkin.step_id == step


def test_passing_holding_and_stopping_sound_alike_whoever_does_it() -> None:
    for command in (Command.PASS, Command.HOLD, Command.STOP):
        answers = set()
        for starter in (0, 1):
            checkin = CheckIn(
                SCRIPT, SittingOptions(evening=2, length="usual", names=("A", "B"), starter=starter)
            )
            table = Table()
            table.checkin = checkin
            table.send(Started())
            for _ in range(200):
                if checkin.state.value == "thinking":
                    break
                if not table.next():
                    table.send(
                        Answered("yes" if "yes" in checkin.answers else checkin.answers[0]), 1.0
                    )
            before = len(table.said)
            table.send(Heard(command))
            table.next()
            answers.add(tuple(table.said[before : before + 1]))
        assert len(answers) == 1, command


def test_every_moment_lies_on_the_list() -> None:
    """The trace itself is sound: time never runs backwards."""
    times = [moment.at for moment in live("interrupting", 5).moments]
    assert times == sorted(times)
    assert isinstance(live().moments[0], Moment)


def test_sr_06_the_topics_named_at_the_end_are_the_same_whoever_passed() -> None:
    named = {tuple(live(couple, 2).said_in("C4")) for couple in ("easy", "passing")}
    assert named == {
        (
            "Tonight was about being worthy of trust, what stays between you and "
            "treating each other well.",
        )
    }
