"""The phrases we know, and whole texts matched to them."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.conversation.messages import Command
from voicecheckin.errors import ContentError
from voicecheckin.hearing.phrases.phrasebook import Match, load

BOOK = load()
CONSENT = ("yes", "no", "pass", "not sure", *BOOK.commands)
WORDS = ["yes", "no", "not", "stop", "pause", "we", "to", "don't", "okay", "had"]
CONTENT = files("voicecheckin.content") / "en"


def asked(table: object) -> Iterator[tuple[str, ...]]:
    """Every list of answers that stands in a step somewhere in *table*."""
    match table:
        case {"say": _, "answers": [*answers]}:
            yield tuple(answers)
    children = table.values() if isinstance(table, dict) else table
    for child in children if isinstance(table, dict | list) else ():
        yield from asked(child)


QUESTIONS = sorted(
    {
        answers
        for file in CONTENT.iterdir()
        if file.name.endswith(".toml")
        for answers in asked(tomllib.loads(file.read_text(encoding="utf-8")))
    }
)


def test_every_command_can_be_said() -> None:
    assert set(BOOK.commands) == {command.value for command in Command}
    assert all(len(BOOK.plain(id)) > 1 for id in BOOK.commands)


def test_the_script_asks_for_known_phrases_only() -> None:
    assert QUESTIONS
    assert {id for question in QUESTIONS for id in question} <= set(BOOK.ids)


@pytest.mark.parametrize("question", [(), *QUESTIONS])
def test_no_wording_means_two_things_in_one_question(question: tuple[str, ...]) -> None:
    assert BOOK.collisions((*BOOK.commands, *question)) == {}


def test_every_wording_is_understood_as_its_phrase() -> None:
    for id in BOOK.ids:
        for wording in BOOK.wordings(id):
            assert BOOK.match(wording, [id]) == Match(id)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Yeah.", "yes"),
        ("Not really", "no"),
        ("NOT SURE!", "not sure"),
        ("Please pause now.", "pause"),
        ("Could we pause, please?", "pause"),
        ("Okay, could we pause please? Thank you.", "pause"),
        ("Let's stop for tonight", "stop"),
        ("lets stop for tonight", "stop"),
        ("I'm finished.", "done"),
        ("I am finished", "done"),
        ("That\u2019s all", "done"),
        ("give me a minute", "more time"),
        ("Can you speak slower?", "slower"),
        ("Start.", "go on"),
        ("Again", "repeat"),
        ("this is too much", "overwhelmed"),
        ("someone's here", "not alone"),
        ("We're not alone", "not alone"),
        ("um, well, no", "no"),
        ("yes, yes, yeah", "yes"),
        ("no. Stop.", "stop"),
        ("stop stop stop", "stop"),
        ("No, not tonight.", "no"),
    ],
)
def test_people_are_understood(text: str, phrase: str) -> None:
    assert BOOK.match(text, CONSENT) == Match(phrase)


@pytest.mark.parametrize("text", ["go", "Go, please.", "go go"])
def test_go_alone_is_too_like_no_to_count_where_no_is_an_answer(text: str) -> None:
    assert BOOK.match(text, CONSENT).phrase is None
    assert BOOK.match(text, (*BOOK.commands, "done")) == Match("go on")


@pytest.mark.parametrize(
    "text",
    [
        "we had to stop",
        "the bus stop",
        "we should stop at the shop",
        "I think we should stop talking about money",
        "I don't want to stop",
        "don't stop",
        "I can't stop",
        "it never stopped",
        "she said yes to everything",
        "no more apples",
        "the pause was long",
        "",
        "...",
    ],
)
def test_parts_of_a_sentence_are_nothing(text: str) -> None:
    assert BOOK.match(text, CONSENT) == Match(None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("y-y-yes", "yes"),
        ("Y, y, yes please.", "yes"),
        ("n n no", "no"),
        ("st-st-stop", "stop"),
        ("s s stop, please", "stop"),
        ("can we st stop", "stop"),
        ("p p pass", "pass"),
        ("t t time out", "time out"),
    ],
)
def test_a_first_sound_that_is_repeated_is_no_matter(text: str, phrase: str) -> None:
    assert BOOK.match(text, CONSENT) == Match(phrase)


def test_a_word_of_its_own_is_no_first_sound() -> None:
    assert BOOK.match("no not sure", ("yes", "not sure")) == Match(None)
    assert BOOK.match("the stop", CONSENT) == Match(None)


@pytest.mark.parametrize(
    "text",
    ["not yes", "yes, if you must", "I guess, yes", "yes, but", "yes, but only because you asked"],
)
def test_a_yes_with_a_reserve_is_doubt(text: str) -> None:
    assert BOOK.match(text, CONSENT) == Match(None, doubt=True)


@pytest.mark.parametrize("text", ["uh-huh", "mm-hmm", "Fine.", "okay"])
def test_an_assent_is_no_yes(text: str) -> None:
    assert BOOK.match(text, ("yes", "no", "assent")) == Match("assent")
    assert BOOK.match(text, ("yes", "no")).phrase is None


@pytest.mark.parametrize("text", ["yes no", "paused", "repeat, pause"])
def test_what_is_nearly_ours_or_two_of_ours_is_doubt(text: str) -> None:
    assert BOOK.match(text, CONSENT) == Match(None, doubt=True)


def test_an_answer_comes_before_a_command_with_the_same_words() -> None:
    assert BOOK.match("not tonight", BOOK.commands) == Match("stop")
    assert BOOK.match("not tonight", ("yes", "not now", *BOOK.commands)) == Match("not now")
    assert BOOK.match("no, not tonight", ("yes", "no", "not now")) == Match("not now")
    assert BOOK.match("let's start", BOOK.commands) == Match("go on")
    assert BOOK.match("let's start", ("ready", *BOOK.commands)) == Match("ready")


def test_the_same_words_mean_what_the_question_means() -> None:
    assert BOOK.match("not really", ("yes", "no")) == Match("no")
    assert BOOK.match("not really", ("yes", "nearly", "not yet")) == Match("not yet")


def test_numbers_may_be_written_as_figures() -> None:
    assert BOOK.match("2.", ("one", "two", "three")) == Match("two")


@pytest.mark.slow
@given(st.text(max_size=60), st.sets(st.sampled_from(BOOK.ids)))
def test_any_text_means_an_allowed_phrase_or_none(text: str, allowed: set[str]) -> None:
    match = BOOK.match(text, allowed)
    assert match.phrase is None or match.phrase in allowed
    assert not (match.doubt and match.phrase)


@given(
    st.lists(st.sampled_from(WORDS), max_size=9),
)
def test_a_negation_never_turns_into_stop(words: list[str]) -> None:
    """Only "please don't" is a way to stop, and without "please" it cannot be said here."""
    if "don't" in words or "not" in words:
        assert BOOK.match(" ".join(words), BOOK.ids).phrase != "stop"


def broken(folder: Path, file: str, text: str) -> str:
    """What is said about the content when *file* holds *text*."""
    for name in ("wrappers.toml", "commands.toml", "answers.toml"):
        good = (CONTENT / "heard" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text if name == file else good, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load(folder=folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("commands.toml", "[[stop]\n", "commands.toml: Expected"),
        ("commands.toml", '[[stop]]\nsay = ["stop"]\n', 'the command "pause" has no wordings'),
        ("answers.toml", "[[yes]]\nsay = []\n", "answers.toml: [[yes]], block 1: say needs"),
        ("answers.toml", '[[yes]]\nsay = "yes"\n', "[[yes]], block 1, say: must be a list"),
        ("answers.toml", "[[yes]]\nsay = [3]\n", "must be a text with words"),
        ("answers.toml", '[[yes]]\nsay = ["..."]\n', "must be a text with words"),
        ("answers.toml", '[[yes]]\nsays = ["yes"]\n', "says is not known; known are say"),
        ("answers.toml", '[[yes]]\nsay = ["a"]\ntakes = ["x"]\n', "'x' is not in wrappers.toml"),
        ("answers.toml", '[[yes]]\nsay = ["a"]\nover = ["x"]\n', 'over: no command "x"'),
        ("answers.toml", '[[no]]\nsay = ["a"]\nunless = ["x"]\n', 'there is no answer "x"'),
        ("answers.toml", '[yes]\nsay = ["a"]\n', "write the phrase as [[yes]]"),
        ("answers.toml", '[[stop]]\nsay = ["a"]\n', "[[stop]] is a command already"),
        ("answers.toml", "yes = [1]\n", "must be a table with a list say"),
        ("wrappers.toml", "lead = []\n", "wrappers.toml: lead is not known"),
        ("wrappers.toml", 'takes = "x"\n', "[takes] must be a table"),
        ("wrappers.toml", '[takes]\nwe = ["let us"]\n', "needs one {} for the phrase"),
        ("wrappers.toml", "[same]\na = 1\n", "[same], a: must be a text"),
    ],
)
def test_broken_content_is_named_by_file_and_place(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    assert said in broken(tmp_path, file, text)


def test_content_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"wrappers\.toml: cannot be read"):
        load(folder=tmp_path)
