"""A simulated couple lives through a sitting."""

from contextlib import closing, nullcontext

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.assembly import NAMES, Wished, rehearsed_sitting
from voicecheckin.cli.choices import names_of, settings_with
from voicecheckin.cli.screen import Screen
from voicecheckin.cli.table import table_of_times
from voicecheckin.errors import SettingsError
from voicecheckin.loop import run
from voicecheckin.rooms.observed import Captions, EventsFile, ObservedRoom, Observer
from voicecheckin.rooms.people import Act, Utterance, couples
from voicecheckin.rooms.times import Misheard, RememberedCouple, Times
from voicecheckin.sound.kitchen import Kitchen, KitchenSound


def rehearse(options: Options) -> int:
    """Let a simulated couple live through a sitting; print captions, then a table of times."""
    if options.room == "paper" and options.wav is not None:
        raise SettingsError("--wav: on paper there is no sound; leave out --wav or --room paper.")
    settings = settings_with(options)
    couple, console = _couple(options), Screen()
    times, misheard = Times(), Misheard(couple)
    captions, names = Captions(console, times=True), names_of(settings.couple) or NAMES
    couple.watch = lambda act: captions.show(_told(act, names), act.at)
    observers: list[Observer] = [captions, times, misheard]
    paper, kitchen = options.room == "paper", Kitchen(seed=options.seed)
    sound = None if paper else KitchenSound(kitchen, options.wav)
    events = EventsFile(options.events) if options.events else None
    with closing(events) if events else nullcontext():
        observers += [events] if events else []
        with rehearsed_sitting(settings, Wished(options.evening), couple, sound) as sitting:
            run(sitting.checkin, ObservedRoom(sitting.room, observers))
    console.print(table_of_times(times, misheard, names))
    return 0


def _told(act: Act, names: tuple[str, str]) -> str:
    """What one of the simulated people does, for whoever looks on."""
    if isinstance(act, Utterance):
        return f"  {names[act.who]}: {act.words}"
    seconds = sum(speech + pause for speech, pause in act.stretches) - act.stretches[-1][1]
    return f"  {names[act.who]} talks, {seconds:.0f} s"


def _couple(options: Options) -> RememberedCouple:
    known = couples()
    if options.couple not in known:
        raise SettingsError(
            f"There is no couple called {options.couple!r}: choose from {', '.join(known)}."
        )
    return RememberedCouple(known[options.couple], options.seed)
