"""The safety rules of consent, neutrality and pacing, on whole sittings with the real script."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.trace import EVENINGS, SCRIPT, UNHURRIED, Moment, Trace, live
from voicecheckin.content.references import sentences
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Effect,
    Ending,
    Event,
    Heard,
    Hush,
    Keep,
    Listen,
    NotUnderstood,
    OutOfPlace,
    Remember,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.pace import CLASSES, LISTENER
from voicecheckin.rooms.paper import speaking_seconds

STEPS = {step.id: step for step in SCRIPT.steps}
BEFORE_CONSENT = {
    step.id
    for step in (*SCRIPT.steps, *(s for steps in SCRIPT.branches.values() for s in steps))
    if step.topic in ("presence", "consent") or step.topic in SCRIPT.branches
} | {"C6", ""}


class Table:
    """A check-in with the real script, led by hand."""

    def __init__(self, evening: int | None = 1, length: str | None = "usual") -> None:
        self.checkin = CheckIn(SCRIPT, evening=evening, length=length, names=("Robin", "Sam"))
        self.now = 0.0
        self.effects: list[Effect] = []
        self.send(Started())

    def send(self, event: Event, after: float = 0.0) -> list[Effect]:
        self.now += after
        effects = self.checkin.handle(event, self.now)
        self.effects += effects
        return effects

    def next(self) -> bool:
        """Let the next sound or rest end; False once the people are waited for."""
        saying = self.checkin.saying
        if saying is None:
            return False
        if saying.sounding:
            self.send(SpeechEnded(), 1.0)
        else:
            self.send(TimedOut(), (self.checkin.deadline or self.now) - self.now)
        return True

    def hear_out(self) -> "Table":
        while self.next():
            pass
        return self

    def answer(self, *meanings: str) -> "Table":
        for meaning in meanings:
            self.hear_out().send(Answered(meaning), 1.0)
        return self.hear_out()

    @property
    def said(self) -> list[str]:
        return [effect.text for effect in self.effects if isinstance(effect, Speak)]

    def walk(self) -> Iterator["Table"]:
        """Every place of an evening in which the device waits, a willing couple in it."""
        while not self.checkin.finished:
            self.hear_out()
            if self.checkin.finished:
                return
            yield self
            if self.checkin.finished:
                return
            answers = self.checkin.answers()
            if self.checkin.moment.value in ("asking", "felt heard?"):
                liked = [a for a in ("yes", "ready", "usual", "nothing") if a in answers]
                self.send(Answered(liked[0] if liked else answers[0]), 1.0)
            else:
                self.send(VoiceBegan(), 1.0)
                self.send(VoiceEnded(), 4.0)
                self.send(Heard(Command.DONE))


def places(evening: int) -> int:
    return sum(1 for _ in Table(evening).walk())


def at_place(evening: int, number: int) -> Table:
    for count, table in enumerate(Table(evening).walk()):
        if count == number:
            return table
    raise AssertionError("no such place")


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
        assert table.send(Heard(command)) != [], (command, table.checkin.moment)


@pytest.mark.parametrize("command", [Command.STOP, Command.PAUSE])
def test_sr_03_speech_halts_with_the_event_itself(command: Command) -> None:
    for steps in range(1, 200):
        table = Table()
        for _ in range(steps):
            if not table.next():
                table.answer("yes")
        saying = table.checkin.saying
        if saying is not None and saying.sounding:
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


CLOSING = live("easy").said_in("C6")


@pytest.mark.parametrize("evening", EVENINGS)
@pytest.mark.parametrize("couple", ["easy", "leaving", "passing", "slow"])
def test_sr_08_every_ending_has_the_same_closing_words(couple: str, evening: int) -> None:
    """Completed, stopped, or out of time: byte for byte."""
    assert live(couple, evening).said_in("C6") == CLOSING


def closing_after(table: Table) -> list[str]:
    """The last words; nobody is asked for anything any more."""
    while table.next():
        pass
    assert table.checkin.finished
    return table.said[-len(CLOSING) :]


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


@pytest.mark.parametrize("couple", ["slow", "digressing", "mumbling"])
def test_sr_23_at_most_two_cues_and_no_turn_closed_without_being_asked(couple: str) -> None:
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
                case Chime("hand_over"):
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
    """No answer is ever overdue: silence is met three times at most, and blamed for nothing."""
    cues = wordings("first_cue", "second_cue")
    for number in range(places(4)):
        table = at_place(4, number)
        said, seconds = silent_at(table)
        assert len([text for text in said if text in cues]) == 2, said
        assert len([text for text in said if text in wordings("rest_offer")]) == 1
        assert seconds >= 900, table.checkin.step_id
        assert table.checkin.ending is Ending.QUIET


def test_sr_23_whoever_speaks_is_never_cut_off() -> None:
    """Three hours of one voice are one turn, and it ends with a question."""
    for number in range(places(4)):
        table = at_place(4, number)
        if table.checkin.moment.value not in ("thinking", "saying back"):
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
            case Answered() | Heard() | VoiceEnded():
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
            pacing = STEPS[moment.what.step].pacing
            assert moment.at - last >= LISTENER[pacing].before - 0.01


@pytest.mark.parametrize("evening", EVENINGS)
def test_sr_24_the_device_speaks_at_most_a_quarter_of_a_usual_evening(evening: int) -> None:
    trace = live(UNHURRIED, evening)
    assert trace.device_seconds / trace.now() <= 0.25


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("couple", ["slow", "digressing"])
def test_sr_25_no_deep_step_begins_after_minute_35(couple: str, seed: int) -> None:
    for evening in (3, 4, 6, 8):
        trace = live(couple, evening, seed)
        begun: dict[str, float] = {}
        for at, speak in trace.spoken:
            begun.setdefault(speak.step, at)
        deep = [at for step, at in begun.items() if step in STEPS and STEPS[step].pacing == "D"]
        assert all(at <= 35 * 60 + 5 for at in deep)


@pytest.mark.parametrize("seed", range(8))
def test_sr_25_the_closing_has_begun_soon_after_an_hour(seed: int) -> None:
    """A turn that is under way is never cut; the next step is the closing."""
    trace = live("slow", 6, seed)
    closing = {step.id for step in SCRIPT.steps if step.topic in SCRIPT.closing}
    main = [at for at, s in trace.spoken if s.step in STEPS and s.step not in closing]
    assert max(main) <= 60 * 60 + 12 * 60


def test_sr_26_a_time_out_lasts_twenty_minutes_and_names_nobody() -> None:
    table = at_place(4, 15)
    began = table.now
    before = len(table.said)
    table.send(Heard(Command.TIME_OUT))
    table.hear_out()
    assert table.now - began >= 20 * 60
    named = [text for text in table.said[before:] if "Robin" in text or "Sam" in text]
    assert len(named) == 1  # the first of the two who are asked whether to go on
    table.send(Answered("ready"))
    table.hear_out()
    assert table.checkin.step_id == "TO2-ready"  # one of them is not enough
    table.send(Answered("ready"))
    assert table.checkin.step_id == "A1"


def test_sr_26_they_may_end_a_time_out_sooner() -> None:
    table = at_place(4, 15)
    began = table.now
    table.send(Heard(Command.TIME_OUT))
    while (table.checkin.deadline or 0) - table.now < 1000:
        table.next()
    table.send(Heard(Command.GO_ON), 60.0)
    table.hear_out()
    assert table.checkin.step_id == "TO2-ready"
    assert table.now - began < 3 * 60
    table.answer("yes", "yes")
    assert table.checkin.step_id == "A2"


@pytest.mark.parametrize("pace", [0.5, 1.0, 3.0])
def test_sr_26_a_brisk_or_slow_couple_has_the_same_twenty_minutes(pace: float) -> None:
    """They are told "twenty minutes": the pace of the evening changes rests, not promises."""
    table = at_place(4, 15)
    table.checkin.pace.factor = pace
    began = table.now
    table.send(Heard(Command.TIME_OUT))
    table.hear_out()
    assert 20 <= (table.now - began) / 60 <= 21


def test_sr_26_one_not_tonight_closes_and_asks_nobody_else() -> None:
    table = at_place(4, 15)
    table.send(Heard(Command.TIME_OUT))
    assert closing_after(table.answer("not now")) == CLOSING


def test_sr_26_more_time_for_one_is_more_time_for_both() -> None:
    table = at_place(4, 15)
    table.send(Heard(Command.TIME_OUT))
    table.hear_out()
    began = table.now
    table.answer("ready", "more time")
    assert table.checkin.step_id == "TO4"
    assert table.now - began >= 10 * 60


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
            checkin = CheckIn(SCRIPT, evening=2, length="usual", names=("A", "B"), starter=starter)
            table = Table()
            table.checkin = checkin
            table.send(Started())
            for _ in range(200):
                if checkin.moment.value == "thinking":
                    break
                if not table.next():
                    table.send(
                        Answered("yes" if "yes" in checkin.answers() else checkin.answers()[0]), 1.0
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


def test_a_number_is_dropped_as_soon_as_it_was_said() -> None:
    """Numbers open a conversation; no machine keeps them, not even for the evening."""
    for number in range(places(1)):
        facts = at_place(1, number).checkin.program.facts
        assert not {"one", "two", "three", "four", "five"} & {
            answer for step, answer in facts.items() if step != "O5a"
        }


def test_sr_06_the_topics_named_at_the_end_are_the_same_whoever_passed() -> None:
    named = {tuple(live(couple, 2).said_in("C4")) for couple in ("easy", "passing")}
    assert named == {
        (
            "Tonight's topics were being worthy of trust, what stays between you and "
            "treating each other well.",
        )
    }
