"""The script as it ships keeps its rules; the SR numbers are those of the safety requirements."""

import re
from dataclasses import replace
from statistics import median

import pytest

from tests.content.scripts import LANGUAGES, phrasebook, reworded, said, script, step
from voicecheckin.content.coverage import coverage
from voicecheckin.content.helplines import FRESH, RELEASED, countries, find_helplines
from voicecheckin.content.lint import check, check_grades
from voicecheckin.content.loader import language_folder
from voicecheckin.content.measures import words
from voicecheckin.content.reach import reachable, unreachable
from voicecheckin.content.references import all_steps, sentences, slots
from voicecheckin.content.spoken import everything_spoken
from voicecheckin.conversation.script import Role
from voicecheckin.hearing.recognisers.untrained import untrained

COUNTRIES = (None, *countries(language_folder("en")))


@pytest.mark.slow
@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_keeps_all_rules_in_every_country(language: str, country: str | None) -> None:
    assert check(script(language, country)) == []
    assert check_grades(script(language, country)) == []


@pytest.mark.parametrize("ear", ["whisper", "small"])
def test_both_ears_know_every_wording(ear: str) -> None:
    """None may be added without training them."""
    assert untrained(phrasebook(), ear) == {}


def test_sentences_are_short() -> None:
    lengths = [len(words(one.text)) for one in everything_spoken(script())]
    assert median(lengths) <= 14
    assert max(lengths) <= 22


# Consent and control


def test_sr_01_both_are_asked_one_by_one_whether_they_take_part_and_doubt_means_no() -> None:
    consent = step("O2")
    assert (consent.to, consent.doubt, consent.strict) == ("each", "no", ("no", "yes"))
    assert dict(consent.then) == {"no": "decline"}
    assert consent.plain


def test_sr_01_consent_comes_before_everything_but_presence_and_what_the_evening_is_about() -> None:
    """Nobody can consent to an evening without knowing what it is about: so theme comes first."""
    opening = script().opening
    assert opening[: opening.index("consent")] == ("presence", "shape", "theme")
    kinds = {one.kind for one in script().steps if one.topic in ("presence", "shape", "theme")}
    assert kinds == {"tell", "ask"}  # nobody is invited to speak, and nothing is recorded


def test_sr_01_whatever_decides_for_one_person_is_asked_of_each_and_doubt_is_no() -> None:
    both = {Role.PRESENCE}
    for one in all_steps(script()):
        if one.plain and one.role not in both:
            assert one.to == "each", one.id
            assert one.doubt != "yes", one.id
            assert one.strict[-1] == "yes", one.id


def test_sr_02_memory_is_asked_only_where_the_settings_want_it_and_doubt_keeps_nothing() -> None:
    """Not a choice of kinds any more: the smaller one told who wished for less (trust, 8)."""
    memory = step("C7")
    assert memory.role is Role.MEMORY
    assert memory.needs == ("memory", ("wanted",))
    assert (memory.to, memory.doubt, memory.strict) == ("each", "no", ("no", "yes"))
    assert "{days}" in "".join(said("C7"))
    assert len(set(memory.reply.values())) == 1  # the reply does not tell what was chosen


def test_sr_05_going_on_after_whatever_came_between_needs_two_yeses() -> None:
    going_on = {Role.GOING_ON, Role.LET_IT_REST, Role.BACK_TO_IT, Role.TOGETHER, Role.STAY_LONGER}
    asked = [one for one in all_steps(script()) if one.role in {*going_on, Role.GO_FASTER}]
    assert len(asked) >= 8
    for one in asked:
        assert (one.to, one.strict[-1], one.plain) == ("each", "yes", True), one.id
        assert one.doubt != "yes", one.id


def test_sr_06_whatever_is_no_yes_is_answered_in_the_same_words() -> None:
    for one in all_steps(script()):
        if one.role is not None and one.to == "each":
            assert set(one.reply) <= {"yes", "other"}, one.id
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
def test_sr_09_help_is_said_in_full_once_and_the_last_words_are_short(country: str | None) -> None:
    """Once, early: as nearly the last thing heard at night it was too much (talk, 4)."""
    steps = {one.id: one for one in script("en", country).steps}
    lines = find_helplines(language_folder("en"), country)
    help_text, closing = list(sentences(steps["O4"].say)), list(sentences(steps["C6"].say))
    assert set(lines.spoken) <= set(help_text)
    assert not set(lines.spoken) & set(closing)
    assert len(closing) <= 3
    assert closing[-1] == "Good night."
    for id in ("O4", "C6"):
        assert steps[id].fixed
        assert steps[id].needs is None
        assert not slots(steps[id].say)


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


def test_sr_16_honesty_is_asked_into_silence_and_aloud_only_what_helps() -> None:
    """An answer that is spoken beside the other one must not be able to confess (talk, 3)."""
    topic = [one for one in script().steps if one.topic == "U5"]
    spoken = [one.id for one in topic if one.kind in ("ask", "share") and one.role is None]
    assert spoken == ["U5"]
    assert step("U5-silent").kind == "settle"
    assert [one.id for one in topic].index("U5-silent") < [one.id for one in topic].index("U5")
    assert "Nobody is asked to tell anything tonight." in said("U5-time")
    assert not any("was" in sentence.split() for sentence in sentences(step("U5").invite))


ANSWERED_ALOUD = {
    "P1": "what was good",
    "D2": "a moment one chooses oneself",
    "SF1": "what helps",
    "SF2": "when one could count on the other",
    "SF2-more": "a wish",
    "SF3": "a strength of one's own",
    "SF3-other": "what helped to trust",
    "SF4": "the kind of thing one would like to keep here",
    "SF6": "a small moment that both know of",
    "SF7b": "one of two ways that everyone knows",
    "SF7c": "what helps",
    "T1": "how a moment felt",
    "T3": "a place in the body, or nowhere",
    "T4a": "what was learned as a child; one sentence, or none",
    "T4b": "what was learned in first loves; one sentence, or none",
    "T4c": "when one notices it now",
    "T5": "a wish",
    "T6": "a wish",
    "U7": "where one would like to show more; what it is stays unsaid",
    "U6": "a moment one chooses oneself, behind a gate",
    "U1": "a need",
    "U3": "what helps",
    "U4a": "words one chooses oneself, behind a gate",
    "U4b": "what one would like to put right, behind a gate",
    "U2": "a wish, and not what has been",
    "U5": "what helps; nothing of what was",
    "F1": "something of one's own that was good",
    "F2": "what helps",
    "F3": "when one is most oneself",
    "F5": "what is different now",
    "W-week": "a wish for the week",
    "W-safe": "what helped",
    "W-trust": "what would make it easier",
    "W-pace": "a wish for time",
    "W-free": "when one was oneself",
    "W-view": "a disagreement as a friend would tell it, behind a gate",
    "R2": "what one wants to say sorry for, by who said yes to it and is welcome",
    "R1": "a small offer",
    "DI1": "one's own view",
    "SA2": "what one notices",
}
"""Every question that is answered aloud, read one by one: a truthful answer need not confess."""


def test_sr_16_every_question_that_is_answered_aloud_was_read_for_confessions() -> None:
    """A new one is put on the list by somebody who has read it as the one who has to answer."""
    shares = [one.id for one in all_steps(script()) if one.kind == "share"]
    assert sorted(shares) == sorted(ANSWERED_ALOUD)


@pytest.mark.parametrize(
    "question", ["How often was it?", "Which site was it?", "Would you like to kiss?"]
)
def test_sr_17_a_question_about_sexual_acts_is_found(question: str) -> None:
    assert any("SR-17" in one for one in check(reworded("U2", question)))


def test_sr_17_slower_holds_without_a_vote_and_nobody_has_to_say_it_aloud() -> None:
    """Asked into silence: who said "too slow" aloud was outvoted, who said "too fast" exposed."""
    pace = step("SF7a")
    assert pace.kind == "settle"
    assert "If it is too fast for one of you, you go slower." in said("SF7a")
    assert "It needs no reason." in said("SF7a")


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
    first = next(number for number, one in enumerate(topic) if one.kind == "share")
    assert {"T4-topic", "T4-gate"} <= {one.id for one in topic[:first]}
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


def test_sr_20_nobody_is_asked_for_a_number_about_the_two() -> None:
    """A number said aloud was cold, and helped nobody; the only one left is that of an evening."""
    assert [one.id for one in all_steps(script()) if one.pacing == "N"] == []
    numbers = [one.id for one in all_steps(script()) if {"three", "four"} & set(one.answers)]
    assert numbers == ["O5-number"]


def test_sr_21_every_open_question_is_a_turn_and_its_reply_is_named() -> None:
    open_classes = [one for one in all_steps(script()) if one.pacing in ("R", "D")]
    assert {one.kind for one in open_classes} == {"share"}
    own = {one.id for one in open_classes if one.response == "own"}
    assert own == {"SF6", "U6", "U4a", "R2"}  # where somebody owns something
    assert step("P1").response == step("R1").response == "receive"


def test_sr_22_every_idea_is_said_where_a_couple_can_come() -> None:
    for row in coverage(script()):
        assert bool(row.steps) != (row.idea in script().uncovered), row.idea
        assert bool(row.well) == bool(row.steps), row.idea
    ideas = {f"S{n}" for n in range(29)} - {"S10", "S17"} | {f"U{n}" for n in range(1, 8)}
    assert set(script().ideas) == ideas | {"S10a", "S10b", "S10c", "S17a", "S17b"}
    assert set(script().uncovered) == {"S27", "S28"}


def test_sr_22_how_an_idea_arrives_names_only_steps_that_say_it() -> None:
    ids = {one.id for one in all_steps(script())}
    for row in coverage(script()):
        named = {id for group in re.findall(r"\(([^)]*)\)", row.well) for id in group.split(", ")}
        assert named & set(row.steps) or not row.steps, row.idea
        assert [one for one in named if " " not in one and one not in ids] == [], row.idea


def test_sr_22_no_step_is_out_of_reach() -> None:
    assert unreachable(script()) == ()
    assert {"O0", "AL5", "TO3", "SM1", "RU1", "C6"} <= reachable(script())


def test_sr_22_a_step_out_of_reach_is_found() -> None:
    lost = replace(step("SF2"), id="lost", topic="nowhere")
    astray = replace(script(), steps=(*script().steps, lost))
    assert [one.id for one in unreachable(astray)] == ["lost"]
    assert any("lost" in one for one in check(astray))


@pytest.mark.parametrize("sentence", ["That is three times in a row.", "You missed a week."])
def test_sr_28_counting_and_blaming_reminders_are_found(sentence: str) -> None:
    assert any("SR-28" in one for one in check(reworded("C3", sentence)))
