"""The script as it ships keeps its rules; the SR numbers are those of the safety requirements."""

import re
from dataclasses import replace
from statistics import median

import pytest

from tests.content.scripts import LANGUAGES, reworded, said, script, step
from voicecheckin.content.coverage import coverage
from voicecheckin.content.helplines import FRESH, RELEASED, countries, find_helplines
from voicecheckin.content.lint import check
from voicecheckin.content.loader import language_folder
from voicecheckin.content.measures import words
from voicecheckin.content.reach import reachable, unreachable
from voicecheckin.content.references import all_steps, sentences, slots
from voicecheckin.content.spoken import everything_spoken

COUNTRIES = (None, *countries(language_folder("en")))


@pytest.mark.slow
@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_keeps_all_rules_in_every_country(language: str, country: str | None) -> None:
    assert check(script(language, country)) == []


def test_sentences_are_short() -> None:
    lengths = [len(words(one.text)) for one in everything_spoken(script())]
    assert median(lengths) <= 14
    assert max(lengths) <= 22


# Consent and control


def test_sr_01_both_are_asked_one_by_one_whether_they_take_part_and_doubt_means_no() -> None:
    consent = step("O2a")
    assert (consent.to, consent.doubt, consent.strict) == ("each", "no", ("no", "yes"))
    assert consent.then == {"yes": "next", "no": "decline"}


def test_sr_01_consent_comes_before_everything_but_presence_and_the_frame() -> None:
    opening = [one.id for topic in script().opening for one in script().steps if one.topic == topic]
    assert opening[: opening.index("O2a")] == [
        *("O-invited", "O-names", "O0", "O0-each", "O1"),
    ]


def test_sr_02_the_stricter_memory_counts_and_doubt_keeps_nothing() -> None:
    memory = step("O2b")
    assert memory.strict == memory.answers == ("nothing", "dates", "agreements")
    assert (memory.to, memory.doubt) == ("each", "nothing")


def test_sr_05_going_on_beyond_the_plan_needs_two_yeses() -> None:
    offer = next(one for one in script().branches["time offer"] if one.kind == "ask")
    assert offer.to == "each"
    assert offer.strict[-1] == "yes"
    assert offer.doubt == "no"


def test_sr_06_pass_hold_and_no_are_answered_in_the_same_words() -> None:
    for one in all_steps(script()):
        given = {answer for answer in ("pass", "hold", "therapist", "no") if answer in one.answers}
        if "hold" in given and one.to == "each":
            assert len({one.reply.get(answer, ()) for answer in given}) == 1, one.id
    assert script().lines["passed"] == script().lines["thanks"]


def test_sr_07_nothing_is_said_to_one_partner_that_the_other_would_not_hear() -> None:
    for one in everything_spoken(script()):
        assert not {"first", "second"} & slots(((one.text,),)), str(one)


# Neutral exits and help


def test_sr_08_every_answer_that_ends_leads_to_the_one_closing_text() -> None:
    ends = ("close", "decline")
    ending = [
        (one.id, answer)
        for one in all_steps(script())
        for answer, target in one.then.items()
        if target in ends and one.reply.get(answer)
    ]
    assert ending == []  # no parting words before it, which could show the reason
    assert step("C6").fixed
    assert "C6" in [one.id for one in script().steps if one.topic in script().closing]


@pytest.mark.parametrize("country", COUNTRIES)
def test_sr_09_help_is_named_in_the_same_words_at_both_places(country: str | None) -> None:
    steps = {one.id: one for one in script("en", country).steps}
    opening, closing = list(sentences(steps["O4"].say)), list(sentences(steps["C6"].say))
    assert closing[: len(opening)] == opening
    assert steps["O4"].needs is None
    assert steps["C6"].needs is None
    assert not slots(steps["C6"].say)


@pytest.mark.parametrize(
    "question",
    [
        "Has anyone been hit?",
        "Are you afraid of {other}?",
        "Do you feel unsafe?",
        "Were there threats?",
        "Have you been forced?",
    ],
)
def test_sr_10_a_question_about_violence_or_fear_is_found(question: str) -> None:
    assert any("SR-10" in one for one in check(reworded("SF2", question)))


@pytest.mark.parametrize("country", COUNTRIES)
def test_sr_13_no_version_is_released_with_a_number_whose_sources_are_older_than_two_years(
    country: str | None,
) -> None:
    """By the day of the version, not by today's clock: no test begins to fail by itself."""
    helplines = find_helplines(language_folder("en"), country)
    assert helplines.stale() == ()
    assert all(line.day <= RELEASED for line in helplines.lines)
    assert set(helplines.stale(RELEASED + 2 * FRESH)) == set(helplines.lines)


def test_sr_13_a_number_that_a_person_checked_may_have_an_old_source() -> None:
    helplines = find_helplines(language_folder("en"), "ES")
    checked = tuple(replace(line, checked=True) for line in helplines.lines)
    assert replace(helplines, lines=checked).stale(RELEASED + 2 * FRESH) == ()


@pytest.mark.parametrize("country", COUNTRIES)
def test_sr_13_what_is_said_is_for_everybody_in_the_country_and_short(country: str | None) -> None:
    helplines = find_helplines(language_folder("en"), country)
    said_aloud = " ".join(helplines.spoken)
    assert not re.search(r"\b(women|woman|men|man|LGBT|children)\b", said_aloud, re.IGNORECASE)
    for line in helplines.lines:
        if line.spoken:
            assert not line.printed.startswith(("For women", "For men", "For LGBT", "For children"))
    assert all(len(sentence.split()) <= 14 for sentence in helplines.spoken)
    assert "find a helpline dot com" in said_aloud
    assert "In danger, call" in said_aloud
    assert helplines.spoken[0] == helplines.named


@pytest.mark.parametrize("country", countries(language_folder("en")))
def test_sr_13_every_country_names_lines_for_children_and_for_despair(country: str) -> None:
    printed = [line.printed for line in find_helplines(language_folder("en"), country).lines]
    assert any("children" in line for line in printed)
    assert any(re.search("despair|crisis|Samaritans", line) for line in printed)


@pytest.mark.parametrize("people", ["men", "LGBT+"])
@pytest.mark.parametrize("country", countries(language_folder("en")))
def test_sr_13_every_country_names_a_route_for_men_and_for_lgbt_people(
    country: str, people: str
) -> None:
    routes = [line.printed for line in find_helplines(language_folder("en"), country).lines]
    named = [one for one in routes if re.search(rf"\b{re.escape(people)}(?!\w)", one)]
    assert any(re.search(r"\d{2}|\.it\b", one) for one in named), routes


def test_sr_13_an_unknown_country_hears_the_general_instruction() -> None:
    assert script("en", "ZZ") == script("en", None)
    spoken = " ".join(said("O4"))
    assert "local emergency number" in spoken
    assert "find a helpline dot com" in spoken


@pytest.mark.parametrize("country", COUNTRIES)
def test_sr_13_numbers_are_said_digit_by_digit(country: str | None) -> None:
    helplines = find_helplines(language_folder("en"), country)
    for sentence in helplines.spoken:
        assert not re.search(r"\d\d", sentence), sentence


# Content


@pytest.mark.parametrize(
    "question", ["When did {other} blame you?", "What was done to you?", "Who lied?"]
)
def test_sr_15_a_topic_that_makes_the_other_one_the_culprit_is_found(question: str) -> None:
    assert any("SR-15" in one for one in check(reworded("U4a", question)))


def test_sr_15_your_partner_is_never_named_as_such() -> None:
    assert any("P1" in one for one in check(reworded("SF2", "What does your partner do?")))


@pytest.mark.parametrize(
    "question", ["Have you ever lied?", "Did you ever cheat?", "Is there a secret?"]
)
def test_sr_16_a_question_that_only_a_confession_answers_is_found(question: str) -> None:
    assert any("SR-16" in one for one in check(reworded("U5", question)))


def test_sr_16_honesty_offers_a_place_and_asks_for_no_content() -> None:
    where = step("U5-where")
    assert where.needs == ("U5-open", ("not yet",))
    assert where.answers == ("here", "later", "counsellor", "pass")
    assert "Nobody is asked to tell anything tonight." in said("U5-time")


@pytest.mark.parametrize(
    "question", ["How often was it?", "Which site was it?", "Would you like to kiss?"]
)
def test_sr_17_a_question_about_sexual_acts_is_found(question: str) -> None:
    assert any("SR-17" in one for one in check(reworded("U2", question)))


def test_sr_17_slower_wins_without_a_vote() -> None:
    pace = step("SF7a")
    assert pace.strict[0] == "too fast"
    assert pace.strict[-1] == "too slow"
    assert "vote" in " ".join(sentences(pace.reply["too fast"]))


def test_sr_18_leaving_is_each_persons_right() -> None:
    topic = [one.id for one in script().steps if one.topic == "U1"]
    assert topic.index("U1-free") < topic.index("U1")
    assert said("U1-free")[0] == "To leave is each person's free right, at any time."


def test_sr_18_helpers_friends_and_family_are_free() -> None:
    topic = [one.id for one in script().steps if one.topic == "U3"]
    assert topic.index("U3-free") < topic.index("U3")
    spoken = " ".join(said("U3-free")).lower()
    for helper in ("therapist", "doctor", "helpline", "support worker", "lawyer", "friends"):
        assert helper in spoken


def test_sr_19_one_sentence_is_enough_and_passing_as_good_before_old_roots_are_asked() -> None:
    topic = [one for one in script().steps if one.topic == "T4"]
    assert [one.id for one in topic] == ["T4-topic", "T4-gate", "T4a", "T4b"]
    assert "One sentence is enough here, and no details are needed." in said("T4-topic")
    assert "Passing is as good as answering." in said("T4-topic")
    for asked in ("T4a", "T4b"):
        assert list(sentences(step(asked).invite))[-1] == "One sentence is enough; so is none."


@pytest.mark.parametrize(
    "sentence",
    ["You seem angry.", "You are defensive.", "Who is right?", "That is a toxic pattern."],
)
def test_sr_20_a_diagnosis_or_a_verdict_is_found(sentence: str) -> None:
    assert any("SR-20" in one for one in check(reworded("C3", sentence)))


def test_sr_20_numbers_are_only_a_way_in() -> None:
    topic = [one.id for one in script().steps if one.topic == "SF1"]
    assert topic.index("SF1-number") < topic.index("SF1")
    assert "pass" in step("SF1-number").answers
    assert not step("SF1-number").reply
    assert [one.id for one in script().steps if one.pacing == "N"] == ["SF1-number"]


def test_sr_21_every_open_question_is_a_turn_with_a_reply() -> None:
    open_classes = [one for one in all_steps(script()) if one.pacing in ("R", "D")]
    assert {one.kind for one in open_classes} == {"share"}


def test_sr_22_every_idea_is_said_where_a_couple_can_come() -> None:
    for row in coverage(script()):
        assert bool(row.steps) != (row.idea in script().uncovered), row.idea
    ideas = {f"S{n}" for n in range(29)} - {"S10", "S17"} | {f"U{n}" for n in range(1, 8)}
    assert set(script().ideas) == ideas | {"S10a", "S10b", "S10c", "S17a", "S17b"}
    assert set(script().uncovered) == {"S27", "S28"}


def test_sr_22_no_step_is_out_of_reach() -> None:
    assert unreachable(script()) == ()
    assert {"O0", "AL5", "A1-more", "TO4", "C6"} <= reachable(script())


def test_sr_22_a_step_out_of_reach_is_found() -> None:
    lost = replace(step("SF2"), id="lost", topic="nowhere")
    astray = replace(script(), steps=(*script().steps, lost))
    assert [one.id for one in unreachable(astray)] == ["lost"]
    assert any("lost" in one for one in check(astray))


@pytest.mark.parametrize("sentence", ["That is three times in a row.", "You missed a week."])
def test_sr_28_counting_and_blaming_reminders_are_found(sentence: str) -> None:
    assert any("SR-28" in one for one in check(reworded("C3", sentence)))
