"""Every simulated couple lives through a whole sitting in the simulated kitchen, with sound."""

from pathlib import Path

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Ending, Event, Finish, Speak
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.ear.choose import choose as choose_ear
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.phrases import load as load_phrases
from voicecheckin.ear.recogniser import Recogniser
from voicecheckin.loop import run
from voicecheckin.rooms.actors import Actors
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.observed import ObservedRoom
from voicecheckin.rooms.people import couple, couples
from voicecheckin.sound.echo import canceller
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

pytestmark = pytest.mark.slow

BOOK = load_phrases("en")


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """The best ear that is installed, as a couple would get it."""
    return choose_ear("auto", BOOK)


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
# Evening 3 of the small script holds nothing but its frame, so that this stays short.
def test_every_couple_is_heard_to_the_end(
    name: str, recogniser: Recogniser, rendered: Path
) -> None:
    sound = KitchenSound(Kitchen(seed=7))
    room = AudioRoom(
        sound,
        ImmediateTts(Voice(choose_voice("pyttsx3"), RenderCache(rendered))),
        Ear(recogniser, BOOK),
        canceller("webrtc"),
        Actors(couple(name, 1), sound),
    )
    log = Log()
    try:
        run(
            CheckIn(SMALL, SittingOptions(evening=3, length="short", pace=0.5)),
            ObservedRoom(room, [log]),
        )
    finally:
        room.close()

    assert log.ending in (Ending.COMPLETED, Ending.STOPPED, Ending.DECLINED, Ending.QUIET)
    assert log.said[0].startswith("O0")
    if log.ending is not Ending.QUIET:  # which closes without a word
        assert log.said[-1] == "Good night."
    # A synthetic yes across a kitchen is not always plain, and going on needs a plain one of both.
    if name == "easy":
        assert log.ending in (Ending.COMPLETED, Ending.DECLINED)
    if name == "leaving":
        assert log.ending is not Ending.COMPLETED
