"""Rooms and noise: how a clip sounds from across a kitchen, and every other way it may arrive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyroomacoustics
import soxr
from scipy.signal import fftconvolve

from voicecheckin.sound.frames import RATE, Samples

# Frames this far below the loudest 25 ms are stillness, not speech.
STILL = 10 ** (-25 / 10)
HIGHEST_ORDER = 12
"""Of image sources; what comes later is tail."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds the speaker: impulse responses and noises to choose from."""

    rooms: Sequence[Samples]
    noises: Sequence[Samples]
    simulated: Sequence[Samples] = ()
    """Rooms to learn in; the recorded ones are few, and known rooms flatter."""
    babble: Sequence[Samples] = ()
    """Several people talking at once, as from a radio."""


def power(sound: Samples) -> float:
    """Mean power of the parts of *sound* in which somebody speaks."""
    count = max(1, len(sound) // 400)
    blocks = np.square(np.resize(sound, count * 400).reshape(count, 400)).mean(axis=1)
    return float(blocks[blocks >= blocks.max() * STILL].mean()) + 1e-12


def in_room(sound: Samples, response: Samples) -> Samples:
    """*sound* heard through *response*, as loud as before, beginning when it began."""
    begins = int(np.argmax(np.abs(response)))
    wet = fftconvolve(sound, response)[begins : begins + len(sound) + RATE // 8]
    room: Samples = (wet * np.sqrt(power(sound) / power(wet))).astype(np.float32)
    return room


def in_noise(sound: Samples, noise: Samples, ratio: float, chance: np.random.Generator) -> Samples:
    """*sound* with a random stretch of *noise*, *ratio* dB below the speech."""
    start = int(chance.integers(0, max(1, len(noise) - len(sound))))
    stretch = np.resize(noise[start : start + len(sound)], len(sound))
    loudness = float(np.square(stretch).mean()) + 1e-12
    gain = np.sqrt(power(sound) / loudness / 10 ** (ratio / 10))
    noisy: Samples = (sound + gain * stretch).astype(np.float32)
    return noisy


def at_once(first: Samples, second: Samples, chance: np.random.Generator) -> Samples:
    """Both, within 6 dB of each other; one of them begins up to 0.5 s later."""
    louder = second * np.float32(np.sqrt(power(first) / power(second)))
    louder *= np.float32(10 ** (chance.uniform(-6, 6) / 20))
    late = int(chance.uniform(0, 0.5) * RATE) if chance.random() < 0.7 else 0
    parts = [first, np.pad(louder, (late, 0))]
    if chance.random() < 0.5:
        parts = [np.pad(first, (late, 0)), louder]
    count = max(map(len, parts))
    mixed: Samples = np.sum([np.pad(part, (0, count - len(part))) for part in parts], axis=0)
    return mixed


def placed(sound: Samples, before: float, after: float) -> Samples:
    """*sound* with *before* and *after* seconds of stillness around it."""
    pads = (round(before * RATE), round(after * RATE))
    return np.pad(sound, pads).astype(np.float32)


def simulated_room(chance: np.random.Generator) -> Samples:
    """A kitchen without things: image sources, then a tail; RT60 0.25 to 0.75 s, 0.5 to 4 m."""
    size = chance.uniform((2.4, 2.2, 2.3), (6.5, 5.0, 3.0))
    decay = chance.uniform(0.25, 0.75)
    absorption, order = pyroomacoustics.inverse_sabine(max(decay, least_decay(size)), size)
    room = pyroomacoustics.ShoeBox(
        size,
        fs=RATE,
        materials=pyroomacoustics.Material(absorption),
        max_order=min(order, HIGHEST_ORDER),
    )
    table = chance.uniform((0.6, 0.6, 0.7), (size[0] - 0.6, size[1] - 0.6, 0.9))
    person = table
    while not 0.5 <= np.linalg.norm(person - table) <= 4:
        person = chance.uniform((0.3, 0.3, 1.0), (size[0] - 0.3, size[1] - 0.3, 1.7))
    room.add_source(person)
    room.add_microphone(table)
    room.compute_rir()
    count = round((decay + 0.1) * RATE)
    early = np.pad(room.rir[0][0], (0, count))[:count]
    time = np.arange(count) / RATE
    tail = chance.standard_normal(count) * np.exp(-6.9 * time / decay)
    begins = int(np.argmax(np.abs(early)))
    mixed = slice(begins + round(0.02 * RATE), begins + round(0.05 * RATE))
    tail *= np.sqrt(np.square(early[mixed]).mean() / (np.square(tail[mixed]).mean() + 1e-12))
    tail *= np.clip((time - time[mixed.start]) / 0.04, 0, 1)
    response: Samples = (early + tail).astype(np.float32)
    return response


def least_decay(size: np.ndarray) -> float:
    """The RT60 in seconds that walls without any echo would still have, by Sabine's formula."""
    walls = 2 * (size[0] * size[1] + size[0] * size[2] + size[1] * size[2])
    return float(0.161 * np.prod(size) / walls) * 1.05


def made_up_noise(seconds: float, chance: np.random.Generator) -> Samples:
    """A fan, a hum or a hiss: noise of a random colour, sometimes with a mains tone."""
    count = round(seconds * RATE)
    slope = chance.uniform(0.0, 1.2)
    spectrum = np.fft.rfft(chance.standard_normal(count))
    bent = spectrum / np.maximum(1, np.arange(len(spectrum))) ** slope
    noise = np.fft.irfft(bent, count)
    noise /= noise.std() + 1e-9
    if chance.random() < 0.3:
        pitch = chance.choice([50, 60, 100, 120, 180])
        noise += chance.uniform(0.3, 2) * np.sin(2 * np.pi * pitch * np.arange(count) / RATE)
    return noise.astype(np.float32)


def clinks(seconds: float, chance: np.random.Generator) -> Samples:
    """Cups and cutlery: tones that begin at once and die away, some a second."""
    noise = 1e-4 * chance.standard_normal(round(seconds * RATE))
    for _ in range(int(chance.integers(2, 14))):
        time = np.arange(round(chance.uniform(0.03, 0.3) * RATE)) / RATE
        pitches = chance.uniform(900, 7000, (int(chance.integers(1, 5)), 1))
        ring = np.sin(2 * np.pi * pitches * time).sum(axis=0)
        ring += chance.uniform(0, 2) * chance.standard_normal(len(time)) * np.exp(-time / 0.004)
        ring *= np.exp(-time / chance.uniform(0.01, 0.08)) * chance.uniform(0.2, 1)
        start = int(chance.integers(0, len(noise) - len(ring)))
        noise[start : start + len(ring)] += ring
    return noise.astype(np.float32)


def babbling(talks: Sequence[Samples], chance: np.random.Generator) -> Samples:
    """Two to six of *talks* at once, 20 s."""
    count = 20 * RATE
    parts = []
    for _ in range(int(chance.integers(2, 7))):
        talk = talks[int(chance.integers(len(talks)))]
        start = int(chance.integers(0, max(1, len(talk) - count)))
        parts.append(np.resize(talk[start : start + count], count) * chance.uniform(0.3, 1))
    babble: Samples = np.sum(parts, axis=0).astype(np.float32)
    return babble


def faster(sound: Samples, speed: float) -> Samples:
    """*sound* at another speed, its pitch with it, as another person might sound."""
    changed: Samples = soxr.resample(sound, RATE, round(RATE / speed)).astype(np.float32)
    return changed


def in_kitchen(
    sound: Samples, kitchen: Surroundings, ratio: float, chance: np.random.Generator
) -> Samples:
    """How the bench hears *sound* across a kitchen: one of its rooms, one of its noises."""
    response, noise = one_of(kitchen.rooms, chance), one_of(kitchen.noises, chance)
    return in_noise(in_room(sound, response), noise, ratio, chance)


def quiet(sound: Samples, chance: np.random.Generator) -> Samples:
    """*sound* from somebody who hardly speaks up, with the hiss of the microphone."""
    soft = sound / (np.abs(sound).max() + 1e-9) * 0.01
    hissing: Samples = (soft + chance.standard_normal(len(sound)) * 3e-4).astype(np.float32)
    return hissing


def loud(sound: Samples) -> Samples:
    """*sound* from somebody too close to the microphone: four times over full scale, clipped."""
    clipped = np.clip(sound / (np.abs(sound).max() + 1e-9) * 4, -1, 1)
    return np.asarray(clipped, dtype=np.float32)


def _somewhere(sound: Samples, kitchen: Surroundings, chance: np.random.Generator) -> Samples:
    """In a recorded or a simulated room, or close by."""
    draw = chance.random()
    if draw < 0.2:
        return in_room(sound, one_of(kitchen.rooms, chance))
    return in_room(sound, one_of(kitchen.simulated, chance)) if draw < 0.75 else sound


def _something_on(
    sound: Samples, kitchen: Surroundings, chance: np.random.Generator, ratio: float
) -> Samples:
    """With dishes, taps, cups, a fan, a hum or other people, *ratio* dB below the speech."""
    draw = chance.random()
    if draw < 0.5:
        noise = one_of(kitchen.noises, chance)
    elif draw < 0.7:
        noise = made_up_noise(4.5, chance)
    elif draw < 0.85:
        noise = clinks(4.5, chance)
    else:
        noise = one_of(kitchen.babble, chance)
    return in_noise(sound, noise, ratio, chance)


def one_of(sounds: Sequence[Samples], chance: np.random.Generator) -> Samples:
    """Any of *sounds*."""
    return sounds[int(chance.integers(len(sounds)))]


def worn(sound: Samples, kitchen: Surroundings, chance: np.random.Generator) -> Samples:
    """*sound* as it might arrive: anyone, anywhere, cut a little, too loud or too quiet."""
    changed = faster(sound, chance.uniform(0.88, 1.14))
    if chance.random() < 0.15:
        cut = int(chance.uniform(0, 0.06) * RATE)
        changed = changed[cut:] if chance.random() < 0.5 else changed[: len(changed) - cut]
    changed = placed(changed, chance.uniform(0, 0.5), chance.uniform(0, 0.6))
    if chance.random() < 0.8:
        changed = _somewhere(changed, kitchen, chance)
    if chance.random() < 0.7:
        changed = _something_on(changed, kitchen, chance, chance.uniform(2, 25))
    changed = changed / (np.abs(changed).max() + 1e-9) * 10 ** chance.uniform(-2, 0)
    if chance.random() < 0.1:
        changed = np.clip(changed * chance.uniform(1.5, 5), -1, 1)
    if chance.random() < 0.3:
        changed = changed + chance.standard_normal(len(changed)) * 10 ** chance.uniform(-4, -2.3)
    arrived: Samples = (changed + chance.uniform(-0.03, 0.03)).astype(np.float32)
    return arrived


def over_dishes(sound: Samples, kitchen: Surroundings, chance: np.random.Generator) -> Samples:
    """*sound* from across a room while somebody washes up: the hard case, met often."""
    changed = faster(sound, chance.uniform(0.92, 1.1))
    changed = placed(changed, chance.uniform(0, 0.4), chance.uniform(0, 0.4))
    if chance.random() < 0.1:
        changed = loud(changed)
    rooms = kitchen.rooms if chance.random() < 0.35 else kitchen.simulated
    changed = in_room(changed, one_of(rooms, chance))
    return _something_on(changed, kitchen, chance, chance.uniform(3, 15))


def only(kitchen: Surroundings, number: int) -> Surroundings:
    """The kitchen with only its rooms and noises of an even (0) or odd (1) place, to test apart."""
    return replace(kitchen, rooms=kitchen.rooms[number::2], noises=kitchen.noises[number::2])
