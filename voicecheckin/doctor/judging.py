"""What a measurement means, and what to do about it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from voicecheckin.doctor.findings import Finding, broken, look, ok
from voicecheckin.doctor.measuring import Measured

MUTED = -110.0
"""dB: no microphone is as quiet; it is muted, or it is none."""
LOUD_ROOM = -40.0
"""dB relative to full scale; the ear lifts no louder room's voices."""
LATE, TOO_LATE = 0.5, 0.7
"""Seconds of echo; the canceller learns 0.72 s, in which the room's own answer must fit as well."""
LOUD_ECHO = 6.0
"""dB louder than it was played; up to there "stop" is heard over the device's own voice."""
CLIPPED = 0.001
"""Share of clipped samples that is heard as a crackle."""
CLEAR_VOICE = 10.0
"""dB by which a voice has to stand out of the room; below, words are missed."""
LITTLE, TOO_LITTLE = 500_000_000, 100_000_000
"""Bytes; the rendered script takes about 100 MB."""
WARM, HOT = 70.0, 80.0
"""Degrees Celsius; a Raspberry Pi slows down from 80 on."""
BUILT = date(2026, 1, 1)
"""No clock is right that stands before this program was made."""
NOW_BITS = {0: "too little voltage", 1: "a lowered clock", 2: "throttled", 3: "too warm"}
"""What the Raspberry's firmware reports; 16 bits further: since it was started."""


class Reply(Enum):
    """What became of the request to say yes."""

    UNDERSTOOD = "understood"
    UNCLEAR = "a voice, but no yes"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the table, as the microphone heard them."""

    reply: Reply
    above: float
    """dB above the room's own noise."""


def of_noise(floor: float) -> Finding:
    """Judge the room's own noise (dB relative to full scale)."""
    found = f"{max(floor, -120.0):.0f} dB"
    if floor < MUTED:
        return look(
            "silent", "the room", f"{found}: not a sound", "Is the microphone muted? Turn it on."
        )
    if floor > LOUD_ROOM:
        advice = "Turn off what hums, or turn the microphone down: alsamixer, F4."
        return look("noise", "the room", f"{found}: loud", advice)
    return ok("noise", "the room", found)


def of_echo(measured: Measured, person: Person | None) -> Finding:
    """Judge how the device hears itself."""
    what = "the device's own voice"
    if measured.delay is None:
        if person is not None and person.reply is Reply.UNDERSTOOD:
            found = "not heard, though somebody answered it: the speakerphone cancels it"
            return ok("echo", what, found + '; [sound] echo = "none" suits it')
        advice = "Turn the speaker up, unmute the microphone, and see that both are plugged in."
        return broken("unheard", what, "the tone that was played was not heard", advice)
    found = f"heard after {measured.delay * 1000:.0f} ms at {measured.echo:+.0f} dB"
    if measured.delay > TOO_LATE:
        advice = "Take a speaker with a cable: Bluetooth is too late. Or the computer is too busy."
        return broken("late", what, found, advice)
    if measured.delay > LATE:
        return look("late", what, found, "Take a speaker with a cable rather than Bluetooth.")
    if measured.echo > LOUD_ECHO:
        advice = "Turn the speaker down, or put it further from the microphone."
        return look("loud_echo", what, found, advice)
    return ok("echo", what, found)


def of_clipping(clipped: float) -> Finding:
    """Judge the share of samples at the limit."""
    found = f"{clipped:.1%} of the tone clipped"
    if clipped > CLIPPED:
        advice = "Turn the microphone down: alsamixer, F4. Or turn the speaker down."
        return look("clipping", "the microphone's level", found, advice)
    return ok("clipping", "the microphone's level", found)


def of_person(person: Person) -> Finding:
    """Judge whether somebody at the table is heard."""
    what, above = "a person at the table", f"{person.above:.0f} dB above the room"
    match person.reply:
        case Reply.NOBODY:
            advice = "Run the doctor again, sit where you will sit, and say yes when it asks."
            return look("nobody", what, "nobody answered", advice)
        case Reply.UNCLEAR:
            advice = "Come closer, or turn the microphone up. Another ear may help: see the README."
            return look("unclear", what, f"a voice, {above}, but no yes", advice)
    if person.above < CLEAR_VOICE:
        advice = "Put the microphone closer, or turn off what hums."
        return look("far", what, f"understood, only {above}", advice)
    return ok("person", what, f"understood, {above}")


def of_disk(free: int) -> Finding:
    """Judge how many bytes are free."""
    found = f"{free / 1e9:.1f} GB free"
    advice = "Make room: sudo apt clean, or a larger card."
    if free < TOO_LITTLE:
        return broken("disk", "the disk", found, advice)
    return look("disk", "the disk", found, advice) if free < LITTLE else ok("disk", "disk", found)


def of_temperature(celsius: float) -> Finding:
    """Judge how warm the processor is."""
    found = f"{celsius:.0f} degrees"
    if celsius >= WARM:
        advice = "Give it air, or a heat sink."
        state = broken if celsius >= HOT else look
        return state("warm", "the processor", found, advice)
    return ok("warm", "the processor", found)


def of_throttling(bits: int) -> Finding:
    """Judge the Raspberry's get_throttled."""
    now = [text for bit, text in NOW_BITS.items() if bits >> bit & 1]
    before = [text for bit, text in NOW_BITS.items() if bits >> (bit + 16) & 1]
    if not now and not before:
        return ok("power", "power and speed", "never slowed down")
    found = f"now: {', '.join(now)}" if now else f"since its start: {', '.join(before)}"
    advice = "Use the Raspberry's own power supply with a short cable, and give it air."
    return look("power", "power and speed", found, advice)


def of_time(now: datetime, synchronised: bool | None) -> Finding:
    """Judge the clock; *synchronised* is None where nothing tells."""
    found = f"{now:%Y-%m-%d %H:%M}"
    advice = "Put it online once, or set it: sudo timedatectl set-time '2026-12-24 18:00'"
    if now.date() < BUILT:
        return broken("time", "the clock", f"{found}: never set", advice)
    if synchronised is False:
        return look("time", "the clock", f"{found}, not checked with the network", advice)
    return ok("time", "the clock", found)
