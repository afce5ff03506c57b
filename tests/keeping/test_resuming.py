"""A sitting that was cut off goes on at its topic, once both are here and willing again."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.keeping.evenings import later, look, whereabouts
from tests.trace import SCRIPT
from voicecheckin.cli.keeping import first_step
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.journey import tonight
from voicecheckin.conversation.messages import Effect, Event, Listen, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.loop import run
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple

RESUMED = "We go on where you were."


class PowerCut(Exception):
    """The light goes out."""


class Table(PaperRoom):
    """Two people who want the date and the topics kept; the power lasts for so many events."""

    def __init__(self, events: int) -> None:
        super().__init__(couple("easy", 3))
        self._left = events
        self.said: list[Speak] = []

    def perform(self, effect: Effect) -> None:
        match effect:
            case Listen(step="O2b", answers=answers) if answers:
                effect = Listen(("dates",), step="O2b", floor=effect.floor)
            case Speak():
                self.said.append(effect)
        super().perform(effect)

    def wait(self, until: float | None) -> Event:
        self._left -= 1
        if not self._left:
            raise PowerCut
        return super().wait(until)


def sit(where: Where, hours: float, events: int = 100_000) -> list[Speak]:
    """One sitting, that evening or so many hours later; what was said in it."""
    store = SittingStore(where, later(hours=hours))
    kept = store.state
    place = kept.resume
    wished = 3 if place is None else place.evening
    today = later(hours=hours).date()
    planned = tonight(SCRIPT, kept.journey, wished, today, goes_on=place is not None)
    checkin = CheckIn(
        SCRIPT,
        SittingOptions(
            evening=planned.evening,
            notice=planned.notice,
            held=kept.journey.held,
            offered=kept.journey.offered,
            length="usual",
            starter=place.starter if place is not None else kept.journey.starter,
            resume=first_step(SCRIPT, place.topic) if place is not None else "",
        ),
    )
    sitting = KeptSitting(
        lambda: checkin.shape,
        checkin.starter,
        place is not None,
        lambda: later(hours=hours),
    )
    table = Table(events)
    with suppress(PowerCut):
        run(checkin, KeepingRoom(table, store, KeepsakeRecorder(), SCRIPT, sitting))
    return table.said


@pytest.mark.parametrize("events", range(90, 390, 60))
def test_a_sitting_cut_by_power_goes_on_at_its_topic_after_presence_and_consent(
    tmp_path: Path, events: int
) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, events)
    place = look(where, later(hours=2)).resume
    assert place is not None
    topics = {step.id: step.topic for step in SCRIPT.steps}
    assert place.topic not in ("presence", "consent")

    said = sit(where, 2)

    again = [speak.text for speak in said].index(RESUMED)
    assert {"O0", "O0-each", "O2a", "O2b"} <= {speak.step for speak in said[:again]}
    assert {topics[speak.step] for speak in said[:again]} == {"presence", "consent"}
    assert "O1" not in {speak.step for speak in said[:again]}  # it was told that day
    ids = [step.id for step in SCRIPT.steps]
    cut = ids.index(first_step(SCRIPT, place.topic))
    goes_on = ids.index(said[again + 1].step)
    # A step that only follows a certain answer is left out: no answer outlasts the power cut.
    assert all(step.needs is not None for step in SCRIPT.steps[cut:goes_on])
    assert cut <= goes_on


def test_after_a_day_it_is_a_new_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, 200)
    said = sit(where, 24)
    assert RESUMED not in [speak.text for speak in said]
    assert {"O3", "A1"} <= {speak.step for speak in said}


def test_a_sitting_that_was_not_cut_off_is_not_said_to_go_on(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for hours in (0, 48):
        assert RESUMED not in [speak.text for speak in sit(where, hours)]
