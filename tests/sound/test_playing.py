"""A sound that is played through the speaker alone."""

import time

import numpy as np
import pytest

from tests.sound_stack import SoundStack
from voicecheckin.errors import SoundUnavailable
from voicecheckin.sound.frames import RATE
from voicecheckin.sound.playing import play

SECOND = (0.1 * np.sin(np.arange(RATE) * 0.3)).astype(np.float32)


def test_it_is_played_to_its_end_where_there_is_no_microphone(stack: SoundStack) -> None:
    began = time.monotonic()
    play(SECOND)
    assert time.monotonic() - began > 0.9


def test_a_speaker_that_is_not_there_is_named(stack: SoundStack) -> None:
    with pytest.raises(SoundUnavailable, match="no speaker called 'trumpet'"):
        play(SECOND, "trumpet")
