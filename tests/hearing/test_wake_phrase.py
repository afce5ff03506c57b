"""The phrase that begins a sitting, spoken by a synthetic voice."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from tests.hearing.voices import RATE, still, words
from voicecheckin.conversation.messages import Answered, Listen
from voicecheckin.errors import SettingsError
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.phrases.phrasebook import load
from voicecheckin.hearing.recognisers.wake_phrase import BEGIN, WakePhraseEar
from voicecheckin.sound.frames import Samples

pytestmark = pytest.mark.slow


def spoken(text: str, folder: Path) -> Samples:
    """*text* by a voice of espeak-ng, in a quiet room."""
    path = folder / "spoken.wav"
    subprocess.run(["espeak-ng", "-v", "en-us+f5", "-s", "145", "-w", str(path), text], check=True)
    samples, rate = soundfile.read(path, dtype="float32")
    voice = 0.5 * soxr.resample(samples, rate, RATE).astype(np.float32)
    sound = np.concatenate([still(1.0), voice, still(2.0)])
    noise = np.random.default_rng(0).standard_normal(sound.size).astype(np.float32)
    return sound + 0.001 * noise


@pytest.fixture(scope="module")
def recogniser() -> WakePhraseEar:
    return WakePhraseEar("Let's check in.")


def begins(recogniser: WakePhraseEar, sound: Samples) -> int:
    """How often *sound* would begin a sitting."""
    ear = Ear(recogniser, load())
    ear.listen(Listen(answers=(BEGIN,), turn=True))
    frames = sound[: sound.size // 480 * 480].reshape(-1, 480)
    return [event for frame in frames for event in ear.hear(frame)].count(Answered(BEGIN))


def test_the_phrase_begins_a_sitting(recogniser: WakePhraseEar, tmp_path: Path) -> None:
    assert begins(recogniser, spoken("let's check in", tmp_path)) == 1


@pytest.mark.parametrize("text", ["the kettle is on", "shall we dance", "stop", "come in"])
def test_other_words_do_not(recogniser: WakePhraseEar, tmp_path: Path, text: str) -> None:
    assert begins(recogniser, spoken(text, tmp_path)) == 0


def test_real_people_who_say_something_else_begin_nothing(recogniser: WakePhraseEar) -> None:
    assert begins(recogniser, words("go_1", "happy_1", "help_1", "coffee_1")) == 0


def test_within_a_long_sentence_it_is_not_meant(recogniser: WakePhraseEar, tmp_path: Path) -> None:
    text = "and then I told them that on Friday morning let's check in with the doctor about it"
    assert begins(recogniser, spoken(text, tmp_path)) == 0


def test_only_where_it_is_listened_for_and_never_in_silence(recogniser: WakePhraseEar) -> None:
    assert recogniser.decide(still(1.0), (BEGIN,)).phrase is None
    assert recogniser.decide(words("go_1"), ("go on",)).phrase is None


def test_a_word_that_cannot_be_pronounced_is_named() -> None:
    with pytest.raises(SettingsError, match="'xyzzyq'"):
        WakePhraseEar("hello xyzzyq")
