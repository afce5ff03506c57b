"""A simulated kitchen: people, echo, reverberation and dishes, repeatable to the sample."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecheckin.errors import DeviceLost
from voicecheckin.sound.frames import FRAME, FRAME_SECONDS, RATE, Samples, gain, loudness, silence
from voicecheckin.sound.noise import KitchenNoise
from voicecheckin.sound.recording import RecordedSound
from voicecheckin.sound.reverberation import Reverberation, impulse_response

PERSON_LEVEL = -26.0
"""dB relative to full scale: somebody at the table, as the microphone hears them speak."""

DEVICE_LEVEL = -23.0
"""dB relative to full scale: the loudness the voice is evened to; the echo's level starts here."""

SEATS = 4
"""Places at the table; each has its own way to the microphone."""


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What a simulated kitchen is like."""

    seed: int = 0
    """The same seed gives the same walls and the same dishes."""
    echo: float | None = -6.0
    """dB relative to a person: how loud the microphone hears the device; None for not at all."""
    delay: float = 0.06
    """Seconds from playing a sample to hearing it."""
    reverberation: float = 0.35
    """Seconds in which a sound falls by 60 dB."""
    noise: float | None = -30.0
    """dB relative to a person: a fan and dishes; None for none."""


class KitchenSound:
    """A `Sound` without hardware or real time: it runs as fast as the processor allows."""

    def __init__(self, kitchen: Kitchen | None = None, wav: Path | None = None) -> None:
        """Open *kitchen*; *wav* keeps its sound: left what is heard, right what is played."""
        self._kitchen = kitchen = kitchen or Kitchen()
        rng = np.random.default_rng((kitchen.seed, 0))
        response = impulse_response(kitchen.reverberation, 6.0, rng)
        level = -200.0 if kitchen.echo is None else kitchen.echo + PERSON_LEVEL - DEVICE_LEVEL
        self._echo = Reverberation(response * gain(level))
        self._seats = [
            Reverberation(impulse_response(kitchen.reverberation, 2.0, rng)) for _ in range(SEATS)
        ]
        self._noise = _noise(kitchen)
        self._coming = _Coming()
        self._frames = 0
        self._outages: list[tuple[float, float]] = []
        self._wav = RecordedSound(wav, channels=2) if wav else None

    @property
    def seconds(self) -> float:
        """Simulated seconds since it was opened."""
        return self._frames * FRAME_SECONDS

    @property
    def latency(self) -> int:
        """Frames until a played frame has reached the microphone."""
        return math.ceil(self._kitchen.delay / FRAME_SECONDS)

    def place(self, start: float, samples: Samples, seat: int = 0, level: float = 0.0) -> float:
        """Let somebody on *seat* speak from *start* (seconds) on; return when they end.

        A start in the past is now. *level* is in dB relative to a person speaking normally.
        """
        start = max(start, self.seconds)
        loud = samples * gain(PERSON_LEVEL + level - _speech_level(samples))
        offset = round((start - self.seconds) * RATE)
        self._coming.add(offset, self._seats[seat % SEATS].apply(loud))
        return start + len(samples) / RATE

    def lose(self, start: float, seconds: float) -> None:
        """Unplug the devices at *start*, and plug them in again *seconds* later."""
        self._outages.append((start, start + seconds))

    def exchange(self, frame: Samples) -> Samples:
        """Play *frame* into the kitchen and return what its microphone hears meanwhile."""
        if self._lost():
            raise DeviceLost("The kitchen's microphone and speaker are unplugged.")
        if self._kitchen.echo is not None and frame.any():
            echo = self._echo.apply(np.tanh(frame))  # small speakers saturate
            self._coming.add(round(self._kitchen.delay * RATE), echo)
        arriving = self._coming.take(FRAME)
        if self._noise is not None:
            arriving += self._noise.take(FRAME)
        heard: Samples = np.clip(arriving, -1.0, 1.0)
        self._keep(heard, frame)
        self._frames += 1
        return heard

    def reopen(self, timeout: float) -> bool:
        """Let *timeout* simulated seconds go by, or as many as it takes to get the devices back."""
        until = self.seconds + timeout
        while self._lost() and self.seconds < until:
            self._coming.take(FRAME)
            self._keep(silence(), silence())
            self._frames += 1
        return not self._lost()

    def close(self) -> None:
        """Finish the recording, if there is one."""
        if self._wav:
            self._wav.close()

    def _lost(self) -> bool:
        return any(start <= self.seconds < end for start, end in self._outages)

    def _keep(self, heard: Samples, played: Samples) -> None:
        if self._wav:
            self._wav.write(np.column_stack((heard, played)))


class _Coming:
    """The sound that is on its way to the microphone."""

    def __init__(self) -> None:
        self._sound = np.zeros(8 * RATE, np.float32)
        self._now = 0

    def add(self, offset: int, samples: Samples) -> None:
        start = self._now + offset
        end = start + len(samples)
        if end > len(self._sound):
            left = self._sound[self._now :]
            self._sound = np.zeros(2 * max(end - self._now, 8 * RATE), np.float32)
            self._sound[: len(left)] = left
            start, end, self._now = start - self._now, end - self._now, 0
        self._sound[start:end] += samples

    def take(self, count: int) -> Samples:
        taken = self._sound[self._now : self._now + count].copy()
        self._now += count
        return np.pad(taken, (0, count - len(taken)))


def _speech_level(samples: Samples) -> float:
    """Return the level of speech without its pauses: of all within 25 dB of its loudest frame."""
    count = len(samples) // FRAME
    levels = [loudness(frame) for frame in np.split(samples[: count * FRAME], max(count, 1))]
    spoken = [frame for frame in levels if frame > max(levels) - 25.0]
    return 10.0 * math.log10(sum(10.0 ** (frame / 10.0) for frame in spoken) / len(spoken))


def _noise(kitchen: Kitchen) -> KitchenNoise | None:
    level = kitchen.noise
    return None if level is None else KitchenNoise(PERSON_LEVEL + level, kitchen.seed)
