"""Whether the device trips over its own voice, or hears people over it."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.hearing.voices import voice as clip
from voicecheckin.conversation.messages import (
    Command,
    Event,
    Heard,
    Listen,
    Speak,
    SpeechEnded,
    TimedOut,
    VoiceBegan,
)
from voicecheckin.errors import EngineMissing
from voicecheckin.hearing.choose import open_ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.hearing.recognisers.whisper import model_folder
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.frames import RATE
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.choose import choose
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

pytestmark = pytest.mark.slow

OWN_WORDS = (
    "You can say pass, hold, pause, again, slower, or stop.",
    "Yes, or not tonight.",
    "Stop.",
    "Take all the time you want, and go on whenever you are ready.",
)

LONG = " ".join(["And so the evening goes on, and nobody needs to hurry."] * 3)


@pytest.fixture(scope="module", params=["hibari", "pyttsx3"])
def voice(request: pytest.FixtureRequest) -> Iterator[Voice]:
    """The device's voice: the usual one, and the one that is always there."""
    voice = Voice(choose(request.param))
    yield voice
    voice.close()


def room_in(kitchen: KitchenSound, voice: Voice, ear: str) -> AudioRoom:
    """A room with that ear, after a question."""
    room = AudioRoom(kitchen, ImmediateTts(voice), open_ear(ear), canceller())
    room.perform(Listen(("yes", "no")))
    return room


def spoken_out(room: AudioRoom, text: str) -> list[Event]:
    """Say *text* and rest; what was noticed, the end of speech aside."""
    room.perform(Speak(text))
    until = room.now() + 30.0
    events = []
    while (event := room.wait(until)) != SpeechEnded():
        events.append(event)
    room.wait(room.now() + 0.9)
    return events


@pytest.mark.parametrize(("echo", "delay"), [(-10.0, 0.02), (0.0, 0.06), (6.0, 0.25)])
def test_the_device_never_answers_itself(voice: Voice, echo: float, delay: float) -> None:
    kitchen = KitchenSound(Kitchen(echo=echo, delay=delay, reverberation=0.5))
    room = room_in(kitchen, voice, "small")
    assert [spoken_out(room, text) for text in OWN_WORDS] == [[]] * len(OWN_WORDS)


def needs_model(ear: str) -> None:
    """Skip without the model of the ear whisper."""
    try:
        if ear == "whisper":
            model_folder()
    except EngineMissing as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("ear", ["small", "whisper"])
@pytest.mark.parametrize("echo", [-10.0, 0.0, 6.0])
def test_somebody_who_says_stop_over_the_device_is_heard(
    voice: Voice, echo: float, ear: str
) -> None:
    needs_model(ear)
    kitchen = KitchenSound(Kitchen(echo=echo, delay=0.12))
    room = room_in(kitchen, voice, ear)
    for text in OWN_WORDS[:2]:
        spoken_out(room, text)
    said = kitchen.place(room.now() + 2.0, clip("stop_1"), 1)
    room.perform(Speak(LONG))
    heard = list(iter(partial(room.wait, said + 1.5), TimedOut()))
    assert heard[0] in (Heard(Command.STOP), VoiceBegan())
    assert Heard(Command.STOP) in heard


def test_a_word_that_outlasts_the_devices_sentence_is_heard_whole(voice: Voice) -> None:
    needs_model("whisper")
    kitchen = KitchenSound(Kitchen(echo=0.0))
    room = room_in(kitchen, voice, "whisper")
    for text in OWN_WORDS:
        spoken_out(room, text)
    word = clip("stop_1")
    ends = len(voice.sentence(OWN_WORDS[0])) / RATE
    kitchen.place(room.now() + ends - len(word) / RATE / 2, word, 1)
    room.perform(Speak(OWN_WORDS[0]))
    assert room.wait(room.now() + 9.0) == SpeechEnded()
    resting = room.wait(room.now() + 0.6)
    room.perform(Speak(LONG))
    later = iter(partial(room.wait, room.now() + 3.0), TimedOut())
    assert Heard(Command.STOP) in (resting, *later)
