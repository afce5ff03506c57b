"""One sitting: at the sound card, on screen and keyboard, or rehearsed where there is neither."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.assembly import (
    NAMES,
    Context,
    Sitting,
    Wished,
    sitting_aloud,
    sitting_on_screen,
)
from voicecheckin.cli.choices import rules_folder, settings_with
from voicecheckin.cli.first import acquainted, is_first
from voicecheckin.cli.panel import WatchfulListener, panel_of
from voicecheckin.cli.rehearsal import rehearse
from voicecheckin.cli.screen import somebody_types
from voicecheckin.conversation.messages import Ending
from voicecheckin.errors import SettingsError
from voicecheckin.loop import run
from voicecheckin.settings import Settings, settings_path
from voicecheckin.sound.card import available
from voicecheckin.sound.portaudio import quiet_libraries

INTERRUPTED = 130


def start(options: Options) -> int:
    """Guide a couple through a sitting, in the best way that this machine offers."""
    settings, wished = settings_with(options), Wished(options.evening, options.events)
    if is_first(options):
        settings = acquainted(settings, settings_path(), rules_folder(settings.couple))
    if options.text:
        return _on_screen(settings, wished)
    quiet_libraries()
    missing = available(settings.sound.microphone, settings.sound.speaker)
    if not missing:
        with closing(panel_of(settings)) as panel:
            context = Context(
                panel,
                WatchfulListener(panel.light),
                keyboard=somebody_types(),
                captions=not options.no_captions,
            )
            with sitting_aloud(settings, wished, context) as sitting:
                return live(sitting)
    if somebody_types():
        return _on_screen(settings, wished, f"{missing} So we go on with screen and keyboard.")
    print(f"{missing} There is no screen either, so two simulated people show how it goes.\n")
    options.names = NAMES  # what is written down there is nobody's talk
    return rehearse(options)


def _on_screen(settings: Settings, wished: Wished, why: str = "") -> int:
    with sitting_on_screen(settings, wished, why) as sitting:
        if not somebody_types():  # what is said would be written down
            raise SettingsError(
                "--text: this needs a screen and a keyboard, so run it in a terminal."
            )
        return live(sitting)


def live(sitting: Sitting) -> int:
    """Live through it; Ctrl-C and the system's own end both let it say goodbye."""
    with signals_lead_to(sitting.interrupt) as came:
        run(sitting.checkin, sitting.room)
    by_hand = sitting.checkin.ending is Ending.INTERRUPTED and signal.SIGINT in came
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
        elif number == signal.SIGINT and sys.stderr is not None and sys.stderr.isatty():
            os.write(sys.stderr.fileno(), b"\n")  # what is shown next does not stand behind ^C

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in signals}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
