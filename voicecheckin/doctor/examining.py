"""Tries microphones and speakers until the device hears itself."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from voicecheckin.doctor.devices import pairs, ranked
from voicecheckin.doctor.findings import Finding, broken, look, ok
from voicecheckin.doctor.measuring import Measured, measure
from voicecheckin.errors import DeviceLost, SoundUnavailable
from voicecheckin.sound.card import CardSound
from voicecheckin.sound.frames import RATE
from voicecheckin.sound.portaudio import Device, Way, find, names

LOOK_AGAIN = 1.0
"""Seconds for which a device that went away is looked for."""

PLUG_IN = "Plug in a USB speakerphone, or see whether `arecord -l` and `aplay -l` list one."


@dataclass(frozen=True, slots=True)
class Tried:
    """A microphone and a speaker at work together, and what became of the tone."""

    microphone: Device
    speaker: Device
    measured: Measured


def usable(way: Way, wished: str) -> tuple[list[Device], list[str]]:
    """Return the devices that can be opened, the best first, and why others cannot.

    Only the one that is *wished* for counts, if there is any wish.
    """
    devices, problems = [], []
    for name in [wished] if wished else ranked(names(way), _default(way)):
        try:
            devices.append(find(way, name))
        except SoundUnavailable as problem:
            problems.append(str(problem))
    return devices, problems


def _default(way: Way) -> str:
    try:
        return find(way).name
    except SoundUnavailable:
        return ""


def of_devices(way: Way, devices: Sequence[Device], problems: Sequence[str]) -> Finding:
    """Judge what there is of one kind."""
    what = {"input": "microphones", "output": "speakers"}[way]
    if not devices:
        found = problems[0] if len(problems) == 1 else "none that can be opened"
        return broken("devices", what, found, PLUG_IN)
    return ok("devices", what, "\n".join(f"{one.name}, {_rate(one)}" for one in devices))


def _rate(device: Device) -> str:
    return "16 kHz" if device.rate == RATE else f"{device.rate / 1000:g} kHz, converted to 16"


def try_pairs(microphones: Sequence[Device], speakers: Sequence[Device]) -> Iterator[Tried | str]:
    """Yield each pair that was tried, or why it could not be; end with one that hears itself."""
    heard = {one.name: one for one in microphones}
    played = {one.name: one for one in speakers}
    for microphone, speaker in pairs(heard, played):
        tried = _tried(heard[microphone], played[speaker])
        yield tried
        if isinstance(tried, Tried) and tried.measured.delay is not None:
            return


def _tried(microphone: Device, speaker: Device) -> Tried | str:
    """Try a pair; a busy computer may stumble once, and is given more time then."""
    try:
        with closing(CardSound(microphone.name, speaker.name)) as sound:
            try:
                return Tried(microphone, speaker, measure(sound))
            except DeviceLost:
                if not sound.reopen(LOOK_AGAIN):
                    raise
                return Tried(microphone, speaker, measure(sound))
    except (SoundUnavailable, DeviceLost) as trouble:
        return str(trouble)


def of_pair(tried: Tried) -> Finding:
    """Say which pair is used."""
    one, other = tried.microphone.name, tried.speaker.name
    return ok("chosen", "chosen", one if one == other else f"hears by {one}, speaks by {other}")


def of_troubles(problems: Sequence[str], works: bool) -> Iterator[Finding]:
    """Say which pairs could not be tried at all."""
    state = look if works else broken
    for problem in dict.fromkeys(problems):
        yield state("gone", "a device", problem, PLUG_IN)
