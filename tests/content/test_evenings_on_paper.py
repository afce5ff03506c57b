"""The script that ships, lived through on paper by simulated couples."""

import pytest

from tests.by_hand import Table
from tests.content.scripts import said, script
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Answered, Effect, Ending, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Step
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom, speaking_seconds
from voicecheckin.rooms.people import Couple, couple, couples

NAMES = ("Robin", "Sam")
UNHURRIED = couples()["unhurried"]
"""People who use their time; the easy couple's turns are far shorter than those of real ones."""


class NotingRoom(PaperRoom):
    """A room on paper that notes what the device says."""

    def __init__(self, people: Couple) -> None:
        """Begin with nothing said."""
        super().__init__(people)
        self.spoken: list[Speak] = []

    def perform(self, effect: Effect) -> None:
        """Begin *effect*, and note it."""
        if isinstance(effect, Speak):
            self.spoken.append(effect)
        super().perform(effect)


def evening(people: Couple, number: int, length: str | None = None) -> tuple[NotingRoom, Ending]:
    """One whole evening."""
    room = NotingRoom(people)
    checkin = CheckIn(script(), SittingOptions(evening=number, length=length, names=NAMES))
    run(checkin, room)
    return room, checkin.ending


@pytest.mark.parametrize("name", couples())
@pytest.mark.parametrize("number", range(10))
def test_sr_08_every_couple_hears_the_same_last_words(name: str, number: int) -> None:
    room, ending = evening(couple(name, number), number)
    if ending not in (Ending.QUIET, Ending.SOUND_GONE):  # where nobody is left to hear them
        closing = dict.fromkeys(speak.text for speak in room.spoken if speak.step == "C6")
        # "Slower" and the like are answered in between; a sentence cut short by them comes again.
        assert [text for text in closing if text in said("C6")] == said("C6")
        assert room.spoken[-1].text == said("C6")[-1]


@pytest.mark.parametrize("name", couples())
def test_no_placeholder_is_ever_spoken(name: str) -> None:
    for number in range(10):
        room, _ = evening(couple(name, 7), number)
        assert [speak.text for speak in room.spoken if "{" in speak.text] == []


@pytest.mark.parametrize("number", range(1, 10))
def test_sr_24_the_device_talks_a_quarter_of_a_usual_evening_at_most(number: int) -> None:
    room, ending = evening(Couple(UNHURRIED, number), number, "usual")
    talk = sum(speaking_seconds(speak) for speak in room.spoken)
    assert ending is Ending.COMPLETED
    assert talk <= 0.25 * room.now()


@pytest.mark.parametrize("number", range(1, 10))
def test_an_evening_of_any_length_ends_within_the_hour_or_so(number: int) -> None:
    for length in ("short", "usual"):
        room, _ = evening(Couple(UNHURRIED, number), number, length)
        assert 15 * 60 <= room.now() <= 65 * 60


def test_a_couple_without_names_is_told_what_they_are_called() -> None:
    room = NotingRoom(couple("easy"))
    run(CheckIn(script(), SittingOptions(evening=1)), room)
    assert room.spoken[2].text == "So choose: one of you is Maple, and one is Willow."


def test_a_couple_with_names_is_called_by_them() -> None:
    room, _ = evening(couple("easy"), 1)
    assert not any("Maple" in speak.text for speak in room.spoken)
    assert any(speak.text.startswith("Robin,") for speak in room.spoken)


@pytest.mark.parametrize(("said", "visited"), [("six", "U7"), ("keeping", "SF2")])
def test_without_stored_progress_it_is_asked_which_evening_this_is(said: str, visited: str) -> None:
    table, asked = Table(None, length=None), set()
    for here in table.walk():
        asked.add(here.checkin.step_id)
        if here.checkin.step_id == "O5a":
            here.send(Answered(said), 1.0)
            here.hear_out()
            asked.add(here.checkin.step_id)
    spoken = {effect.step for effect in table.effects if isinstance(effect, Speak)}
    assert "O5a" in asked
    assert visited in spoken
    assert ("O5" in asked) == (said != "keeping")  # the keeping sitting has one length


def test_where_the_evening_is_known_it_is_not_asked_about() -> None:
    room, _ = evening(couple("easy"), 3, "usual")
    assert not {"O5a", "O5"} & {speak.step for speak in room.spoken}


def test_over_nine_evenings_every_main_step_is_said() -> None:
    heard = set()
    for number in range(1, 10):
        room, _ = evening(couple("easy", number), number, "usual")
        heard |= {speak.step for speak in room.spoken}
    main = {topic for one in script().evenings for topic in one.topics}
    due = [one for one in script().steps if one.topic in main and not depends(one)]
    assert [one.id for one in due if one.id not in heard] == []


def depends(step: Step) -> bool:
    """Whether a step only comes after a certain answer."""
    return step.needs is not None
