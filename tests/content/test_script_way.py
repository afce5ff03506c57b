"""The way through the evenings of the script as it ships, and what may be answered on it."""

import pytest

from tests.content.scripts import phrasebook, reworded, script, step
from voicecheckin.content.lint import check
from voicecheckin.content.loader import language_folder
from voicecheckin.content.references import all_steps, phrase_ids, sentences
from voicecheckin.conversation.flows.triad import FELT_HEARD_ANSWERS
from voicecheckin.conversation.journey import WEEKLY, main_topics, returning
from voicecheckin.conversation.meaning import ASSENT
from voicecheckin.conversation.messages import Command
from voicecheckin.conversation.script import Evening, Role, Step

UNDERMINERS = ("U7", "U6", "U1", "U3", "U4", "U2", "U5")


# The way through the evenings


def test_there_are_nine_evenings_and_a_weekly_sitting() -> None:
    assert [one.number for one in script().evenings] == [*range(1, 10), WEEKLY]


def test_underminers_come_in_the_order_of_rising_exposure() -> None:
    order = [
        topic for one in script().evenings if one.number for topic in one.topics if topic[0] == "U"
    ]
    assert order == ["U0", *UNDERMINERS]


@pytest.mark.parametrize("topic", UNDERMINERS)
def test_every_underminer_opens_with_two_yeses_only(topic: str) -> None:
    gate = next(one for one in script().steps if one.topic == topic and one.kind != "tell")
    assert (gate.role, gate.to, gate.doubt) == (Role.GATE, "each", "pass")
    assert {"yes", "pass", "hold", "therapist"} <= set(gate.answers)
    assert gate.strict[-1] == "yes"
    assert [answer for answer in gate.answers if gate.then.get(answer, "next") == "next"] == ["yes"]


@pytest.mark.parametrize("length", ["usual", "short"])
@pytest.mark.parametrize("number", range(10))
def test_sr_27_an_evening_holds_three_reflective_and_three_deep_turns_and_all_its_topics(
    number: int, length: str
) -> None:
    evening = next(one for one in script().evenings if one.number == number)
    planned = evening.short if length == "short" and number else evening.topics
    topics = main_topics(script(), number, length, {})
    assert set(planned) <= set(topics)  # none is dropped because there are too many
    main = [one for one in topics if one not in returning(script())]
    kinds = [one.pacing for one in script().steps if one.topic in main and one.kind == "share"]
    assert kinds.count("R") <= 3
    assert kinds.count("D") <= 3


@pytest.mark.parametrize("number", [1, 2])
def test_sr_27_the_first_two_evenings_are_not_deep(number: int) -> None:
    evening = next(one for one in script().evenings if one.number == number)
    assert "D" not in [one.pacing for one in script().steps if one.topic in evening.topics]


def test_a_time_out_lasts_twenty_minutes_and_leads_back_to_its_topic_or_lets_it_wait() -> None:
    rest, *_, asked = script().branches["time out"]
    assert 1200.0 in rest.say
    assert asked.role is Role.BACK_TO_IT
    assert asked.then["yes"] == "topic again"
    assert asked.then["not now"] == "close"


@pytest.mark.parametrize("branch", ["overwhelmed", "heavy"])
def test_after_something_heavy_nothing_is_said_back(branch: str) -> None:
    kinds = [one.kind for one in script().branches[branch]]
    assert kinds == ["settle", "ask"]


def test_who_told_of_mistrust_says_a_wish_before_the_topic_ends() -> None:
    """One topic, so that neither comes without the other; what is felt is dropped first."""
    topic = [one.id for one in script().steps if one.topic == "T1"]
    assert topic.index("T1") < topic.index("T5")
    assert step("T5").needs is None
    assert step("T3").needs == ("length", ("usual",))


@pytest.mark.parametrize("evening", [one for one in script().evenings if one.number])
@pytest.mark.parametrize("length", ["usual", "short"])
def test_whatever_goes_deep_is_followed_by_something_that_lands(
    evening: Evening, length: str
) -> None:
    """In its topic or the next one; at the latest, by the room to put something right."""
    topics = evening.topics if length == "usual" else evening.short
    closing = [one for one in script().closing if one == "put right"]
    steps = [one for name in (*topics, *closing) for one in script().steps if one.topic == name]
    deep = [number for number, one in enumerate(steps) if one.pacing == "D" and not one.landing]
    for number in deep:
        assert any(one.landing or one.kind == "settle" for one in steps[number + 1 :])


def test_pass_is_named_last_wherever_it_is_named() -> None:
    found = check(reworded("U7-gate", "Pass, or yes or no?"))
    assert any("U7-gate" in one and "last" in one for one in found)


def test_every_branch_is_called_by_a_phrase_the_clock_or_the_way_it_goes() -> None:
    commands = {command.value for command in Command}
    called = {"time offer", "alone", "after pause", "smaller"}
    assert set(script().branches) - commands == called
    asked_for = {"time out", "overwhelmed", "disagree", "heavy", "not alone", "skip ahead", "rules"}
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
def test_yes_and_no_answer_every_question_and_are_named_right_after_it(asked: Step) -> None:
    """An ear across a kitchen hears these two well, and little else."""
    if asked.role is Role.NUMBER:
        return
    assert asked.answers[:2] == ("yes", "no")
    offered = list(sentences(asked.say[asked.say.index(0.5) + 1 :]))
    assert offered in (["Yes or no."], ["Yes or no, and both are fine."])


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
    "weak",
    [
        *("fine", "okay", "okay then", "I guess", "I think so", "mm-hmm", "sure"),
        *("yes we do", "yes but", "not yes"),
    ],
)
def test_sr_01_a_weak_yes_is_enough_for_a_choice_and_never_for_a_consent(weak: str) -> None:
    allowed = allowed_with(step("O2").answers)
    assert phrasebook().match(weak, allowed).phrase != "yes"


@pytest.mark.parametrize("weak", ["fine", "okay", "mm-hmm", "yes we do", "sure"])
def test_where_no_consent_is_asked_for_a_weak_yes_is_a_yes(weak: str) -> None:
    choice = (*allowed_with(step("O5-first").answers), ASSENT)
    assert phrasebook().match(weak, choice).phrase == ASSENT


@pytest.mark.parametrize(("said", "meant"), [("no", "not yet"), ("maybe", "nearly")])
def test_who_does_not_feel_heard_may_say_so_plainly(said: str, meant: str) -> None:
    assert phrasebook().match(said, allowed_with(FELT_HEARD_ANSWERS)).phrase == meant
