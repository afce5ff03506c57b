"""Rooms and noise: how a clip sounds from across a kitchen, and every other way it may arrive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import soxr
from scipy.signal import fftconvolve, lfilter

from voicecheckin.sound.frames import RATE, Samples

# Frames this far below the loudest 25 ms are stillness, not speech.
STILL = 10 ** (-25 / 10)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds the speaker: impulse responses and noises to choose from."""

    rooms: Sequence[Samples]
    noises: Sequence[Samples]


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


def placed(sound: Samples, before: float, after: float) -> Samples:
    """*sound* with *before* and *after* seconds of stillness around it."""
    pads = (round(before * RATE), round(after * RATE))
    return np.pad(sound, pads).astype(np.float32)


def made_up_room(chance: np.random.Generator) -> Samples:
    """A room that does not exist: a direct sound, then noise that dies away in 0.15 to 0.7 s."""
    decay = chance.uniform(0.15, 0.7)
    time = np.arange(round(decay * RATE)) / RATE
    tail = chance.standard_normal(len(time)) * np.exp(-6.9 * time / decay)
    tail = lfilter([1 - (soft := chance.uniform(0.0, 0.7))], [1, -soft], tail)
    tail[: round(chance.uniform(0.001, 0.008) * RATE)] = 0
    direct = 10 ** (chance.uniform(-6, 9) / 20) * np.sqrt(np.square(tail).sum())
    tail[0] = direct
    room: Samples = tail.astype(np.float32)
    return room


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


def faster(sound: Samples, speed: float) -> Samples:
    """*sound* at another speed, its pitch with it, as another person might sound."""
    changed: Samples = soxr.resample(sound, RATE, round(RATE / speed)).astype(np.float32)
    return changed


def in_kitchen(
    sound: Samples, kitchen: Surroundings, ratio: float, chance: np.random.Generator
) -> Samples:
    """How the bench hears *sound* across a kitchen: one of its rooms, one of its noises."""
    response = kitchen.rooms[int(chance.integers(len(kitchen.rooms)))]
    noise = kitchen.noises[int(chance.integers(len(kitchen.noises)))]
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
    """In a real or a made-up room, or close by."""
    draw = chance.random()
    if draw < 0.4:
        return in_room(sound, kitchen.rooms[int(chance.integers(len(kitchen.rooms)))])
    return in_room(sound, made_up_room(chance)) if draw < 0.75 else sound


def _something_on(sound: Samples, kitchen: Surroundings, chance: np.random.Generator) -> Samples:
    """With dishes, taps, a fan or a hum; rarely nearly as loud as the speech."""
    ratio = chance.uniform(2, 25)
    draw = chance.random()
    if draw < 0.6:
        noise = kitchen.noises[int(chance.integers(len(kitchen.noises)))]
    elif draw < 0.85:
        noise = made_up_noise(4.5, chance)
    else:
        return sound
    return in_noise(sound, noise, ratio, chance)


def worn(sound: Samples, kitchen: Surroundings, chance: np.random.Generator) -> Samples:
    """*sound* as it might arrive: anyone, anywhere, cut a little, too loud or too quiet."""
    changed = faster(sound, chance.uniform(0.88, 1.14))
    if chance.random() < 0.15:
        cut = int(chance.uniform(0, 0.06) * RATE)
        changed = changed[cut:] if chance.random() < 0.5 else changed[: len(changed) - cut]
    changed = placed(changed, chance.uniform(0, 0.5), chance.uniform(0, 0.6))
    if chance.random() < 0.8:
        changed = _something_on(_somewhere(changed, kitchen, chance), kitchen, chance)
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
    real = chance.random() < 0.75
    response = kitchen.rooms[int(chance.integers(len(kitchen.rooms)))]
    changed = in_room(changed, response if real else made_up_room(chance))
    noise = kitchen.noises[int(chance.integers(len(kitchen.noises)))]
    return in_noise(changed, noise, chance.uniform(4, 14), chance)


def only(kitchen: Surroundings, number: int) -> Surroundings:
    """The kitchen with only its rooms and noises of an even (0) or odd (1) place, to test apart."""
    return replace(kitchen, rooms=kitchen.rooms[number::2], noises=kitchen.noises[number::2])
