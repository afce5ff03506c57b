"""The ears with a trained head on real people, with the real encoders."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecheckin.errors import EngineMissing
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.hearing.recognisers.whisper import WhisperEncoder, model_folder
from voicecheckin.sound.frames import Samples

pytestmark = pytest.mark.slow

BOOK = load_phrases("en")
QUESTION = ("yes", "no", "pass", "not sure", *(c for c in BOOK.commands if c != "pass"))
VOICES = Path(__file__).parent / "voices"
MEANT = {word: word for word in ("yes", "no", "stop", "help")}


def said(*words: str) -> Iterator[tuple[str, Samples]]:
    """The word and the sound of every recording of these words."""
    for path in sorted(VOICES.glob("*.flac")):
        word = path.stem.split("-")[0]
        if word in words:
            yield word, soundfile.read(path, dtype="float32")[0]


@pytest.fixture(scope="module", params=["whisper", "small"])
def ear(request: pytest.FixtureRequest) -> Recogniser:
    """Either ear, as it ships."""
    return choose(str(request.param), BOOK)


def test_people_are_understood_and_nobody_is_misheard(ear: Recogniser) -> None:
    heard = [(MEANT[word], ear.decide(sound, QUESTION)) for word, sound in said(*MEANT)]
    right = [v for meant, v in heard if v.phrase == meant and not v.doubt]
    wrong = [v for meant, v in heard if v.phrase not in (meant, None) and not v.doubt]
    assert len(right) >= len(heard) - 1
    assert wrong == []


def test_go_alone_counts_only_where_no_is_no_answer(ear: Recogniser) -> None:
    sounds = [sound for _, sound in said("go")]
    assert {ear.decide(sound, QUESTION).phrase for sound in sounds} == {None}
    assert {ear.decide(sound, BOOK.commands).phrase for sound in sounds} == {"go on"}


def test_other_words_and_orders_for_coffee_are_left_alone(ear: Recogniser) -> None:
    results = [ear.decide(s, QUESTION) for _, s in said("house", "cat", "down", "bird", "order")]
    assert [v for v in results if v.phrase is not None and not v.doubt] == []


def test_a_number_counts_only_where_numbers_are_asked_for(ear: Recogniser) -> None:
    threes = [sound for _, sound in said("three")]
    assert "three" in [
        ear.decide(s, ("one", "two", "three", "four", "five")).phrase for s in threes
    ]
    assert "three" not in [ear.decide(s, QUESTION).phrase for s in threes]


def test_loudness_and_an_offset_change_nothing(ear: Recogniser) -> None:
    _, sound = next(said("yes"))
    changed = (sound * 0.05 + 0.2).astype(np.float32)
    assert ear.decide(changed, QUESTION).phrase == ear.decide(sound, QUESTION).phrase == "yes"


@pytest.mark.parametrize("seconds", [0.0, 0.1, 4.5, 60.0])
def test_what_is_too_short_or_too_long_is_no_phrase(ear: Recogniser, seconds: float) -> None:
    result = ear.decide(np.zeros(round(seconds * 16_000), np.float32), QUESTION)
    assert (result.phrase, result.doubt) == (None, False)


def test_silence_and_hiss_are_no_phrase(ear: Recogniser) -> None:
    hiss = np.random.default_rng(1).standard_normal(24_000).astype(np.float32) * 0.01
    for sound in (np.zeros(24_000, np.float32), hiss):
        assert ear.decide(sound, QUESTION).phrase is None


def test_the_same_sound_gets_the_same_result(ear: Recogniser) -> None:
    _, sound = next(said("no"))
    assert ear.decide(sound, QUESTION) == ear.decide(sound, QUESTION)


def test_a_missing_model_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(EngineMissing, match="setup"):
        model_folder("no-such-model")


def test_a_model_that_is_not_whole_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"half")
    with pytest.raises(EngineMissing, match="cannot be loaded"):
        WhisperEncoder(tmp_path)
