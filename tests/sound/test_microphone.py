"""A microphone alone, on a real sound stack without hardware; and who knows that it is open."""

from dataclasses import replace

import pytest

from tests.sound_stack import SoundStack
from voicecheckin.errors import DeviceLost, SoundUnavailable
from voicecheckin.sound.card import CardSound
from voicecheckin.sound.frames import silence
from voicecheckin.sound.microphone import OpenMicrophone
from voicecheckin.sound.portaudio import find
from voicecheckin.sound.streams import Microphone


class Onlooker:
    """Counts streams that record, at every moment at which a light would change."""

    def __init__(self, stack: SoundStack) -> None:
        self._stack = stack
        self.open = False
        self.arrived_dark = 0
        self.frames = 0
        self.dark_with: list[int] = []
        """How many streams recorded whenever the light went, or still was, dark."""

    def opening(self) -> None:
        self._note_dark()
        self.open = True

    def arrived(self) -> None:
        self.frames += 1
        self.arrived_dark += not self.open

    def closed(self) -> None:
        self.open = False
        self._note_dark()

    def searching(self) -> None:
        """Nothing to see."""

    def _note_dark(self) -> None:
        recording = self._stack.pactl("list", "short", "source-outputs")
        self.dark_with.append(len(recording.splitlines()))


def test_sr_34_the_light_is_on_before_the_microphone_opens_and_until_it_is_closed(
    stack: SoundStack,
) -> None:
    onlooker = Onlooker(stack)
    microphone = OpenMicrophone(listener=onlooker)
    assert microphone.open(1.0)
    microphone.frame()
    microphone.close()
    sound = CardSound(listener=onlooker)
    sound.exchange(silence())
    sound.close()
    assert onlooker.frames > 2
    assert onlooker.arrived_dark == 0
    assert onlooker.dark_with == [0, 0, 0, 0]


def test_a_microphone_that_comes_late_or_was_unplugged_is_found_by_its_name(
    stack: SoundStack,
) -> None:
    microphone = OpenMicrophone("kitchen_table")
    with pytest.raises(DeviceLost):
        microphone.frame()
    stack.unplug()
    assert not microphone.open(0.0)
    stack.plug()
    assert microphone.open(0.0)
    assert microphone.frame().size == silence().size
    microphone.close()


def test_a_rate_that_is_refused_is_said_and_leaves_the_light_dark(stack: SoundStack) -> None:
    onlooker = Onlooker(stack)
    wrong = replace(find("input"), rate=9)
    with pytest.raises(SoundUnavailable, match="cannot be opened"):
        Microphone(wrong, onlooker)
    assert not onlooker.open
