"""A simulated couple lives through a sitting."""

from collections.abc import Sequence

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import couple_names, script_of, settings_with
from voicecheckin.cli.screen import Screen
from voicecheckin.cli.table import table_of_times
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.facts import usual_length
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.ear.choose import hears_across_a_kitchen
from voicecheckin.errors import SettingsError
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couples
from voicecheckin.rooms.times import Misheard, RememberedCouple, Times
from voicecheckin.rooms.watched import Captions, EventsFile, Observer, WatchedRoom
from voicecheckin.settings import Settings

EVENING = 1
"""The evening that is rehearsed unless another is wanted."""
NAMES = ("Robin", "Sam")
"""Who sits there unless other names are wanted."""


def rehearse(options: Options) -> int:
    """Let a simulated couple live through a sitting; print captions, then a table of times."""
    if options.room == "paper" and options.wav is not None:
        raise SettingsError("--wav: on paper there is no sound; leave out --wav or --room paper.")
    settings = settings_with(options)
    room = options.room or _fitting_room(options, settings)
    evening = EVENING if options.evening is None else options.evening
    couple = _couple(options)
    names = couple_names(settings) or NAMES
    script = script_of(settings)
    console = Screen()
    times, misheard = Times(), Misheard(couple)
    events = EventsFile(options.events) if options.events else None
    observers: list[Observer] = [Captions(console, times=True), times, misheard]
    observers += [events] if events else []
    checkin = CheckIn(
        script,
        SittingOptions(
            evening=evening,
            length=settings.sitting.length or usual_length(evening),
            names=names,
            pace=settings.sitting.pace,
        ),
    )
    if room == "paper":
        run(checkin, WatchedRoom(PaperRoom(couple), observers))
    else:
        _in_kitchen(checkin, couple, observers, settings, options)
    if events:
        events.close()
    console.print(table_of_times(times, misheard, names))
    return 0


def _fitting_room(options: Options, settings: Settings) -> str:
    """Paper where the one ear here is the one that doubts most of what is said across a kitchen."""
    wants_sound = options.wav is not None or options.voice is not None
    if wants_sound or settings.ear.engine != "auto" or hears_across_a_kitchen():
        return "kitchen"
    print("On paper, without sound. With --room kitchen they speak, and the ear asks often.\n")
    return "paper"


def _in_kitchen(
    checkin: CheckIn,
    couple: RememberedCouple,
    observers: Sequence[Observer],
    settings: Settings,
    options: Options,
) -> None:
    from voicecheckin.cli.sound import kitchen_room

    room = kitchen_room(settings, couple, options.seed, options.wav)
    try:
        run(checkin, WatchedRoom(room, observers))
    finally:
        room.close()


def _couple(options: Options) -> RememberedCouple:
    known = couples()
    if options.couple not in known:
        raise SettingsError(
            f"There is no couple called {options.couple!r}: choose from {', '.join(known)}."
        )
    return RememberedCouple(known[options.couple], options.seed)
