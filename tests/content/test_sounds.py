"""Bells around sentences."""

from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.content.sounds import bells_before, sounds_of_breath
from voicecheckin.voice.bells import bell


def test_each_sentence_with_a_bell_is_said_somewhere_and_each_bell_is_there() -> None:
    script = load("en")
    said = all_sentences(script, script.names)
    for sentence, name in (bells_before() | sounds_of_breath()).items():
        assert sentence in said
        assert bell(name).any()


def test_a_breath_goes_in_and_out() -> None:
    assert set(sounds_of_breath().values()) == {"breath_in", "breath_out"}
