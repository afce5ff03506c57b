"""What was nearly understood twice is understood; nothing else ever follows from two tries."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.hearing.scripted import CONSENT, events, meanings, scripted
from tests.hearing.voices import still, words
from voicecheckin.conversation.messages import Answered, Event, Listen, NotUnderstood
from voicecheckin.hearing.consent import SURE
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.tries import ENOUGH, together

ASKED = replace(CONSENT, step="S1", floor=0)
AGAIN: list[Event] = [NotUnderstood(doubt=True)]

results = st.builds(
    Recognition, st.sampled_from([None, "yes", "no"]), st.floats(0.0, 1.0), st.booleans()
)


def two_tries(first: Recognition, second: Recognition, then: Listen = ASKED) -> list[list[Event]]:
    """What follows from each of two tries; *then* is asked before the second."""
    ear = scripted(first, second)
    found = []
    for listen in (ASKED, then):
        ear.listen(listen)
        found.append(meanings(events(ear, words("no_1"))))
        events(ear, still(1))
    return found


def test_a_no_that_is_doubted_twice_is_a_no() -> None:
    nearly = Recognition("no", 0.7, doubt=True)
    assert two_tries(nearly, nearly) == [AGAIN, [Answered("no")]]


def test_a_yes_and_a_no_that_are_doubted_stay_doubt() -> None:
    assert two_tries(Recognition("yes", 0.7, True), Recognition("no", 0.7, True)) == [
        AGAIN,
        AGAIN,
    ]


def test_another_person_is_not_helped_by_what_the_first_one_said() -> None:
    nearly = Recognition("no", 0.7, doubt=True)
    assert two_tries(nearly, nearly, replace(ASKED, floor=1)) == [AGAIN, AGAIN]
    assert two_tries(nearly, nearly, replace(ASKED, step="S2")) == [AGAIN, AGAIN]


@given(first=results, second=results, enough=st.sampled_from([ENOUGH, SURE]))
def test_only_two_doubts_that_agree_become_an_answer(
    first: Recognition, second: Recognition, enough: float
) -> None:
    both = together(first, second, enough)
    assert both.phrase == second.phrase
    if not second.doubt or first.phrase != second.phrase or second.phrase is None:
        assert both == second
    elif not both.doubt:
        assert both.score >= enough
        assert max(first.score, second.score) > 0.5


@given(result=results)
def test_a_first_try_stands_alone(result: Recognition) -> None:
    assert together(None, result) == result
