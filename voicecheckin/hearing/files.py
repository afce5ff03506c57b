"""Recorded utterances and turns, heard through the same ear as the microphone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from voicecheckin.conversation.messages import (
    Answered,
    Event,
    Heard,
    Listen,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.errors import SettingsError, UnreadableSound
from voicecheckin.hearing.agc import even_out
from voicecheckin.hearing.decision import open_phrases
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.endpointing import KEPT, Endpointer, Paused
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.hearing.vad import CHUNK_SECONDS, VoiceActivity
from voicecheckin.sound.frames import RATE, Samples

FRAME = 480
"""Samples in a frame."""
PATIENCE = 1.0
"""Seconds of silence that end a voice in a file, unless another patience is wanted."""
CANCELLED = 0.01
"""Of its loudest channel's power, below which the mean of a sound's channels is not worth hearing:
one voice in one of eight channels leaves more."""

Line = dict[str, str | bool | float | None]
"""One line of the report, ready for JSON."""


def read_sound(path: Path) -> Samples:
    """Read a wav or flac file of any rate and any number of channels."""
    import soundfile
    import soxr

    if not path.is_file():  # a pipe would be waited for
        problem = "it is no file" if path.exists() else "there is no such file"
        raise UnreadableSound(f"{path} cannot be heard: {problem}.")
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError, TypeError) as error:
        raise UnreadableSound(
            f"{path} cannot be heard: it is no wav or flac file, or not a whole one."
        ) from error
    if not sound.size:  # a header without a single sample
        raise UnreadableSound(f"{path} cannot be heard: there is no sound in it.")
    mono = _mono(np.where(np.isfinite(sound), sound, np.float32(0)))
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE).astype(np.float32)
    return mono


def _mono(sound: Samples) -> Samples:
    """All channels in one; where they cancel each other out, the loudest of them."""
    mean: Samples = sound.mean(axis=1, dtype=np.float32)
    powers = np.square(sound, dtype=np.float64).mean(axis=0)
    loudest: Samples = sound[:, np.argmax(powers)]
    cancelled = np.square(mean, dtype=np.float64).mean() < CANCELLED * powers.max()
    return loudest if cancelled else mean


def hear_file(
    path: str | Path, expect: Sequence[str], recogniser: Recogniser, phrasebook: Phrasebook
) -> Line:
    """Judge a file as one utterance after a question with the answers *expect*."""
    answers = expected(expect, phrasebook)
    phrases = open_phrases(Listen(answers), phrasebook, during_tts=False)
    utterance = utterance_in(read_sound(Path(path)))
    began = perf_counter()
    result = recogniser.decide(utterance, phrases)
    seconds = perf_counter() - began
    heard = None if result.doubt else result.phrase
    return {
        "file": str(path),
        "heard": heard,
        "command": heard is not None and heard not in answers,
        "doubt": result.doubt,
        "score": round(result.score, 3),
        "seconds": round(seconds, 3),
    }


def expected(expect: Sequence[str], phrasebook: Phrasebook) -> tuple[str, ...]:
    """Return the ids of the phrases named in *expect*; SettingsError for one we do not know."""
    for name in expect:
        if name not in phrasebook.ids:
            near = phrasebook.nearest(name)
            hint = f'did you mean "{near}"?' if near else "see: voicecheckin script"
            raise SettingsError(f'"{name}" is no phrase that the ear knows: {hint}')
    return tuple(dict.fromkeys(expect))


def utterance_in(sound: Samples) -> Samples:
    """Return the part of *sound* in which somebody speaks, as the ear hands it to a recogniser."""
    activity, ends = VoiceActivity(), Endpointer(patience=KEPT)
    lead = _still(0.6)
    heard = 0
    spoken: slice | None = None
    for frame in _frames(np.concatenate([lead, sound, _still(0.9)])):
        for chunk in activity.hear(frame):
            heard += chunk.samples.size
            for mark in ends.hear(chunk.samples, chunk.probability):
                if isinstance(mark, Paused) and mark.whole.samples.size:
                    start = heard - mark.whole.samples.size - lead.size
                    spoken = slice(max(0, start), max(0, heard - lead.size))
    # A file is an utterance by promise: if no voice stands out, all of it is judged.
    return even_out(sound[spoken] if spoken is not None else sound)


def listen_file(
    path: str | Path,
    recogniser: Recogniser,
    phrasebook: Phrasebook,
    patience: float = PATIENCE,
) -> Iterator[Line]:
    """Hear a file as somebody's free turn; yield what the ear notices, as it notices it."""
    sound = read_sound(Path(path))
    ear = Ear(recogniser, phrasebook)
    ear.listen(Listen(turn=True, patience=patience))
    length = sound.size / RATE
    silent_since: float | None = 0.0
    for number, frame in enumerate(_frames(np.concatenate([sound, _still(patience + 0.9)])), 1):
        t = min(number * FRAME / RATE, length)
        for event in ear.hear(frame):
            if isinstance(event, VoiceBegan) and silent_since is not None:
                yield _line(t, "silence", seconds=max(0.0, t - ear.lag - silent_since))
                silent_since = None
            if isinstance(event, VoiceEnded):
                silent_since = min(number * FRAME / RATE - event.silence, length)
            yield from _lines(t, event)
    ear.close()
    if silent_since is not None and length - silent_since > CHUNK_SECONDS:
        yield _line(length, "silence", seconds=length - silent_since)


def _lines(t: float, event: Event) -> Iterator[Line]:
    match event:
        case VoiceBegan():
            yield _line(t, "voice_began")
        case VoiceEnded():
            yield _line(t, "voice_ended")
        case Heard(command):
            yield _line(t, "command", phrase=command.value)
        case Answered(meaning):
            yield _line(t, "command", phrase=meaning)


def _line(t: float, event: str, phrase: str | None = None, seconds: float | None = None) -> Line:
    line: Line = {"t": round(t, 2), "event": event}
    if phrase is not None:
        line["phrase"] = phrase
    if seconds is not None:
        line["seconds"] = round(seconds, 2)
    return line


def _still(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def _frames(sound: Samples) -> Iterator[Samples]:
    padded = np.pad(sound, (0, -sound.size % FRAME))
    for start in range(0, padded.size, FRAME):
        yield padded[start : start + FRAME]
