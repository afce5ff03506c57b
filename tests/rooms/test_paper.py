"""The room on paper keeps time by what happens in it."""

import pytest

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Hush, Listen, Speak, SpeechEnded, TimedOut
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple

ONE_SECOND = Speak("Word " * 145, tempo=60.0)


def test_a_sentence_takes_as_long_as_its_words() -> None:
    room = PaperRoom(couple("easy"))
    room.perform(ONE_SECOND)
    assert room.wait(None) == SpeechEnded()
    assert room.now() == pytest.approx(1.0)


def test_a_deadline_comes_before_what_lies_behind_it() -> None:
    room = PaperRoom(couple("easy"))
    room.perform(ONE_SECOND)
    assert room.wait(0.25) == TimedOut()
    assert room.now() == 0.25


def test_hushed_speech_never_ends() -> None:
    room = PaperRoom(couple("easy"))
    room.perform(ONE_SECOND)
    room.perform(Hush())
    assert room.wait(5.0) == TimedOut()
    assert room.now() == 5.0


def test_waiting_for_ever_is_an_error() -> None:
    room = PaperRoom(couple("easy"))
    room.perform(Listen())
    with pytest.raises(RuntimeError, match="for ever"):
        room.wait(None)


def test_an_evening_on_paper_keeps_its_own_clock() -> None:
    checkin = CheckIn(SMALL, SittingOptions(evening=2))
    room = PaperRoom(couple("easy"))
    run(checkin, room)
    assert 5 * 60 < room.now() < 20 * 60
