"""A sitting on screen and keyboard: what is typed, and what it means."""

import io
import os

import pytest
from rich.console import Console

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
from voicecheckin.ear.phrases import Phrasebook, load
from voicecheckin.rooms.text import TextRoom

QUESTION = Listen(("yes", "no"), step="O2", floor=0)
TURN = Listen((), turn=True, step="P1", floor=1)


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return load()


class Table:
    """A room with a keyboard that the test types on."""

    def __init__(self, book: Phrasebook) -> None:
        reading, self.keys = os.pipe()
        self.screen = io.StringIO()
        console = Console(file=self.screen, width=100)
        spoken = {"not now": "not tonight"}
        self.room = TextRoom(book, console, ("Robin", "Sam"), reading, spoken)

    def type(self, text: str) -> None:
        os.write(self.keys, text.encode())

    def next(self, seconds: float = 5.0) -> Event:
        return self.room.wait(self.room.now() + seconds)


@pytest.fixture
def table(book: Phrasebook) -> Table:
    return Table(book)


def test_a_sentence_is_shown_and_ends_by_itself(table: Table) -> None:
    table.room.perform(Speak("Hello."))
    assert table.next() == SpeechEnded()
    assert "Hello." in table.screen.getvalue()


def test_enter_skips_a_sentence(table: Table) -> None:
    table.room.perform(Speak("word " * 200))
    table.type("\n")
    assert table.next() == SpeechEnded()
    assert table.room.now() < 5


def test_a_deadline_is_kept_while_nobody_types(table: Table) -> None:
    assert table.next(0.05) == TimedOut()


def test_no_speech_ends_after_hush(table: Table) -> None:
    table.room.perform(Chime("open"))
    table.room.perform(Hush())
    assert table.next(0.7) == TimedOut()


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("yes", Answered("yes")),
        ("Yes, please.", Answered("yes")),
        ("pause", Heard(Command.PAUSE)),
        ("could we stop here", Heard(Command.STOP)),
        ("banana bread", NotUnderstood()),
        ("three", OutOfPlace()),
    ],
)
def test_a_question_is_answered_by_a_line(table: Table, typed: str, event: Event) -> None:
    table.room.perform(QUESTION)
    table.type(f"{typed}\n")
    assert table.next() == event


def test_enter_after_a_question_shows_the_choices_again(table: Table) -> None:
    table.room.perform(QUESTION)
    table.type("\nyes\n")
    assert table.next() == Answered("yes")
    assert table.screen.getvalue().count("yes, no (or:") == 2


def test_choices_look_as_they_are_offered_aloud(table: Table) -> None:
    table.room.perform(Listen(("yes", "not now"), step="O0"))
    table.type("\nnot tonight\n")
    assert table.next() == Answered("not now")
    assert "yes, not tonight (or:" in table.screen.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_typed_before_the_question_has_ended_counts(table: Table, answer: str) -> None:
    table.room.perform(Listen(step="O2", floor=0))
    table.room.perform(Speak("Robin, shall we?", "O2"))
    table.type(f"{answer}\n")
    assert table.next() == SpeechEnded()
    table.room.perform(Speak("Yes or no, and both are fine.", "O2"))
    assert table.next() == SpeechEnded()
    table.room.perform(QUESTION)
    assert table.next() == Answered(answer)


def test_sr_01_what_one_typed_is_no_consent_of_the_other(table: Table) -> None:
    table.room.perform(Listen(step="O2", floor=1))
    table.room.perform(Speak("Thank you.", "O2"))
    table.type("yes\n")
    assert table.next() == SpeechEnded()
    table.room.perform(Listen(step="O2", floor=0))
    table.room.perform(Speak("Robin, shall we?", "O2"))
    assert table.next() == SpeechEnded()
    table.room.perform(QUESTION)
    assert table.next(0.05) == TimedOut()


def test_an_answer_typed_before_the_question_was_asked_is_dropped(table: Table) -> None:
    table.room.perform(Speak("Welcome.", "O1"))
    table.type("yes\n")
    assert table.next() == SpeechEnded()
    table.room.perform(Speak("Shall we?", "O2"))
    assert table.next() == SpeechEnded()
    table.room.perform(QUESTION)
    assert table.next(0.05) == TimedOut()


def test_a_command_counts_while_a_sentence_is_shown(table: Table) -> None:
    table.room.perform(Speak("word " * 200))
    table.type("pause\n")
    assert table.next() == Heard(Command.PAUSE)


def test_a_turn_is_spoken_aloud_until_enter(table: Table) -> None:
    table.room.perform(TURN)
    assert table.next() == VoiceBegan()
    assert table.next(0.05) == TimedOut()
    table.type("\n")
    assert table.next() == VoiceEnded()
    assert table.next() == Heard(Command.DONE)
    assert "Sam: aloud" in table.screen.getvalue()


def test_what_is_typed_in_a_turn_counts_only_if_it_is_a_command(table: Table) -> None:
    table.room.perform(TURN)
    assert table.next() == VoiceBegan()
    table.type("my secret is a canary\nyes\npass\n")
    assert table.next() == Heard(Command.PASS)
    assert "canary" not in table.screen.getvalue()


def test_a_turn_that_is_interrupted_ends_its_voice(table: Table) -> None:
    table.room.perform(TURN)
    assert table.next() == VoiceBegan()
    table.room.perform(Listen())
    assert table.next() == VoiceEnded()


def test_enter_goes_on_after_a_rest_or_a_pause(table: Table) -> None:
    table.type("\n")
    assert table.next() == Heard(Command.GO_ON)


def test_the_end_of_input_closes_kindly_and_only_once(table: Table) -> None:
    table.room.perform(QUESTION)
    os.close(table.keys)
    assert table.next() == Heard(Command.STOP)
    table.room.perform(Speak("Good night."))
    assert table.next() == SpeechEnded()
    assert table.next(0.05) == TimedOut()


def test_a_last_line_without_its_end_counts(table: Table) -> None:
    table.room.perform(QUESTION)
    table.type("yes")
    os.close(table.keys)
    assert table.next() == Answered("yes")
    assert table.next() == Heard(Command.STOP)


def test_an_interruption_ends_the_wait_once(table: Table) -> None:
    table.room.interrupt()
    assert table.next() == Interrupted()
    assert table.next(0.05) == TimedOut()


def test_nothing_is_recorded_where_there_is_no_sound(table: Table) -> None:
    table.room.perform(Record(0))
    assert table.next() == Recorded(0.0)
    table.room.perform(PlayBack(0))
    assert table.next() == SpeechEnded()
