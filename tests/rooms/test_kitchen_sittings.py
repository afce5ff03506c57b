"""Every simulated couple lives through a whole sitting in the simulated kitchen, with sound."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Ending, Event, Finish, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.script import Evening, Script
from voicecheckin.hearing.choose import choose as choose_ear
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.loop import run
from voicecheckin.rooms.actors import Actors, Saying, spoken
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.observed import ObservedRoom
from voicecheckin.rooms.people import couple, couples
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

pytestmark = pytest.mark.slow

BOOK = load_phrases("en")
FRAME = ("O0", "O2a", "O4", "P1", "C1", "C6")
"""The steps of an evening that is asked for, agreed to, and has one turn of each."""
REST = 60.0
"""Seconds of a time-out: twenty minutes of it are a minute of computing."""
ENDINGS = {"leaving": Ending.STOPPED}
"""How a couple ends that does not live through its evening."""


def frame() -> Script:
    """The small script, of an evening that even those who take long go through in minutes."""
    steps = tuple(step for step in SMALL.steps if step.id in FRAME)
    rest, back = SMALL.branches["time out"]
    topics = {step.topic for step in steps}
    return replace(
        SMALL,
        steps=steps,
        branches={**SMALL.branches, "time out": (replace(rest, say=(*rest.say[:1], REST)), back)},
        evenings=(Evening(3, "Third", ()),),
        opening=tuple(topic for topic in SMALL.opening if topic in topics),
        closing=tuple(topic for topic in SMALL.closing if topic in topics),
    )


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """The best ear that is installed, as a couple would get it."""
    return choose_ear("auto", BOOK)


@pytest.fixture(scope="module")
def voices() -> tuple[Saying, Saying]:
    """Two whose yes was plain in 8 of 8 and in 7 of 8 kitchens."""
    return partial(spoken, who=1), partial(spoken, who=0)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rendered")


class Log:
    """Looks on: what was said, and how it ended."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.ending: Ending | None = None

    def saw(self, event: Event, now: float) -> None:
        """Events are not looked at."""

    def did(self, effect: object, now: float) -> None:
        if isinstance(effect, Speak):
            self.said.append(effect.text)
        if isinstance(effect, Finish):
            self.ending = effect.ending


@pytest.mark.parametrize("name", sorted(couples()))
def test_every_couple_is_heard_to_the_end(
    name: str, recogniser: Recogniser, voices: tuple[Saying, Saying], rendered: Path
) -> None:
    sound = KitchenSound(Kitchen(seed=7))
    room = AudioRoom(
        sound,
        ImmediateTts(Voice(choose_voice("pyttsx3"), RenderCache(rendered))),
        Ear(recogniser, BOOK),
        canceller("webrtc"),
        Actors(couple(name, 1), sound, voices=voices),
    )
    log = Log()
    script = SMALL if name == "easy" else frame()
    try:
        run(
            CheckIn(script, SittingOptions(evening=3, length="short", pace=0.5)),
            ObservedRoom(room, [log]),
        )
    finally:
        room.close()

    assert log.ending is ENDINGS.get(name, Ending.COMPLETED)
    assert log.said[0].startswith("O0")
    assert log.said[-1] == "Good night."
