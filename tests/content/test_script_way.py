"""The way through the evenings of the script as it ships, and what may be answered on it."""

import re

import pytest

from tests.content.scripts import phrasebook, reworded, script
from voicecheckin.content.lint import check
from voicecheckin.content.loader import language_folder
from voicecheckin.content.references import all_steps, phrase_ids, sentences
from voicecheckin.conversation.flows.triad import FELT_HEARD_ANSWERS
from voicecheckin.conversation.messages import Command
from voicecheckin.conversation.script import Step

UNDERMINERS = ("U7", "U6", "U1", "U3", "U4", "U2", "U5")


# The way through the evenings


def test_there_are_nine_evenings_and_a_keeping_sitting() -> None:
    assert [one.number for one in script().evenings] == [*range(1, 10), 0]


def test_underminers_come_in_the_order_of_rising_exposure() -> None:
    order = [
        topic for one in script().evenings if one.number for topic in one.topics if topic[0] == "U"
    ]
    assert order == ["U0", *UNDERMINERS]


@pytest.mark.parametrize("topic", UNDERMINERS)
def test_every_underminer_opens_with_two_yeses_only(topic: str) -> None:
    asked = next(one for one in script().steps if one.topic == topic and one.kind != "tell")
    assert (asked.kind, asked.to, asked.doubt) == ("ask", "each", "pass")
    assert {"yes", "pass", "hold", "therapist"} <= set(asked.answers)
    assert asked.strict[-1] == "yes"
    assert [answer for answer in asked.answers if asked.then[answer] == "next"] == ["yes"]


@pytest.mark.parametrize("number", range(10))
def test_sr_27_an_evening_holds_at_most_three_reflective_and_three_deep_turns(number: int) -> None:
    evening = next(one for one in script().evenings if one.number == number)
    topics = [one for one in evening.topics if number and one not in ("D1", "offers", "D2")]
    kinds = [one.pacing for one in script().steps if one.topic in topics and one.kind == "share"]
    assert kinds.count("R") <= 3
    assert kinds.count("D") <= 3


@pytest.mark.parametrize("number", [1, 2])
def test_sr_27_the_first_two_evenings_are_not_deep(number: int) -> None:
    evening = next(one for one in script().evenings if one.number == number)
    assert "D" not in [one.pacing for one in script().steps if one.topic in evening.topics]


def test_a_time_out_lasts_twenty_minutes_and_leads_back_to_the_breaths() -> None:
    rest, _, asked, more, again = script().branches["time out"]
    assert 1200.0 in rest.say
    assert 600.0 in more.say
    for question in (asked, again):
        assert question.then["ready"] == question.then["yes"] == "arrive"
        assert (question.to, question.doubt) == ("each", "not now")
        assert question.strict[0] == "not now"
        assert set(question.strict[-2:]) == {"yes", "ready"}


def test_pass_is_named_last_wherever_it_is_named() -> None:
    found = check(reworded("SF1-number", "Pass, or one to five?"))
    assert any("SF1-number" in one and "last" in one for one in found)


def test_every_branch_is_called_by_a_phrase_or_the_clock() -> None:
    commands = {command.value for command in Command}
    assert set(script().branches) - commands == {"time offer", "alone"}
    asked_for = {"time out", "overwhelmed", "disagree", "heavy", "not alone", "skip ahead"}
    assert asked_for <= set(script().branches)


# What may be answered


def asks() -> list[Step]:
    """All closed questions."""
    return [one for one in all_steps(script()) if one.kind == "ask"]


def allowed_with(answers: tuple[str, ...]) -> tuple[str, ...]:
    """What may be said at a question with these *answers*: they, and every command."""
    return (*answers, *(command.value for command in Command))


@pytest.mark.parametrize("asked", asks(), ids=lambda one: one.id)
def test_every_answer_is_understood_as_it_is_offered(asked: Step) -> None:
    phrases = phrasebook()
    allowed = allowed_with(asked.answers)
    for answer in asked.answers:
        offered = script().spoken.get(answer, answer)
        assert phrases.match(offered, allowed).phrase == answer, offered


@pytest.mark.parametrize("asked", asks(), ids=lambda one: one.id)
def test_every_option_that_is_named_aloud_is_an_answer(asked: Step) -> None:
    phrases = phrasebook()
    allowed = allowed_with(asked.answers)
    for option in options(asked):
        assert phrases.match(option, allowed).phrase in allowed, option


def options(asked: Step) -> list[str]:
    """The words after the short rest, cut where one option ends."""
    if 0.5 not in asked.say:
        return []
    offered = " ".join(sentences(asked.say[asked.say.index(0.5) + 1 :]))
    offered = re.sub(r"^(You can say|Say) |From one, a .*?fully; or ", "", offered)
    offered = re.sub(r", and both are fine| to go on|, when you are ready", "", offered)
    offered = offered.replace("a number from one to nine", "nine")
    parts = re.split(r"[.,]\s*(?:[Oo]r )?| or ", offered)
    return [part for part in parts if part]


@pytest.mark.parametrize("asked", asks(), ids=lambda one: one.id)
def test_no_wording_could_mean_two_answers(asked: Step) -> None:
    phrases = phrasebook()
    allowed = allowed_with(asked.answers)
    shared = phrases.collisions(allowed)
    assert {text: ids for text, ids in shared.items() if set(ids) & set(asked.answers)} == {}


def test_every_phrase_that_is_an_answer_is_known() -> None:
    known = phrase_ids(language_folder("en"))
    assert {answer for one in asks() for answer in one.answers} <= known


@pytest.mark.parametrize(
    ("step", "said", "meant"),
    [
        ("O2b", "no", "nothing"),
        ("O5b", "yes", "same"),
        ("O5b", "no", "swap"),
        ("O3-ready", "no", "no"),
        ("A2", "no", "no"),
    ],
)
def test_a_plain_yes_or_no_is_taken_where_people_say_it(step: str, said: str, meant: str) -> None:
    asked = next(one for one in asks() if one.id == step)
    assert phrasebook().match(said, allowed_with(asked.answers)).phrase == meant


@pytest.mark.parametrize(("said", "meant"), [("no", "not yet"), ("maybe", "nearly")])
def test_who_does_not_feel_heard_may_say_so_plainly(said: str, meant: str) -> None:
    assert phrasebook().match(said, allowed_with(FELT_HEARD_ANSWERS)).phrase == meant


@pytest.mark.parametrize("asked", [one for one in asks() if "ready" in one.answers])
def test_doubt_never_means_ready(asked: Step) -> None:
    assert asked.doubt in ("more time", "not now", "no") or asked.id == "AL5"
    assert "no" in asked.answers or asked.id == "AL5"
