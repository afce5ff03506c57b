"""A sitting that was cut off goes on at its topic, once both are here and willing again."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.keeping.evenings import later, look, whereabouts
from tests.trace import SCRIPT
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.journey import tonight
from voicecheckin.conversation.messages import Effect, Event, Remember, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.loop import run
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple

TAKE_UP = "O4-again"
"""Asks both whether to go on where they were."""


class PowerCut(Exception):
    """The light goes out."""


class Table(PaperRoom):
    """Two people who want the date and the topics kept; the power lasts for so many events."""

    def __init__(self, events: int) -> None:
        super().__init__(couple("easy", 3))
        self._left = events
        self.said: list[Speak] = []

    def perform(self, effect: Effect) -> None:
        if isinstance(effect, Speak):
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
            resume=place.topic if place is not None else "",
        ),
    )
    sitting = KeptSitting(
        lambda: checkin.shape,
        checkin.starter,
        place is not None,
        lambda: later(hours=hours),
    )
    table = Table(events)
    room = KeepingRoom(table, store, KeepsakeRecorder(), SCRIPT, sitting)
    room.perform(Remember("dates"))  # before anything is marked
    with suppress(PowerCut):
        run(checkin, room)
    return table.said


@pytest.mark.parametrize("events", range(90, 390, 60))
def test_a_sitting_cut_by_power_goes_on_at_its_topic_once_both_take_it_up_again(
    tmp_path: Path, events: int
) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, events)
    place = look(where, later(hours=2)).resume
    assert place is not None

    said = sit(where, 2)

    topics = {step.id: step.topic for step in SCRIPT.steps}
    visited = list(dict.fromkeys(topics.get(speak.step, "") for speak in said))
    assert visited[:3] == ["presence", "consent", "resources"]
    assert TAKE_UP in {speak.step for speak in said}
    assert visited[3] == place.topic


def test_after_a_day_it_is_a_new_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, 200)
    steps = {speak.step for speak in sit(where, 24)}
    assert TAKE_UP not in steps
    assert {"O1-theme", "A1"} <= steps


def test_a_sitting_that_was_not_cut_off_is_not_said_to_go_on(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for hours in (0, 48):
        assert TAKE_UP not in {speak.step for speak in sit(where, hours)}
