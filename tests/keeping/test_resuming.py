"""A sitting that was cut off goes on at its topic, once both are here and willing again."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.keeping.evenings import later, look, whereabouts
from tests.trace import SCRIPT
from voicecheckin.cli.assembly import Context, Wished, options_of
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Answered, Effect, Event, Listen, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Role
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where
from voicecheckin.loop import run
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple
from voicecheckin.settings import CoupleSettings, KeepingSettings, Settings

SETTINGS = Settings(CoupleSettings(("Robin", "Sam")), keeping=KeepingSettings(memory="dates"))
STEPS = {step.id: step for step in SCRIPT.steps}
AGAIN = {"presence", "consent", "resources"}
"""The topics of what is said and asked again, before the cut topic is offered."""


class PowerCut(Exception):
    """The light goes out."""


class Table(PaperRoom):
    """An easy couple; the power lasts for so many events."""

    def __init__(self, events: int, answers: dict[Role, str]) -> None:
        super().__init__(couple("easy", 3))
        self._left = events
        self._answers = answers
        self._asked = Listen()
        self.said: list[Speak] = []

    def perform(self, effect: Effect) -> None:
        match effect:
            case Listen():
                self._asked = effect
            case Speak():
                self.said.append(effect)
        super().perform(effect)

    def wait(self, until: float | None) -> Event:
        self._left -= 1
        if not self._left:
            raise PowerCut
        event = super().wait(until)
        step = STEPS.get(self._asked.step)
        if isinstance(event, Answered) and step is not None and step.role in self._answers:
            return Answered(self._answers[step.role])
        return event


def options(store: SittingStore, evening: int | None) -> SittingOptions:
    return options_of(SETTINGS, SCRIPT, store, Wished(evening), Context())


def sit(
    where: Where, hours: float, events: int = 100_000, answers: dict[Role, str] | None = None
) -> list[Speak]:
    """One sitting, that evening or so many hours later; what was said in it."""
    store = SittingStore(where, later(hours=hours))
    known = options(store, None if store.state.resume is not None else 3)
    checkin = CheckIn(SCRIPT, known)
    sitting = KeptSitting(lambda: checkin.shape, known.starter, lambda: later(hours=hours))
    table = Table(events, answers or {})
    with suppress(PowerCut):
        run(checkin, KeepingRoom(table, store, KeepsakeRecorder(), SCRIPT, sitting))
    return table.said


def topics(said: list[Speak]) -> list[str]:
    """The topics in which something was said, in order."""
    spoken = (STEPS[speak.step].topic for speak in said if speak.step in STEPS)
    return list(dict.fromkeys(spoken))


def own(said: list[Speak]) -> list[str]:
    """The evening's own topics in which something was said."""
    frame = {*SCRIPT.opening, *SCRIPT.closing}
    return [topic for topic in topics(said) if topic not in frame]


@pytest.mark.parametrize("events", range(180, 320, 40))
def test_a_sitting_cut_by_power_goes_on_at_its_topic_after_presence_consent_and_help(
    tmp_path: Path, events: int
) -> None:
    where = whereabouts(tmp_path)
    before = sit(where, 0, events)
    place = look(where, later(hours=2)).resume
    assert place is not None
    assert place.topic == own(before)[-1]
    assert (place.evening, place.length) == (3, "usual")

    said = sit(where, 2)

    goes_on = topics(said).index(place.topic)
    assert set(topics(said)[:goes_on]) == AGAIN
    roles = [step.role for step in STEPS.values() if step.id in {one.step for one in said}]
    assert {Role.PRESENCE, Role.CONSENT, Role.HELP, Role.TAKE_UP, Role.CLOSING} <= set(roles)
    assert look(where, later(hours=3)).resume is None


def test_whoever_does_not_want_the_topic_again_gets_the_next_one(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    cut = own(sit(where, 0, 200))[-1]
    said = sit(where, 2, answers={Role.TAKE_UP: "no"})
    assert cut not in own(said)
    assert "leaving" in topics(said)


@pytest.mark.parametrize("role", [Role.CONSENT, Role.MEMORY])
def test_a_no_on_the_second_try_leaves_nothing(tmp_path: Path, role: Role) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, 200)
    sit(where, 2, answers={role: "no"})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_before_the_evenings_own_topics_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    assert own(sit(where, 0, 60)) == []
    assert list(tmp_path.iterdir()) == []


def test_after_a_day_it_is_a_new_evening(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    sit(where, 0, 200)
    assert "arrival" in topics(sit(where, 24))


def test_a_sitting_that_was_not_cut_off_is_not_said_to_go_on(tmp_path: Path) -> None:
    where = whereabouts(tmp_path)
    for hours in (0, 48):
        assert "arrival" in topics(sit(where, hours))
