"""A sitting on screen and keyboard: what is typed, and what it means."""

import io

import pytest
from rich.console import Console

from tests.rooms.typist import Going, Typist
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Event,
    Heard,
    Hush,
    Interrupted,
    Listen,
    NotUnderstood,
    OutOfPlace,
    PlayBack,
    Record,
    Recorded,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.states import Suspended
from voicecheckin.hearing.phrases.phrasebook import Phrasebook, load
from voicecheckin.rooms.text import A_PAUSE, A_REST, ALOUD, HOW, TOO_EARLY, TextRoom

QUESTION = Listen(("yes", "no"), step="O5", floor=None)
CONSENT = Listen(("yes", "no"), step="O2", floor=0, plain=True)
TURN = Listen((), turn=True, step="P1", floor=1)
A_WHILE = 2.0
"""Seconds after which an Enter is not meant for the sentence before any more."""


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return load()


class Table:
    """A room with a keyboard that the test types on."""

    def __init__(self, book: Phrasebook) -> None:
        self.typist, self.going, self.screen = Typist(), Going(), io.StringIO()
        console = Console(file=self.screen, width=100)
        spoken = {"not now": "not tonight"}
        names = ("Robin", "Sam")
        self.room = TextRoom(book, console, names, self.going, self.typist, spoken)

    @property
    def shown(self) -> list[str]:
        return [line.strip() for line in self.screen.getvalue().splitlines()]

    def type(self, *lines: str, after: float = 0.0) -> None:
        self.typist.type(*lines, after=after)

    def next(self, seconds: float = 60.0) -> Event:
        return self.room.wait(self.room.now() + seconds)

    def say(self, text: str, step: str = "O2") -> None:
        self.room.perform(Speak(text, step))
        self.going.busy = True

    def rest(self, seconds: float) -> Event:
        """What comes within a rest of the device."""
        self.going.busy = True
        return self.next(seconds)

    def ask(self, listen: Listen) -> None:
        self.going.busy = False
        self.room.perform(listen)


@pytest.fixture
def table(book: Phrasebook) -> Table:
    return Table(book)


def test_a_sentence_is_shown_and_ends_by_itself(table: Table) -> None:
    table.say("Hello.")
    assert table.next() == SpeechEnded()
    assert table.shown == [HOW, "", "Hello."]


def test_how_to_go_on_is_said_once_at_the_beginning(table: Table) -> None:
    for step in ("O1", "O2"):
        table.say("Hello.", step)
        assert table.next() == SpeechEnded()
    assert table.shown.count(HOW) == 1


def test_enter_skips_a_sentence(table: Table) -> None:
    table.say("word " * 200)
    table.type("", after=0.5)
    assert table.next() == SpeechEnded()
    assert table.room.now() == 0.5


def test_a_key_that_is_held_down_skips_no_sentence_unseen(table: Table) -> None:
    table.say("word " * 200)
    table.type("", "", "", after=0.1)
    assert table.next(1.0) == TimedOut()


def test_a_deadline_is_kept_while_nobody_types(table: Table) -> None:
    assert table.next(0.05) == TimedOut()


def test_no_speech_ends_after_hush(table: Table) -> None:
    table.room.perform(Chime("open"))
    table.room.perform(Hush())
    assert table.next(0.7) == TimedOut()


# Answers.


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("yes", Answered("yes")),
        ("Yes, please.", Answered("yes")),
        ("2", Answered("no")),
        ("3", OutOfPlace()),
        ("pause", Heard(Command.PAUSE)),
        ("could we stop here", Heard(Command.STOP)),
        ("banana bread", NotUnderstood()),
        ("three", OutOfPlace()),
    ],
)
@pytest.mark.parametrize("question", [QUESTION, CONSENT])
def test_a_question_is_answered_by_a_line(
    table: Table, question: Listen, typed: str, event: Event
) -> None:
    table.ask(question)
    table.type(typed)
    assert table.next() == event


@pytest.mark.parametrize(("typed", "event"), [("2", Answered("two")), ("1", OutOfPlace())])
def test_where_numbers_are_answers_a_number_is_no_place(
    table: Table, typed: str, event: Event
) -> None:
    table.ask(Listen(("no", "two", "three"), step="O5"))
    table.type(typed, after=1.0)
    assert table.next() == event
    assert "no, two, three (or: help, pause, pass, stop)" in table.shown


def test_choices_have_numbers_and_look_as_they_are_offered_aloud(table: Table) -> None:
    table.ask(Listen(("yes", "no", "not now", "pass"), step="O0"))
    table.type("not tonight", after=1.0)
    assert table.next() == Answered("not now")
    assert table.shown == ["1 yes, 2 no, 3 not tonight, 4 pass (or: help, pause, stop)"]


def test_enter_is_no_answer_and_shows_the_choices_again(table: Table) -> None:
    table.ask(CONSENT)
    for seconds in range(10):
        table.type("", after=A_WHILE + seconds)
    assert table.next() == TimedOut()
    assert table.shown == ["1 yes, 2 no (or: help, pause, pass, stop)"] * 11


# What is typed too early.


def test_an_answer_typed_while_its_question_is_asked_counts_once_it_has_been(table: Table) -> None:
    table.ask(Listen(step="O5"))
    table.say("Shall we?", "O5")
    table.type("2")
    assert table.next() == SpeechEnded()
    assert table.rest(1.0) == TimedOut()
    table.say("Yes or no.", "O5")
    assert table.next() == SpeechEnded()
    table.ask(QUESTION)
    assert table.next() == Answered("no")
    assert table.shown[-1] == "Yes or no."  # no choices below what was chosen


def test_an_answer_typed_in_a_rest_counts_too(table: Table) -> None:
    table.ask(QUESTION)
    table.type("yes", after=1.0)
    assert table.rest(2.0) == TimedOut()
    table.going.busy = False
    assert table.next() == Answered("yes")


def test_sr_01_a_consent_is_not_answered_by_what_was_typed_before_it_was_asked(
    table: Table,
) -> None:
    table.ask(Listen(step="O2", floor=0))
    table.say("Robin, shall we?")
    table.type("yes")
    assert table.next() == SpeechEnded()
    table.ask(CONSENT)
    assert table.next() == TimedOut()
    assert table.shown[-2:] == [TOO_EARLY, "1 yes, 2 no (or: help, pause, pass, stop)"]


@pytest.mark.parametrize("after", [Listen(step="O5", floor=0), Listen(step="O6", floor=1)])
def test_sr_01_what_one_typed_is_no_word_of_the_other_nor_of_another_question(
    table: Table, after: Listen
) -> None:
    table.ask(Listen(step="O5", floor=1))
    table.say("Thank you.", "O5")
    table.type("yes")
    assert table.next() == SpeechEnded()
    table.ask(after)
    assert table.shown[-1] == TOO_EARLY
    table.ask(Listen(("yes", "no"), step=after.step, floor=after.floor))
    assert table.next() == TimedOut()


def test_a_stop_after_words_that_came_too_early_is_not_asked_to_be_said_again(table: Table) -> None:
    table.ask(Listen(step="O5", floor=1))
    table.say("Thank you.", "O5")
    table.type("I am afraid")
    assert table.next() == SpeechEnded()
    table.type("please don't")
    assert table.next() == Heard(Command.STOP)
    table.ask(Listen(step="C6"))
    assert TOO_EARLY not in table.shown


def test_a_command_counts_while_a_sentence_is_shown(table: Table) -> None:
    table.say("word " * 200)
    table.type("pause")
    assert table.next() == Heard(Command.PAUSE)


# Turns.


def test_a_turn_is_spoken_aloud_until_enter(table: Table) -> None:
    table.ask(TURN)
    assert table.next() == VoiceBegan()
    assert table.next(6 * 3600.0) == TimedOut()
    table.type("")
    assert table.next() == VoiceEnded()
    assert table.next() == Heard(Command.DONE)
    assert table.shown == ["Sam: aloud, as long as you like. Then press Enter."]


def test_enters_meant_for_the_sentences_before_end_no_turn(table: Table) -> None:
    table.say("Sam, it is your turn.")
    table.type("", "", "", "")
    assert table.next() == SpeechEnded()
    table.ask(TURN)
    assert table.next() == VoiceBegan()
    assert table.next() == TimedOut()


def test_what_is_typed_in_a_turn_counts_only_if_it_is_a_command(table: Table) -> None:
    table.ask(TURN)
    assert table.next() == VoiceBegan()
    table.type("my secret is a canary", "yes", "pass")
    assert table.next() == VoiceEnded()
    assert table.next() == Heard(Command.PASS)
    assert "canary" not in table.screen.getvalue()
    assert table.shown.count(ALOUD) == 2


def test_within_a_turn_a_question_may_be_answered_or_talked_over(table: Table) -> None:
    table.ask(Listen(("no", "yes"), turn=True, step="P1", floor=1))
    assert table.next() == VoiceBegan()
    assert table.shown == ["Sam: no, yes; or go on aloud, then press Enter."]
    table.type("yes")
    assert [table.next(), table.next()] == [VoiceEnded(), Answered("yes")]
    assert table.next() == VoiceBegan()  # there is more, and it is told aloud


def test_nobody_talks_while_the_device_does(table: Table) -> None:
    table.ask(TURN)
    assert table.next() == VoiceBegan()
    table.say("You can say pause, pass or stop.")
    assert table.next() == VoiceEnded()
    assert table.next() == SpeechEnded()
    assert table.rest(1.0) == TimedOut()
    table.going.busy = False
    assert table.next() == VoiceBegan()


def test_a_turn_that_is_interrupted_ends_its_voice(table: Table) -> None:
    table.ask(TURN)
    assert table.next() == VoiceBegan()
    table.ask(Listen())
    assert table.next() == VoiceEnded()


# Rests and pauses.


@pytest.mark.parametrize(("seconds", "told"), [(20.0, [A_REST]), (2.0, [])])
def test_a_long_rest_is_told_once_and_enter_ends_it(
    table: Table, seconds: float, told: list[str]
) -> None:
    table.type("", after=1.5)
    assert table.rest(seconds) == Heard(Command.GO_ON)
    assert table.shown == told


def test_a_pause_is_not_ended_by_one_enter_but_by_two(table: Table) -> None:
    table.going.suspended = Suspended.PAUSED
    table.type("", after=60.0)
    table.type("hello", after=90.0)
    assert table.next(120.0) == TimedOut()
    assert table.shown == [A_PAUSE] * 2
    table.type("", "")
    assert table.next() == Heard(Command.GO_ON)


def test_go_on_ends_a_pause(table: Table) -> None:
    table.going.suspended = Suspended.PAUSED
    table.type("go on", after=60.0)
    assert table.next(120.0) == Heard(Command.GO_ON)


# Ends.


def test_the_end_of_input_is_told_and_ends_it_once(table: Table) -> None:
    table.ask(QUESTION)
    table.type("yes")
    table.typist.leave()
    assert table.next() == Answered("yes")
    assert table.next() == Interrupted()
    assert table.shown[-1] == "(nothing more can be typed, so we end here)"
    table.say("Good night.")
    assert table.next() == SpeechEnded()
    assert table.next() == TimedOut()


def test_an_interruption_ends_the_wait_once(table: Table) -> None:
    table.room.interrupt()
    assert table.next() == Interrupted()
    assert table.next(0.05) == TimedOut()


def test_nothing_is_recorded_where_there_is_no_sound(table: Table) -> None:
    table.room.perform(Record(0))
    assert table.next() == Recorded(0.0)
    table.room.perform(PlayBack(0))
    assert table.next() == SpeechEnded()
