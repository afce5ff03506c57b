"""Between sittings: holds the device until a phrase, a button or the calendar begins one."""

import logging
import signal
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date, time

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.assembly import Context, Wished, agreed_phrase, say_line, sitting_aloud
from voicecheckin.cli.choices import phrasebook_of, script_of, settings_with, told_of
from voicecheckin.cli.keeping import open_store
from voicecheckin.cli.panel import WatchfulListener, panel_of
from voicecheckin.cli.sitting import INTERRUPTED, live, signals_lead_to
from voicecheckin.conversation.wording import NOT_FORGOTTEN
from voicecheckin.device_settings import WaitingSettings
from voicecheckin.errors import SettingsError, VoiceCheckinError
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.recognisers.languages import check_ear
from voicecheckin.hearing.recognisers.wake_phrase import WakePhraseEar
from voicecheckin.hearing.work import OneThread
from voicecheckin.keeping.due import Hours
from voicecheckin.keeping.errors import KeepingError
from voicecheckin.settings import InvitingSettings, KeepingSettings, Settings, SoundSettings
from voicecheckin.sound.card import available
from voicecheckin.sound.microphone import OpenMicrophone
from voicecheckin.sound.portaudio import quiet_libraries
from voicecheckin.sound.streams import MicrophoneListener
from voicecheckin.waiting.inviting import Inviting
from voicecheckin.waiting.waiting import Beginning, PhraseListening, Waiting
from voicecheckin.waiting.watchdog import Watchdog

NOTHING_BEGINS = (
    "Nothing could begin a sitting: set [waiting] phrase, if both of you want the device to listen "
    "for one, or connect a button and name it under [button]."
)
NO_LIGHT = (
    "[waiting] phrase: the device listens for it only where a light shows that it does. Connect "
    "one and name it under [light]; until then, only a button begins."
)
NOT_AGREED = (
    "[waiting] phrase: the device listens for it once both of you have said yes to that aloud, at "
    "the end of a sitting. Until then, the button begins, or: voicecheckin start"
)

logger = logging.getLogger(__name__)


def wait(options: Options) -> int:
    """Hold the device between sittings, until the program is asked to end."""
    settings = _settings(options)
    script_of(settings.couple)  # what is wrong with it is better said now than on the evening
    with ExitStack() as stack:
        panel = stack.enter_context(closing(panel_of(settings)))
        if not settings.waiting.phrase and not panel.has_button:
            raise SettingsError(NOTHING_BEGINS)
        watchdog = Watchdog()
        listener = WatchfulListener(panel.light, watchdog)
        with told_of(options, "waiting", "phrase"):
            listening = _listening(settings, listener) if settings.waiting.phrase else None
        if listening is not None and not panel.has_light:
            if not panel.has_button:
                raise SettingsError(NO_LIGHT)
            print(NO_LIGHT, flush=True)
            listening = None
        if listening is not None and listening.until() is None:
            print(NOT_AGREED, flush=True)
        inviting = Inviting(_hours(settings.inviting), lambda: open_store(settings.keeping).state)
        waiting = Waiting(
            panel.presses,
            panel.light,
            inviting.is_due,
            lambda: _forget(settings.keeping, lambda: say_line(settings, NOT_FORGOTTEN)),
            watchdog.frame,
            listening,
        )
        quiet_libraries()
        by_phrase = listening is not None and listening.until() is not None
        _tell(settings.sound, by_phrase=by_phrase, by_button=panel.has_button)
        watchdog.ready()
        stack.callback(watchdog.stopping)
        wished = Wished(options.evening, options.events)

        def sit(begun: Beginning) -> int:
            inviting.sat_down()
            by_hand, invited = begun is Beginning.BUTTON, begun is Beginning.INVITED
            context = Context(panel, listener, tentative=True, by_hand=by_hand, invited=invited)
            return _sit(settings, wished, context)

        return _evenings(waiting, sit)


def _tell(sound: SoundSettings, *, by_phrase: bool, by_button: bool) -> None:
    """Say once what is waited for, and what is missing for it; the phrase itself is not told."""
    ways = ["the phrase that you chose"] if by_phrase else []
    ways += ["the button"] if by_button else []
    if ways:
        print(f"Waiting for {' or '.join(ways)}.", flush=True)
    missing = available(sound.microphone, sound.speaker)
    if missing:
        print(f"{missing} I keep looking for it.", flush=True)


def _evenings(waiting: Waiting, sit: Callable[[Beginning], int]) -> int:
    """Wait and sit, again and again; what ends a sitting from outside ends the waiting too."""
    with signals_lead_to(waiting.interrupt) as came:
        begun = waiting.until_begun()
        while begun is not None:
            logger.info("a sitting begins: %s", begun.value)
            if sit(begun) == INTERRUPTED:
                return INTERRUPTED
            begun = waiting.until_begun()
    return INTERRUPTED if signal.SIGINT in came else 0


def _sit(settings: Settings, wished: Wished, context: Context) -> int:
    """One sitting; if it cannot even begin, that is logged, and the device goes on waiting."""
    try:
        with sitting_aloud(settings, wished, context) as sitting:
            return live(sitting)
    except VoiceCheckinError as problem:
        logger.error("%s", problem)
        return 0


def _settings(options: Options) -> Settings:
    settings = settings_with(options)
    if options.button_only:
        return replace(settings, waiting=WaitingSettings())
    if options.phrase is not None:
        try:
            return replace(settings, waiting=WaitingSettings(options.phrase))
        except SettingsError as error:
            raise SettingsError(f"--phrase: {error}") from error
    return settings


def _listening(settings: Settings, listener: MicrophoneListener) -> PhraseListening:
    """An open microphone, and the ear that knows the phrase."""
    check_ear(settings.couple.language)
    recogniser = WakePhraseEar(settings.waiting.phrase)
    book = phrasebook_of(settings.couple)
    microphone = OpenMicrophone(settings.sound.microphone, listener)
    agreed = agreed_phrase(settings)
    return PhraseListening(
        microphone,
        lambda: Ear(recogniser, book, OneThread()),
        lambda: None if agreed is None else agreed.until(date.today()),
    )


def _hours(inviting: InvitingSettings) -> Hours:
    begin, until = (time.fromisoformat(hour) for hour in inviting.hours)
    return Hours(begin, until)


def _forget(keeping: KeepingSettings, tell_failure: Callable[[], None]) -> None:
    """Forget everything at a very long press; only a failure is told (SR-33).

    Nobody may believe that something is gone when it is not.
    """
    try:
        open_store(keeping).forget_everything()
    except KeepingError as trouble:
        logger.error("%s", trouble)
        try:
            tell_failure()
        except VoiceCheckinError as problem:
            logger.error("%s", problem)
