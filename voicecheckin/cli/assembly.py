"""Puts a sitting together: the one place that takes the settings apart.

Each part gets its own group of them, or plain values, and nothing else.
"""

import logging
import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from voicecheckin.cli.bars import RenderingBar
from voicecheckin.cli.choices import (
    bells_of,
    names_of,
    phrasebook_of,
    sat_with,
    script_of,
    words_changed,
)
from voicecheckin.cli.keeping import open_store, place_of
from voicecheckin.cli.only_sitting import the_only_sitting
from voicecheckin.cli.panel import touching
from voicecheckin.cli.screen import Screen
from voicecheckin.cli.speech import all_sentences
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.facts import usual_length
from voicecheckin.conversation.journey import tonight
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.prompt_queue import Sentence, items
from voicecheckin.conversation.script import Script
from voicecheckin.conversation.states import Suspended
from voicecheckin.hearing.choose import choose as choose_ear
from voicecheckin.hearing.choose import described, runs_elsewhere
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.languages import has_ear
from voicecheckin.hearing.recognisers.recogniser import Recogniser, warm
from voicecheckin.hearing.work import OneThread
from voicecheckin.keeping.agreed import AgreedMark, AgreedNames, AgreedPhrase
from voicecheckin.keeping.due import postponed
from voicecheckin.keeping.sitting import KeepingRoom, KeptSitting
from voicecheckin.keeping.store import SittingStore
from voicecheckin.loop import Room
from voicecheckin.panel.panel import Panel
from voicecheckin.panel.status_light import StatusLight
from voicecheckin.rooms.actor_voices import voices_of_people
from voicecheckin.rooms.actors import Actors
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.keepsakes import KeepsakeRecorder
from voicecheckin.rooms.lines import KeyboardLines
from voicecheckin.rooms.observed import (
    Captions,
    EventsFile,
    ObservedRoom,
    Observer,
    device_only,
)
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import Couple
from voicecheckin.rooms.text import TextRoom
from voicecheckin.rooms.typed import Keyboard, TypedAnswers
from voicecheckin.settings import Settings, VoiceSettings
from voicecheckin.sound.card import CardSound
from voicecheckin.sound.kitchen import KitchenSound
from voicecheckin.sound.playing import play
from voicecheckin.sound.sound import Sound
from voicecheckin.sound.streams import NO_LISTENER, MicrophoneListener
from voicecheckin.sound.tone import WithTone
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.prefetcher import Prefetcher
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine
from voicecheckin.voice.tts_queue import ImmediateTts, WithBells
from voicecheckin.voice.voice import LIMIT, Report, Voice

logger = logging.getLogger(__name__)

EVENTS_WRITTEN, OWN_EAR, DEAF, OWN_VOICE = "events_written", "own_ear", "deaf", "own_voice"
WORDS_CHANGED = "words_changed"
HOME_LISTENS, HOME_SPEAKS = "home_listens", "home_speaks"
"""The recurring lines that say what the device does beside talking."""
EVENING = 1
"""The evening that is rehearsed unless another is wanted."""
NAMES = ("Robin", "Sam")
"""Who sits there in a rehearsal unless other names are wanted."""


@dataclass(frozen=True, slots=True)
class Wished:
    """What was wished for, for this one time."""

    evening: int | None = None
    """1 to 9, or 0 for the weekly sitting."""
    events: Path | None = None
    """Where to write when what happened."""


@dataclass(frozen=True, slots=True)
class Context:
    """How a sitting comes about, and what the device has beside its sound."""

    panel: Panel = field(default_factory=Panel)
    listener: MicrophoneListener = NO_LISTENER
    """Who is told whether the microphone is open."""
    tentative: bool = False
    """Whether it may have begun by mistake."""
    by_hand: bool = False
    """Whether somebody pressed a button for it."""
    invited: bool = False
    """Whether the device itself invites."""
    keyboard: bool = False
    """Whether somebody can type."""
    captions: bool = True
    """Whether what is said is shown too, where there is a terminal; nowhere else it ever is."""
    voiceless: bool = False
    """Whether there is no sound, so that no voice can be recorded or played."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A conversation, and the room it happens in."""

    checkin: CheckIn
    room: Room
    interrupt: Callable[[], None]
    """Lets it say goodbye soon; may be called from a signal handler."""


@contextmanager
def sitting_aloud(settings: Settings, wished: Wished, context: Context) -> Iterator[Sitting]:
    """A sitting by voice alone; EngineMissing or SoundUnavailable if that cannot be."""
    couple, devices, pace = settings.couple, settings.sound, Pace(settings.sitting.pace)
    script, book, screen = sat_with(couple), phrasebook_of(couple), Screen()
    notices, keepsakes = _notices(settings, script, aloud=True), KeepsakeRecorder()

    def lost(line: str, sentence: str) -> None:
        screen.tell(sentence)
        notices.append(line)

    with ExitStack() as stack:
        stack.enter_context(the_only_sitting())
        events = _events(wished, notices, stack)
        store = open_store(settings.keeping)
        options = options_of(settings, script, store, wished, context)
        checkin = CheckIn(script, options)
        if context.invited:
            store.mark_invited(datetime.now().date())

        voice = device_voice(settings.voice, partial(lost, OWN_VOICE), LIMIT, options.names or ())
        sentences = all_sentences(script, options.names or script.names)
        captions = _captions(screen, context, stack)
        with screen.status("One moment ..."):
            recogniser = _recogniser(settings, book, lost)
            voice.sentence(sentences[0], pace.tempo)
            sound: Sound = CardSound(devices.microphone, devices.speaker, context.listener)
        tone = [WithTone(sound)] if settings.light.sound else []
        sound = tone[0] if tone else sound
        heard = f"ear: {described(recogniser)}"
        screen.print(f"voice: {voice.name.rstrip(':')}; {heard}", style="dim", markup=False)
        before, breath = bells_of(couple, settings.sitting.breath)
        speech = WithBells(Prefetcher(voice, RenderingBar(screen)), before, breath)
        speech.expect(sentences, pace.tempo)
        ear = Ear(recogniser, book, OneThread())
        card = AudioRoom(sound, speech, ear, canceller(devices.echo), keepsakes=keepsakes)
        stack.callback(card.close)

        typed = TypedAnswers(book, card.post)
        stack.enter_context(context.panel.taken_by(touching(checkin, card.post), typed.take))
        if context.keyboard:
            stack.callback(Keyboard(typed.take).close)
        light = StatusLight(context.panel.light, lambda: checkin.suspended is Suspended.PAUSED)
        room = KeepingRoom(
            card,
            store,
            keepsakes,
            script,
            _kept_sitting(settings, checkin, options),
            notices,
            screen.tell,
        )
        yield Sitting(
            checkin, ObservedRoom(room, [light, typed, *tone, *captions, *events]), card.interrupt
        )


@contextmanager
def sitting_on_screen(settings: Settings, wished: Wished, why: str = "") -> Iterator[Sitting]:
    """A sitting on screen and keyboard, without any sound; *why* is shown first."""
    couple, screen = settings.couple, Screen()
    script, keepsakes = sat_with(couple), KeepsakeRecorder()
    notices = _notices(settings, script)
    with ExitStack() as stack:
        stack.enter_context(the_only_sitting())
        stack.enter_context(screen.of_its_own())
        if why:
            screen.print(why, "", sep="\n", markup=False, soft_wrap=True)
        events = _events(wished, notices, stack)
        store = open_store(settings.keeping)
        options = options_of(settings, script, store, wished, Context(voiceless=True))
        checkin = CheckIn(script, options)
        names, book = options.names or script.names, phrasebook_of(couple)
        table = TextRoom(book, screen, names, checkin, KeyboardLines(), script.spoken)
        room = KeepingRoom(
            table,
            store,
            keepsakes,
            script,
            _kept_sitting(settings, checkin, options),
            notices,
            screen.tell,
        )
        yield Sitting(checkin, ObservedRoom(room, events), table.interrupt)


@contextmanager
def rehearsed_sitting(
    settings: Settings, wished: Wished, couple: Couple, sound: KitchenSound | None
) -> Iterator[Sitting]:
    """A sitting of simulated people: in a kitchen that sounds, or on paper."""
    script, book = script_of(settings.couple), phrasebook_of(settings.couple)
    evening = EVENING if wished.evening is None else wished.evening
    options = SittingOptions(
        evening=evening,
        length=settings.sitting.length or usual_length(evening),
        names=names_of(settings.couple) or NAMES,
        pace=settings.sitting.pace,
    )
    checkin = CheckIn(script, options)
    if sound is None:
        yield Sitting(checkin, PaperRoom(couple), _nobody_to_interrupt)
        return
    before, breath = bells_of(settings.couple, settings.sitting.breath)
    voice = device_voice(settings.voice)
    speech = WithBells(ImmediateTts(voice), before, breath)
    ear = Ear(choose_ear(settings.ear.engine, book), book)
    company = Actors(couple, sound, voices=voices_of_people(voice.name))
    with closing(AudioRoom(sound, speech, ear, canceller(settings.sound.echo), company)) as room:
        yield Sitting(checkin, room, room.interrupt)


def options_of(
    settings: Settings, script: Script, store: SittingStore, wished: Wished, context: Context
) -> SittingOptions:
    """What is known of a sitting before it begins: what was set, wished for, and kept."""
    today, state, usual = datetime.now().date(), store.state, settings.sitting
    names, phrase = agreed_names(settings), agreed_phrase(settings)
    journey, point = state.journey, state.resume
    if wished.evening is not None and point is not None and wished.evening != point.evening:
        point = None  # another evening is wished for than the one that was cut off
    evening = point.evening if point is not None else wished.evening
    planned = tonight(script, journey, evening, today, goes_on=point is not None)
    long_ago = "long_ago" if point is None and postponed(state, today) else ""
    return SittingOptions(
        evening=planned.evening if evening is not None or planned.notice else None,
        coming=planned.evening if journey.known else None,
        length=(point.length if point is not None else "") or usual.length or None,
        names=names_of(settings.couple),
        names_are_new=names is not None and names.are_new,
        starter=point.starter if point is not None else journey.starter,
        pace=usual.pace,
        held=journey.held,
        offered=journey.offered,
        round=state.progress.round,
        notice=planned.notice or long_ago,
        offers_kept=bool(store.earlier_keepsakes),
        resume=point.topic if point is not None else "",
        memory=settings.keeping.memory,
        keepsakes=settings.keeping.keepsakes,
        days=settings.keeping.days,
        unkept=settings.keeping.memory != "nothing" and not store.works,
        asks_phrase=phrase is not None and context.panel.has_light and phrase.is_to_be_asked(today),
        tentative=context.tentative,
        by_hand=context.by_hand,
        invited=context.invited,
        voiceless=context.voiceless,
    )


def device_voice(
    settings: VoiceSettings,
    report: Report = logger.warning,
    limit: float = math.inf,
    names: tuple[str, ...] = (),
) -> Voice:
    """The voice that was chosen; where it fails, the one that is always there goes on.

    Only *names* are ever said otherwise than they are written: no other word of the talk.
    """
    return Voice(
        choose_voice(settings.engine),
        RenderCache(),
        local=Pyttsx3Engine,
        report=report,
        say={name: spoken for name, spoken in settings.say.items() if name in names},
        limit=limit,
    )


def say_line(settings: Settings, line: str) -> None:
    """Say a recurring line outside of any sitting, and wait until it has been said."""
    script, tempo = script_of(settings.couple), Pace(settings.sitting.pace).tempo
    said = [item.text for item in items(script.lines[line][0]) if isinstance(item, Sentence)]
    with closing(device_voice(settings.voice)) as voice:
        for sentence in said:
            play(voice.sentence(sentence, tempo), settings.sound.speaker)


def _nobody_to_interrupt() -> None:
    """On paper an evening takes milliseconds."""


def agreed_names(settings: Settings) -> AgreedNames | None:
    """Whether the couple's names are confirmed; None if they gave no names."""
    names = names_of(settings.couple)
    mark = AgreedMark(place_of(settings.keeping).names)
    if names is None:
        return None
    first, second = (settings.voice.say.get(name, name) for name in names)
    return AgreedNames(mark, (first, second))  # as they are heard


def agreed_phrase(settings: Settings) -> AgreedPhrase | None:
    """Whether both let the device listen for their phrase; None if they set no phrase."""
    phrase = settings.waiting.phrase
    mark = AgreedMark(place_of(settings.keeping).phrase)
    return AgreedPhrase(mark, phrase) if phrase else None


def _kept_sitting(settings: Settings, checkin: CheckIn, options: SittingOptions) -> KeptSitting:
    return KeptSitting(
        lambda: checkin.shape,
        options.starter,
        names=agreed_names(settings),
        phrase=agreed_phrase(settings),
    )


def _notices(settings: Settings, script: Script, *, aloud: bool = False) -> deque[str]:
    """What the device has to say about itself at the beginning."""
    changed = [WORDS_CHANGED] if words_changed(settings.couple, script) else []
    hears = [HOME_LISTENS] if aloud and runs_elsewhere(settings.ear.engine) else []
    speaks = [HOME_SPEAKS] if aloud and runs_elsewhere(settings.voice.engine) else []
    return deque([*changed, *hears, *speaks])


def _recogniser(
    settings: Settings, book: Phrasebook, lost: Callable[[str, str], None]
) -> Recogniser:
    """The ear, ready to hear; *lost* is told if it lives on a server that goes away."""
    left = OWN_EAR if has_ear(book.language) else DEAF
    recogniser = choose_ear(settings.ear.engine, book, partial(lost, left))
    warm(recogniser, list(book.commands))
    return recogniser


def _captions(screen: Screen, context: Context, stack: ExitStack) -> list[Observer]:
    """What is said is shown too: only in a terminal, on a screen of its own."""
    if not (screen.is_terminal and context.captions):
        return []
    stack.enter_context(screen.of_its_own())
    return [Captions(screen)]


def _events(wished: Wished, notices: deque[str], stack: ExitStack) -> list[Observer]:
    """The file of events, if one is wished for; that it is written is said aloud."""
    if wished.events is None:
        return []
    events = EventsFile(wished.events, device_only)
    stack.callback(events.close)
    notices.append(EVENTS_WRITTEN)
    return [events]
