"""One sitting: at the sound card, on screen and keyboard, or rehearsed where there is neither."""

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import FrameType

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import couple_names, phrasebook_of, script_of, settings_with
from voicecheckin.cli.keeping import first_step, open_store
from voicecheckin.cli.panel import Watchful, panel_of, touching
from voicecheckin.cli.rehearsal import rehearse
from voicecheckin.cli.screen import Screen
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.journey import tonight
from voicecheckin.conversation.messages import Ending
from voicecheckin.conversation.moments import Holding
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Script
from voicecheckin.keeping.due import postponed
from voicecheckin.keeping.sitting import KeepingObserver
from voicecheckin.keeping.state import ResumePoint, StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.loop import Room, run
from voicecheckin.panel.panel import Panel
from voicecheckin.panel.shining import Shining
from voicecheckin.rooms.offers import Offers
from voicecheckin.rooms.text import TextRoom
from voicecheckin.rooms.watched import Captions, EventsFile, Observer, WatchedRoom
from voicecheckin.settings import Settings
from voicecheckin.sound.card import available
from voicecheckin.sound.portaudio import quiet_libraries
from voicecheckin.sound.streams import UNSEEN, Witness

INTERRUPTED = 130


def start(options: Options) -> int:
    """Guide a couple through a sitting, in the best way that this machine offers."""
    settings = settings_with(options)
    script = script_of(settings)
    if options.text:
        return _on_screen(options, settings, script)
    quiet_libraries()
    missing = available(settings.sound.microphone, settings.sound.speaker)
    if not missing:
        with closing(panel_of(settings)) as panel:
            return aloud(options, settings, script, Occasion(panel, Watchful(panel.light)))
    if sys.stdin.isatty() and sys.stdout.isatty():
        print(f"{missing} So we go on with screen and keyboard.\n")
        return _on_screen(options, settings, script)
    print(f"{missing} There is no screen either, so two simulated people show how it goes.\n")
    return rehearse(options)


@dataclass(frozen=True, slots=True)
class Occasion:
    """How a sitting comes about, and what the device has beside its sound."""

    panel: Panel = field(default_factory=Panel)
    witness: Witness = UNSEEN
    """Who knows whether the microphone is open."""
    tentative: bool = False
    """Whether it may have begun by mistake."""
    invited: bool = False
    """Whether the device itself invites."""
    voiceless: bool = False
    """Whether there is no sound, so that no voice can be recorded or played."""


def aloud(options: Options, settings: Settings, script: Script, occasion: Occasion) -> int:
    """Guide a couple through a sitting by voice alone."""
    from voicecheckin.cli.sound import card_room

    screen = Screen()
    with ExitStack() as stack:
        notices = deque[str]()
        checkin, observers, offers = _prepare(options, settings, script, stack, notices, occasion)

        def lost_server(sentence: str) -> None:
            screen.print(sentence, markup=False)
            notices.append("own_ear")

        room = card_room(settings, script, screen, offers, lost_server, occasion.witness)
        stack.callback(room.close)
        stack.enter_context(occasion.panel.taken_by(touching(checkin, room.post)))
        shining = Shining(occasion.panel.light, lambda: checkin.holding.mode is Holding.PAUSED)
        watched = WatchedRoom(room, [shining, Captions(screen), *observers], notices)
        return _live(checkin, watched, room.interrupt)


def _on_screen(options: Options, settings: Settings, script: Script) -> int:
    names = couple_names(settings) or script.names
    room = TextRoom(phrasebook_of(settings), Screen(), names, spoken=script.spoken)
    with ExitStack() as stack:
        notices = deque[str]()
        prepared = _prepare(options, settings, script, stack, notices, Occasion(voiceless=True))
        checkin, observers, _ = prepared
        return _live(checkin, WatchedRoom(room, observers, notices), room.interrupt)


def _prepare(
    options: Options,
    settings: Settings,
    script: Script,
    stack: ExitStack,
    notices: deque[str],
    occasion: Occasion,
) -> tuple[CheckIn, list[Observer], Offers]:
    """The evening as it follows from what was kept, and who looks on.

    What the device has to say about itself joins *notices*, as keys of recurring lines.
    """
    observers: list[Observer] = []
    if options.events is not None:
        events = EventsFile(options.events)
        stack.callback(events.close)
        observers.append(events)
    store = open_store(settings)
    point = _resume_point(options, store.state)
    checkin = _checkin(options, settings, script, store, point, occasion)
    keeping = KeepingObserver(
        store,
        script,
        datetime.now,
        print,
        notices.append,
        shape=lambda: checkin.program.shape,
        starter=checkin.program.starter,
        resumed=point is not None,
    )
    if occasion.invited:
        store.mark_invited(datetime.now().date())
    return checkin, [keeping, *observers], Offers(keeping.earlier_offers, keeping.keep_offers)


def _resume_point(options: Options, state: StoredState) -> ResumePoint | None:
    """Where a sitting was cut off today, unless another evening is wished for."""
    point = state.resume
    other = options.evening is not None and point is not None and options.evening != point.evening
    return None if other else point


def _checkin(
    options: Options,
    settings: Settings,
    script: Script,
    store: SittingStore,
    point: ResumePoint | None,
    occasion: Occasion,
) -> CheckIn:
    today, state = datetime.now().date(), store.state
    journey = state.journey
    wished = point.evening if point is not None else options.evening
    goes_on = point is not None
    planned = tonight(script, journey, wished, today, goes_on=goes_on)
    known = journey.known or wished is not None
    return CheckIn(
        script,
        SittingOptions(
            evening=planned.evening if known else None,
            length=(point.length if point is not None else "") or settings.sitting.length or None,
            names=couple_names(settings),
            starter=point.starter if point is not None else journey.starter,
            pace=settings.sitting.pace,
            held=journey.held,
            offered=journey.offered,
            round=state.progress.round,
            notice=planned.notice
            or ("long_ago" if not goes_on and postponed(state, today) else ""),
            offers_kept=bool(store.earlier_keepsakes),
            resume=first_step(script, point.topic) if point is not None else "",
            unkept=not store.works,
            tentative=occasion.tentative,
            invited=occasion.invited,
            voiceless=occasion.voiceless or not settings.keeping.keepsakes,
        ),
    )


def _live(checkin: CheckIn, room: Room, interrupt: Callable[[], None]) -> int:
    """Run the sitting; Ctrl-C and the system's own end both let it say goodbye."""
    with signals_lead_to(interrupt) as came:
        run(checkin, room)
    by_hand = checkin.ending is Ending.INTERRUPTED and signal.SIGINT in came
    return INTERRUPTED if by_hand else 0


@contextmanager
def signals_lead_to(interrupt: Callable[[], None]) -> Iterator[list[int]]:
    """Collect signals; the first one interrupts kindly, a second Ctrl-C at once.

    Within another such block, that one is told as well.
    """
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if number in came and number == signal.SIGINT:
            raise KeyboardInterrupt
        came.append(number)
        interrupt()
        around = before[signal.Signals(number)]
        if callable(around) and around is not signal.default_int_handler:
            around(number, frame)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in signals}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
