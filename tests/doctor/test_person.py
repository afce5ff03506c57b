"""Somebody at the table is asked to say yes."""

from collections.abc import Iterator

import pytest

from tests.hearing.voices import voice as clip
from voicecheckin.content.loader import language_folder
from voicecheckin.content.reading import read
from voicecheckin.doctor.judging import Reply
from voicecheckin.doctor.measuring import measure
from voicecheckin.doctor.person import ask
from voicecheckin.errors import DeviceLost
from voicecheckin.hearing.choose import open_ear
from voicecheckin.sound.frames import RATE
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

pytestmark = pytest.mark.slow

REQUEST = read(language_folder("en"), "doctor.toml").text("please_say")


@pytest.fixture(scope="module")
def voice() -> Iterator[Voice]:
    """The voice that asks."""
    speaker = Voice(Pyttsx3Engine())
    yield speaker
    speaker.close()


def asked(voice: Voice, said: str = "", level: float = 0.0) -> tuple[Reply, float]:
    """Ask in a kitchen where *said* is the answer, a second after the request."""
    sound = KitchenSound(Kitchen())
    floor = measure(sound).floor
    if said:
        ends = sound.seconds + voice.sentence(REQUEST).size / RATE
        sound.place(ends + 1.0, clip(said), level=level)
    person = ask(sound, ImmediateTts(voice), open_ear("small"), REQUEST, "webrtc", floor)
    return person.reply, person.above


def test_somebody_who_says_yes_is_understood(voice: Voice) -> None:
    reply, above = asked(voice, "yes_1")
    assert reply is Reply.UNDERSTOOD
    assert above > 15.0


def test_the_level_is_that_of_the_voice(voice: Voice) -> None:
    assert asked(voice, "yes_1", -6.0)[1] == pytest.approx(asked(voice, "yes_1")[1] - 6.0, abs=2.0)


def test_somebody_who_says_something_else_is_a_voice(voice: Voice) -> None:
    assert asked(voice, "coffee_1")[0] is Reply.UNCLEAR


def test_an_empty_room_gives_no_answer_to_the_devices_own_voice(voice: Voice) -> None:
    assert asked(voice)[0] is Reply.NOBODY


def test_sound_that_goes_away_is_no_silence(voice: Voice) -> None:
    sound = KitchenSound(Kitchen())
    sound.lose(0.5, 100.0)
    with pytest.raises(DeviceLost):
        ask(sound, ImmediateTts(voice), open_ear("small"), REQUEST, "webrtc", -60.0)
