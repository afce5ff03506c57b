"""Simulated couples: each lives through a sitting in a way of its own."""

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Ending, Listen
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.errors import SettingsError
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import (
    GOING_ON,
    Couple,
    Talk,
    Temper,
    Utterance,
    couple,
    couples,
)


def live(name: str, seed: int = 1) -> tuple[Ending, float]:
    checkin = CheckIn(SMALL, SittingOptions(evening=2))
    room = PaperRoom(couple(name, seed))
    run(checkin, room)
    return checkin.ending, room.now()


def test_there_are_six_couples_at_least() -> None:
    assert {"easy", "slow", "passing", "interrupting", "mumbling", "leaving"} <= set(couples())


@pytest.mark.parametrize("name", sorted(couples()))
@pytest.mark.parametrize("seed", range(5))
def test_every_couple_comes_to_an_end(name: str, seed: int) -> None:
    ending, seconds = live(name, seed)
    assert ending is (Ending.STOPPED if name == "leaving" else ending)
    assert ending not in (Ending.SOUND_GONE, Ending.INTERRUPTED)
    assert 60 < seconds < 6 * 3600


def test_who_tells_says_more_than_who_says_it_back() -> None:
    people = couple("easy", 1)
    lengths = []
    for floor in (0, 1, 1, 0):
        people.note(Listen(step="SF1"))
        people.note(Listen(turn=True, floor=floor, step="SF1"))
        (talk,) = people.consider(0.0)
        assert isinstance(talk, Talk)
        lengths.append(len(talk.stretches))
    told, said_back, told_too, said_back_too = lengths
    assert min(told, told_too) >= 2 >= max(said_back, said_back_too)


def test_the_same_seed_gives_the_same_evening() -> None:
    assert live("interrupting", 3) == live("interrupting", 3)
    assert live("easy", 3) != live("easy", 4)


def test_slow_thinkers_are_given_their_time() -> None:
    assert live("slow")[1] > live("easy")[1]


def test_passing_everything_is_a_short_evening() -> None:
    ending, seconds = live("passing")
    assert ending is Ending.COMPLETED
    assert seconds < live("easy")[1] / 2


def said_next(people: Couple) -> Utterance:
    (act,) = people.consider(0.0)
    assert isinstance(act, Utterance)
    return act


def test_whoever_is_not_understood_in_a_pause_says_it_otherwise() -> None:
    people = Couple(Temper("They interrupt always.", commands=1.0))
    while said_next(people).meaning != "pause":
        pass
    people.note_speech()  # that it is a pause
    tries = [said_next(people) for _ in range(4)]
    assert [one.words for one in tries] == [*GOING_ON, GOING_ON[0]]
    assert {one.meaning for one in tries} == {"go on"}
    people.note_speech()  # that it goes on
    assert said_next(people).meaning != "go on"


def test_an_unknown_couple_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="easy"):
        couple("nobody")
