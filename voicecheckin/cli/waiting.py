"""Between sittings: holds the device until a phrase, a button or the calendar begins one."""

import logging
import signal
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import time

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import phrasebook_of, script_of, settings_with
from voicecheckin.cli.keeping import open_store
from voicecheckin.cli.panel import Watchful, panel_of
from voicecheckin.cli.sitting import INTERRUPTED, Occasion, aloud, signals_lead_to
from voicecheckin.device_settings import Waiting
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.keyphrase import KeyphraseEar
from voicecheckin.ear.work import Aside
from voicecheckin.errors import SettingsError, VoiceCheckinError
from voicecheckin.keeping.due import Hours
from voicecheckin.keeping.errors import KeepingError
from voicecheckin.panel.panel import Panel
from voicecheckin.settings import Settings
from voicecheckin.sound.card import available
from voicecheckin.sound.microphone import OpenMicrophone
from voicecheckin.sound.portaudio import quiet_libraries
from voicecheckin.waiting.inviting import Inviting
from voicecheckin.waiting.waiting import Beginning, Listening
from voicecheckin.waiting.waiting import Waiting as Wait
from voicecheckin.waiting.watchdog import Watchdog

NOTHING_BEGINS = (
    "Nothing could begin a sitting: set [waiting] phrase, if both of you want the device to listen "
    "for one, or connect a button and name it under [button]."
)

logger = logging.getLogger(__name__)


def wait(options: Options) -> int:
    """Hold the device between sittings, until the program is asked to end."""
    settings = _settings(options)
    script_of(settings)  # what is wrong with it is better said now than on the evening
    with ExitStack() as stack:
        panel = stack.enter_context(closing(panel_of(settings)))
        if not settings.waiting.phrase and not panel.has_button:
            raise SettingsError(NOTHING_BEGINS)
        watchdog = Watchdog()
        witness = Watchful(panel.light, watchdog)
        inviting = Inviting(_hours(settings), lambda: open_store(settings).state)
        waiting = Wait(
            panel.presses,
            panel.light,
            inviting.is_due,
            lambda: _forget(settings),
            watchdog.frame,
            _listening(settings, witness) if settings.waiting.phrase else None,
        )
        quiet_libraries()
        _tell(settings, panel)
        watchdog.ready()
        stack.callback(watchdog.stopping)

        def sit(begun: Beginning) -> int:
            inviting.sat_down()
            return _sit(options, settings, panel, witness, begun)

        return _evenings(waiting, sit)


def _tell(settings: Settings, panel: Panel) -> None:
    """Say once what is waited for, and what is missing for it; the phrase itself is not told."""
    ways = ["the phrase that you chose"] if settings.waiting.phrase else []
    ways += ["the button"] if panel.has_button else []
    print(f"Waiting for {' or '.join(ways)}.", flush=True)
    missing = available(settings.sound.microphone, settings.sound.speaker)
    if missing:
        print(f"{missing} I keep looking for it.", flush=True)


def _evenings(waiting: Wait, sit: Callable[[Beginning], int]) -> int:
    """Wait and sit, again and again; what ends a sitting from outside ends the waiting too."""
    with signals_lead_to(waiting.interrupt) as came:
        begun = waiting.until_begun()
        while begun is not None:
            logger.info("a sitting begins: %s", begun.value)
            if sit(begun) == INTERRUPTED:
                return INTERRUPTED
            begun = waiting.until_begun()
    return INTERRUPTED if signal.SIGINT in came else 0


def _sit(
    options: Options, settings: Settings, panel: Panel, witness: Watchful, begun: Beginning
) -> int:
    """One sitting; if it cannot even begin, that is logged, and the device goes on waiting."""
    invited = begun is Beginning.INVITED
    occasion = Occasion(panel, witness, tentative=True, invited=invited)
    try:
        return aloud(options, settings, script_of(settings), occasion)
    except VoiceCheckinError as problem:
        logger.error("%s", problem)
        return 0


def _settings(options: Options) -> Settings:
    settings = settings_with(options)
    if options.button_only:
        return replace(settings, waiting=Waiting())
    if options.phrase is not None:
        try:
            return replace(settings, waiting=Waiting(options.phrase))
        except SettingsError as error:
            raise SettingsError(f"--phrase: {error}") from error
    return settings


def _listening(settings: Settings, witness: Watchful) -> Listening:
    """An open microphone, and the ear that knows the phrase."""
    recogniser = KeyphraseEar(settings.waiting.phrase)
    book = phrasebook_of(settings)
    microphone = OpenMicrophone(settings.sound.microphone, witness)
    return Listening(microphone, lambda: Ear(recogniser, book, Aside()))


def _hours(settings: Settings) -> Hours:
    begin, until = (time.fromisoformat(hour) for hour in settings.inviting.hours)
    return Hours(begin, until)


def _forget(settings: Settings) -> None:
    """Forget everything at a very long press; nobody is told, as nobody need know (SR-33)."""
    try:
        open_store(settings).forget_everything()
    except KeepingError as trouble:
        logger.error("%s", trouble)
