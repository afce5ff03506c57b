"""Which device is meant, among those that ALSA lists."""

from voicecheckin.doctor.devices import MOST_PAIRS, pairs, ranked

RASPBERRY = (
    *("bcm2835 Headphones: -", "vc4-hdmi-0: MAI PCM i2s-hifi-0", "Jabra SPEAK 510 USB: Audio"),
    *("sysdefault", "lavrate", "samplerate", "speexrate", "pulse", "upmix", "vdownmix"),
    *("hdmi", "dmix", "default", "surround51:CARD=0"),
)
MICROPHONES = ("Jabra SPEAK 510 USB: Audio", "pulse", "default")


def test_a_speakerphone_comes_first_and_plugins_not_at_all() -> None:
    assert ranked(RASPBERRY, "default") == [
        *("Jabra SPEAK 510 USB: Audio", "default", "bcm2835 Headphones: -", "pulse"),
        *("vc4-hdmi-0: MAI PCM i2s-hifi-0", "hdmi"),
    ]


def test_a_screens_speaker_is_taken_when_there_is_no_other() -> None:
    assert ranked(["vc4-hdmi-0: MAI PCM"]) == ["vc4-hdmi-0: MAI PCM"]


def test_one_device_that_does_both_is_tried_first() -> None:
    tried = pairs(ranked(MICROPHONES, "default"), ranked(RASPBERRY, "default"))
    assert tried[0] == ("Jabra SPEAK 510 USB: Audio", "Jabra SPEAK 510 USB: Audio")
    assert tried[1] == ("default", "default")
    assert len(tried) == MOST_PAIRS


def test_a_microphone_is_tried_with_every_speaker() -> None:
    assert pairs(["USB mic"], ["headphones", "hdmi"]) == [
        ("USB mic", "headphones"),
        ("USB mic", "hdmi"),
    ]
    assert pairs([], ["hdmi"]) == []
