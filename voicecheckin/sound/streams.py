"""One microphone and one speaker at work: PortAudio's callbacks at one end, queues at the other."""

import math
import queue
import time
from typing import Protocol

import numpy as np
import numpy.typing as npt

from voicecheckin.errors import DeviceLost, SoundUnavailable
from voicecheckin.sound.frames import FRAME, FRAME_SECONDS, RATE, Samples, silence
from voicecheckin.sound.portaudio import Device, portaudio
from voicecheckin.sound.resampling import FrameResampler

SILENT = 0.9
"""Seconds without a callback after which a device is taken for gone: 30 of its periods."""

AHEAD = 2
"""Frames kept waiting for the speaker, so that a short stall of ours is not heard."""

BEHIND = 6
"""Frames waiting above which silent ones are dropped: its clock is slower, or we had stalled."""

BUFFER = {"input": 0.2, "output": 0.12}
"""Seconds that a small, busy computer may be late; what is heard is not delayed by it, what is
played is."""

PRIMING = 0.15
"""Seconds; what a speaker takes sooner than this after its start only fills its buffer."""

Block = npt.NDArray[np.float32]
"""Sound as PortAudio has it: a row for each sample, a column for each channel."""


class MicrophoneListener(Protocol):
    """Knows at any time whether a microphone is open, and whether sound really arrives."""

    def opening(self) -> None:
        """A microphone is about to open."""
        ...

    def arrived(self) -> None:
        """A frame was heard."""
        ...

    def closed(self) -> None:
        """The microphone is closed."""
        ...

    def searching(self) -> None:
        """A microphone that was lost is looked for."""
        ...


class NoListener:
    """A listener who looks away."""

    def opening(self) -> None:
        """Do nothing."""

    def arrived(self) -> None:
        """Do nothing."""

    def closed(self) -> None:
        """Do nothing."""

    def searching(self) -> None:
        """Do nothing."""


NO_LISTENER = NoListener()


class Microphone:
    """Frames heard, in order, as they arrive."""

    def __init__(self, device: Device, listener: MicrophoneListener = NO_LISTENER) -> None:
        """Start listening to *device*."""
        self._name = device.name
        self._listener = listener
        self._heard: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._resampler = FrameResampler(device.rate, RATE, FRAME)
        self._frames: list[Samples] = []
        listener.opening()
        try:
            self._stream = _Stream(device, self._take, self._gone)
        except SoundUnavailable:
            listener.closed()
            raise

    def frame(self, patience: float = SILENT) -> Samples:
        """Return the next frame; raise DeviceLost if none comes for *patience* seconds."""
        while not self._frames:
            try:
                block = self._heard.get(timeout=patience)
            except queue.Empty:
                block = None
            if block is None:
                raise DeviceLost(f"The microphone {self._name!r} is gone.")
            self._frames = self._resampler.push(block)
        self._listener.arrived()
        return self._frames.pop(0)

    def skip(self) -> None:
        """Forget what was heard and not yet asked for."""
        while not self._heard.empty():
            self.frame()

    def close(self) -> None:
        """Stop listening."""
        self._stream.close()
        self._listener.closed()

    def _take(self, block: Block, count: int, when: object, status: object) -> None:
        self._heard.put(block[:, 0].copy())

    def _gone(self) -> None:
        self._heard.put(None)


class Speaker:
    """Frames to play, in order; silence where there are none."""

    def __init__(self, device: Device) -> None:
        """Start playing silence to *device*."""
        self._name = device.name
        self._waiting: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._resampler = FrameResampler(RATE, device.rate, device.block)
        self._alive = time.monotonic()
        self._ended = False
        self._began: float | None = None
        self._stream = _Stream(device, self._give, self._gone)

    @property
    def latency(self) -> int:
        """Frames until the frame played last has sounded."""
        return self._waiting.qsize() + math.ceil(self._stream.latency / FRAME_SECONDS)

    @property
    def awake(self) -> bool:
        """Whether the device takes sound: it goes on after the first few blocks, taken at once."""
        return self._began is not None and self._alive - self._began > PRIMING

    def play(self, frame: Samples, patience: float = SILENT) -> None:
        """Add *frame* to what waits; DeviceLost if nothing was taken for *patience* seconds."""
        if self._ended or time.monotonic() - self._alive > patience:
            raise DeviceLost(f"The speaker {self._name!r} is gone.")
        waiting = self._waiting.qsize()
        if waiting > BEHIND and not frame.any():
            return
        ahead = [silence()] * AHEAD if not waiting else []
        for each in (*ahead, frame):
            for block in self._resampler.push(each):
                self._waiting.put(block)

    def close(self) -> None:
        """Stop playing at once."""
        self._stream.close()

    def _give(self, block: Block, count: int, when: object, status: object) -> None:
        self._alive = time.monotonic()
        self._began = self._began or self._alive
        try:
            block[:] = self._waiting.get_nowait()[:, np.newaxis]
        except queue.Empty:
            block.fill(0)

    def _gone(self) -> None:
        self._ended = True


class _Stream:
    """A PortAudio stream in blocks of 30 ms; *callback* runs in PortAudio's own thread."""

    def __init__(self, device: Device, callback: object, finished: object) -> None:
        self._closed = False
        sounddevice = portaudio()
        kind = sounddevice.InputStream if device.way == "input" else sounddevice.OutputStream
        try:
            self._stream = kind(
                device=device.index,
                samplerate=device.rate,
                blocksize=device.block,
                channels=device.channels,
                dtype="float32",
                latency=BUFFER[device.way],
                callback=callback,
                finished_callback=finished,
            )
            self._stream.start()
        except sounddevice.PortAudioError as error:
            raise SoundUnavailable(f"{device.name!r} cannot be opened: {error}") from error

    @property
    def latency(self) -> float:
        """Seconds from the callback to the air."""
        return float(self._stream.latency)

    def close(self) -> None:
        """Close it, once: whoever comes later does not wait for whoever is at it."""
        if self._closed:
            return
        self._closed = True
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
