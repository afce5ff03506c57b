"""One sitting: at the sound card, on screen and keyboard, or rehearsed where there is neither."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import couple_names, settings_with
from voicecheckin.cli.rehearsal import rehearse
from voicecheckin.cli.screen import Screen
from voicecheckin.content import load
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Ending
from voicecheckin.conversation.script import Script
from voicecheckin.ear.phrases import load as load_phrases
from voicecheckin.loop import Room, run
from voicecheckin.rooms.text import TextRoom
from voicecheckin.rooms.watched import Captions, EventsFile, Observer, WatchedRoom
from voicecheckin.settings import Settings
from voicecheckin.sound.card import available
from voicecheckin.sound.portaudio import quiet_libraries

INTERRUPTED = 130


def start(options: Options) -> int:
    """Guide a couple through a sitting, in the best way that this machine offers."""
    settings = settings_with(options)
    script = load(settings.couple.language, settings.couple.country or None)
    if options.text:
        return _on_screen(options, settings, script)
    quiet_libraries()
    missing = available(settings.sound.microphone, settings.sound.speaker)
    if not missing:
        return _aloud(options, settings, script)
    if sys.stdin.isatty() and sys.stdout.isatty():
        print(f"{missing} So we go on with screen and keyboard.\n")
        return _on_screen(options, settings, script)
    print(f"{missing} There is no screen either, so two simulated people show how it goes.\n")
    return rehearse(options)


def _aloud(options: Options, settings: Settings, script: Script) -> int:
    from voicecheckin.cli.sound import card_room

    console = Screen()
    with ExitStack() as stack:
        observers = _observers(options, stack)
        room = card_room(settings, script, console)
        stack.callback(room.close)
        watched = WatchedRoom(room, [Captions(console), *observers])
        return _live(_checkin(options, settings, script), watched, room.interrupt)


def _on_screen(options: Options, settings: Settings, script: Script) -> int:
    names = couple_names(settings) or script.names
    room = TextRoom(load_phrases(settings.couple.language), Screen(), names)
    with ExitStack() as stack:
        watched = WatchedRoom(room, _observers(options, stack))
        return _live(_checkin(options, settings, script), watched, room.interrupt)


def _observers(options: Options, stack: ExitStack) -> list[Observer]:
    if options.events is None:
        return []
    events = EventsFile(options.events)
    stack.callback(events.close)
    return [events]


def _checkin(options: Options, settings: Settings, script: Script) -> CheckIn:
    return CheckIn(
        script,
        evening=options.evening,
        length=settings.sitting.length or None,
        names=couple_names(settings),
        pace=settings.sitting.pace,
    )


def _live(checkin: CheckIn, room: Room, interrupt: Callable[[], None]) -> int:
    """Run the sitting; Ctrl-C and the system's own end both let it say goodbye."""
    with _signals_lead_to(interrupt) as came:
        run(checkin, room)
    by_hand = checkin.ending is Ending.INTERRUPTED and signal.SIGINT in came
    return INTERRUPTED if by_hand else 0


@contextmanager
def _signals_lead_to(interrupt: Callable[[], None]) -> Iterator[list[int]]:
    """Collect signals; the first one interrupts kindly, a second Ctrl-C at once."""
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if number in came and number == signal.SIGINT:
            raise KeyboardInterrupt
        came.append(number)
        interrupt()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in signals}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
