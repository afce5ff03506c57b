"""Which microphone and which speaker are probably meant."""

import re
from collections.abc import Iterable
from itertools import product

LIKELY = re.compile(
    r"speakerphone|conference|jabra|anker|poly|yealink|emeet|respeaker|seeed|voicehat|usb", re.I
)
"""What people buy for this, and whatever they have plugged in themselves."""

UNLIKELY = re.compile(r"hdmi|iec958|s/?pdif|monitor|loopback|webcam|camera", re.I)
"""A screen's speaker, a camera's microphone."""

NO_DEVICE = re.compile(
    r"(samplerate|speexrate|speex|upmix|vdownmix|lavrate|jack|oss|null|dmix|dsnoop|front"
    r"|surround\d+|modem|phoneline|sysdefault)(:.*)?$",
    re.I,
)
"""ALSA's plugins, which only lead to one of the others."""

MOST_PAIRS = 4
"""How many pairs are tried; each takes some seconds."""


def ranked(names: Iterable[str], default: str = "") -> list[str]:
    """Return the devices, the most promising first; *default* is the system's own choice."""
    real = [name for name in dict.fromkeys(names) if not NO_DEVICE.match(name)]
    return sorted(real, key=lambda name: -_promise(name, default))


def pairs(microphones: Iterable[str], speakers: Iterable[str]) -> list[tuple[str, str]]:
    """Return which to try together, both ranked; one device that does both comes first."""
    order = sorted(product(enumerate(microphones), enumerate(speakers)), key=_rank)
    return [(microphone, speaker) for (_, microphone), (_, speaker) in order][:MOST_PAIRS]


def _rank(pair: tuple[tuple[int, str], tuple[int, str]]) -> int:
    (ear, microphone), (mouth, speaker) = pair
    return ear + mouth - 2 * (microphone == speaker)


def _promise(name: str, default: str) -> int:
    if UNLIKELY.search(name):
        return 0
    if LIKELY.search(name):
        return 3
    return 2 if name == default else 1
