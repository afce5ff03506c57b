"""Plays a tone into the room and measures what comes back."""

from dataclasses import dataclass

import numpy as np

from voicecheckin.sound.frames import FRAME, FRAME_SECONDS, RATE, Samples, loudness, silence
from voicecheckin.sound.sound import Sound

LISTENING, SOUNDING, RINGING = 1.2, 0.5, 1.2
"""Seconds of quiet before the tone, of the tone, and after it: an echo may come late."""

LOW, HIGH = 250.0, 3_500.0
"""Hz; the tone glides from one to the other, where small speakers and voices are."""

AMPLITUDE = 0.25

CLEAR = 12.0
"""How far the tone has to stand out where it is found, in standard deviations. In simulated
kitchens, dishes alone reach 5.9; with an echo 14 dB below the dishes' level it is 20.8 at least."""

LIMIT = 0.99
"""From this value on a sample counts as clipped."""

QUIET_SHARE = 0.2
"""The quieter frames that tell the room's own noise, as the ear takes it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the microphone made of the tone."""

    floor: float
    """Level of the room's own noise (dB relative to full scale)."""
    delay: float | None
    """Seconds from playing to hearing; None if the tone was not heard."""
    echo: float
    """Level of the tone as it was heard, relative to what was played (dB)."""
    clipped: float
    """Share of its samples that reached the limit."""


def tone() -> Samples:
    """Return a soft glide upwards."""
    t = np.arange(round(SOUNDING * RATE)) / RATE
    phase = 2.0 * np.pi * (LOW * t + (HIGH - LOW) * t**2 / (2.0 * SOUNDING))
    edges = np.minimum(1.0, np.minimum(t, SOUNDING - t) / 0.02)
    return (AMPLITUDE * np.sin(phase) * edges).astype(np.float32)


def measure(sound: Sound) -> Measured:
    """Listen to the room, play the tone, and find it in what is heard."""
    played = np.concatenate((silence(LISTENING), tone(), silence(RINGING)))
    frames = np.pad(played, (0, -played.size % FRAME)).reshape(-1, FRAME)
    heard = np.concatenate([sound.exchange(frame) for frame in frames])
    return measured(heard, round(LISTENING * RATE))


def measured(heard: Samples, start: int) -> Measured:
    """Find the tone, played from sample *start* on, in *heard*."""
    centred: Samples = heard - heard.mean(dtype=np.float32)
    found = _place(centred[start:])
    floor = noise_floor(centred[: start + (found or 0)])
    if found is None:
        return Measured(floor, None, -200.0, 0.0)
    echo = heard[start + found : start + found + tone().size]
    power = max(10.0 ** (loudness(echo) / 10.0) - 10.0 ** (floor / 10.0), 1e-20)
    level = 10.0 * float(np.log10(power)) - loudness(tone())
    return Measured(floor, found / RATE, level, float(np.mean(np.abs(echo) >= LIMIT)))


def noise_floor(quiet: Samples) -> float:
    """Return the level of *quiet* (dB); a cup that is set down meanwhile is not the room."""
    frames = quiet[: quiet.size // FRAME * FRAME].reshape(-1, FRAME)
    return float(np.quantile([loudness(frame) for frame in frames], QUIET_SHARE))


def _place(heard: Samples) -> int | None:
    """Return the sample at which the tone begins in *heard*; None if it is not clearly there."""
    wanted = tone()
    size = heard.size + wanted.size
    spectrum = np.fft.rfft(heard, size) * np.fft.rfft(wanted, size).conj()
    pitch = np.fft.rfftfreq(size, 1.0 / RATE)
    # Every pitch counts alike, so that one cup that rings is not the tone.
    spectrum /= np.abs(spectrum) + 1e-12
    spectrum[(pitch < LOW) | (pitch > HIGH)] = 0.0
    match = np.abs(np.fft.irfft(spectrum, size)[: heard.size - wanted.size])
    spread = float(np.sqrt(np.mean(np.square(match))))
    best = int(match.argmax())
    return best if spread > 0.0 and match[best] > CLEAR * spread else None


class Metered:
    """A `Sound` that remembers how loud it was lately."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound
        self.levels: list[float] = []
        """dB relative to full scale, a frame each."""

    @property
    def seconds(self) -> float:
        """Seconds since it was opened."""
        return self._sound.seconds

    @property
    def latency(self) -> int:
        """Frames until the frame played last has sounded."""
        return self._sound.latency

    def exchange(self, frame: Samples) -> Samples:
        """Play *frame*, return the next one heard."""
        heard = self._sound.exchange(frame)
        self.levels.append(loudness(heard))
        return heard

    def reopen(self, timeout: float) -> bool:
        """Look for the devices again."""
        return self._sound.reopen(timeout)

    def close(self) -> None:
        """Let both devices go."""
        self._sound.close()

    def loudest(self, seconds: float) -> float:
        """Return the level of the loudest fifth of a second within the last *seconds* (dB)."""
        lately = sorted(self.levels[-round(seconds / FRAME_SECONDS) :])
        return float(np.mean(lately[-round(0.2 / FRAME_SECONDS) :])) if lately else -200.0
