"""What a home server gets to hear: answers to questions, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.hearing.scripted import BOOK, CONSENT, TURN, Scripted, events, meanings
from tests.hearing.voices import still, voice, words
from tests.wyoming_server import message, server
from voicecheckin.conversation.messages import Answered, Command, Heard, Listen
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.recognisers.languages import NoEar
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.recognisers.wyoming import WyomingEar
from voicecheckin.sound.frames import Samples

pytest.importorskip("wyoming", reason="needs the package wyoming")


@dataclass
class Home:
    """A server that understands yes, whatever it hears, and an ear that asks it."""

    uri: str
    reached: list[str]
    own: Scripted = field(default_factory=lambda: Scripted([Recognition("pause", 0.9)]))

    def hears(self, listen: Listen, sound: Samples, speaking: bool = False) -> int:
        """How often something reached the server while this was listened for."""
        ear = Ear(WyomingEar(BOOK, self.own, self.uri), BOOK)
        ear.listen(listen)
        self.meant = meanings(events(ear, sound, speaking))
        return len(self.reached)


@pytest.fixture
def home() -> Iterator[Home]:
    reached: list[str] = []

    def answer(text: str) -> bytes:
        reached.append(text)
        return message("transcript", {"text": "yes"})

    with server(answer) as uri:
        yield Home(uri, reached)


def test_an_answer_to_a_question_is_sent(home: Home) -> None:
    assert home.hears(CONSENT, words("yes_1")) == 1
    assert home.meant == [Answered("yes")]
    assert home.own.asked == []


@pytest.mark.parametrize(
    "listen",
    [TURN, Listen(("yes", "no"), turn=True, patience=3.0), Listen()],
    ids=["in a turn", "in a turn that may be answered", "where nothing is asked"],
)
def test_whatever_is_said_beside_a_question_stays_here(home: Home, listen: Listen) -> None:
    talk = np.concatenate([voice("talk")[: 16_000 * 8], words("stop_1", "yes_1", gap=2.5)])
    assert home.hears(listen, talk) == 0
    assert Heard(Command.PAUSE) in home.meant


def test_what_is_said_over_the_device_stays_here(home: Home) -> None:
    assert home.hears(CONSENT, words("stop_1"), speaking=True) == 0


def test_what_began_in_a_turn_stays_here_though_a_question_follows(home: Home) -> None:
    ear = Ear(WyomingEar(BOOK, home.own, home.uri), BOOK)
    ear.listen(TURN)
    sound = words("yes_1")
    middle = 480 * 65  # 1.95 s: "yes" has just begun to sound
    events(ear, sound[:middle])
    ear.listen(CONSENT)
    events(ear, np.concatenate([sound[middle:], still(1)]))
    assert home.reached == []
    assert home.own.asked


def test_the_loss_of_a_server_is_told_as_what_is_left() -> None:
    told: list[str] = []
    for own in (Scripted([Recognition("yes", 0.9)]), NoEar()):
        ear = WyomingEar(BOOK, own, "tcp://127.0.0.1:9", told.append)
        ear.decide(voice("yes_1"), ("yes", "no"))
    assert told == [
        "The speech server at tcp://127.0.0.1:9 does not answer. I go on with my own ear.",
        "The speech server at tcp://127.0.0.1:9 does not answer. I cannot make out words any more.",
    ]
