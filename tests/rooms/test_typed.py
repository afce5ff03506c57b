"""Who cannot say an answer types it, with the same meaning as aloud."""

import os
import queue

import pytest

from voicecheckin.conversation.meaning import ASSENT
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Event,
    Heard,
    Listen,
    NotUnderstood,
    OutOfPlace,
)
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.rooms.typed import Keyboard, TypedAnswers

BOOK = load()
QUESTION = Listen(("yes", "no", "not now", ASSENT), step="O0")
TURN = Listen((), turn=True, step="P1", floor=1)


class Table:
    """What typed lines came to."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.typed = TypedAnswers(BOOK, self.events.append)

    def ask(self, listen: Listen) -> None:
        self.typed.did(listen, 0.0)


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("1", Answered("yes")),
        (" 3 ", Answered("not now")),
        ("4", OutOfPlace()),
        ("0", OutOfPlace()),
        ("Yes, please.", Answered("yes")),
        ("pause", Heard(Command.PAUSE)),
        ("banana bread", NotUnderstood()),
    ],
)
def test_a_choice_is_typed_by_its_place_or_its_words(line: str, event: Event) -> None:
    table = Table()
    table.ask(QUESTION)
    table.typed.take(line)
    assert table.events == [event]


def test_a_choice_typed_while_the_question_is_said_counts_once_it_is_asked() -> None:
    table = Table()
    table.ask(Listen(step="O0"))
    table.typed.take("1")
    assert table.events == []
    table.ask(QUESTION)
    assert table.events == [Answered("yes")]


def test_sr_01_what_one_typed_is_no_consent_of_the_other() -> None:
    table = Table()
    table.ask(Listen(step="O2", floor=0))
    table.typed.take("1")
    table.ask(Listen(step="O2", floor=1))
    table.ask(Listen(("yes", "no"), step="O2", floor=1))
    assert table.events == []


def test_in_a_turn_only_commands_count_and_enter_ends_it() -> None:
    table = Table()
    table.ask(TURN)
    for line in ("my secret", "1", "pass", ""):
        table.typed.take(line)
    assert table.events == [Heard(Command.PASS), Heard(Command.DONE)]


def test_enter_goes_on_after_a_pause() -> None:
    table = Table()
    table.typed.take("")
    assert table.events == [Heard(Command.GO_ON)]


def test_a_keyboard_gives_line_after_line_until_it_is_closed() -> None:
    reading, writing = os.pipe()
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    keyboard = Keyboard(lines.put, reading)
    os.write(writing, b"1\nno")
    os.write(writing, b"t tonight\n")
    assert [lines.get(timeout=20), lines.get(timeout=20)] == ["1", "not tonight"]
    keyboard.close()
    os.close(writing)


def test_a_terminal_that_has_gone_ends_nothing_but_the_typing() -> None:
    reading, writing = os.pipe()
    keyboard = Keyboard(lambda _: None, reading)
    os.close(writing)
    keyboard.close()
