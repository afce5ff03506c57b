"""A speech server is asked only at home, whatever its name leads to."""

import socket
from collections.abc import Sequence

import numpy as np
import pytest

from voicecheckin.errors import SettingsError
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.hearing.recognisers.wyoming import WyomingEar
from voicecheckin.home_network import NotAtHome, at_home, check_home
from voicecheckin.sound.frames import Samples
from voicecheckin.voice.wyoming_engine import WyomingEngine


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads to these addresses from now on."""

    def looked_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


@pytest.mark.parametrize(
    ("uri", "reached"),
    [
        ("tcp://127.0.0.1:10300", "tcp://127.0.0.1:10300"),
        ("tcp://192.168.1.20:10300", "tcp://192.168.1.20:10300"),
        ("tcp://10.0.0.2:1", "tcp://10.0.0.2:1"),
        ("tcp://172.31.0.2:1", "tcp://172.31.0.2:1"),
        ("tcp://169.254.3.4:1", "tcp://169.254.3.4:1"),
        ("tcp://[::1]:1", "tcp://[::1]:1"),
        ("tcp://[fd00::7]:1", "tcp://[fd00::7]:1"),
        ("tcp://[::ffff:192.168.1.1]:1", "tcp://[::ffff:192.168.1.1]:1"),
        ("unix:///run/piper", "unix:///run/piper"),
    ],
)
def test_what_is_at_home_is_reached_by_its_number(uri: str, reached: str) -> None:
    assert at_home(uri) == reached


@pytest.mark.parametrize(
    "uri",
    [
        "tcp://8.8.8.8:10300",
        "tcp://172.32.0.1:1",
        "tcp://100.64.0.1:1",
        "tcp://0.0.0.0:1",
        "tcp://[2001:4860:4860::8888]:1",
        "tcp://[::ffff:8.8.8.8]:1",
        "tcp://[64:ff9b::808:808]:1",
    ],
)
def test_what_is_elsewhere_is_refused_in_one_sentence(uri: str) -> None:
    with pytest.raises(NotAtHome, match=r"is not in your home: it is at"):
        check_home(uri)


@pytest.mark.parametrize("uri", ["", "homeserver", "tcp://homeserver", "http://1.1.1.1:1"])
def test_an_address_of_another_kind_is_refused(uri: str) -> None:
    with pytest.raises(SettingsError, match="address is like tcp://homeserver:10300"):
        check_home(uri)


def test_one_public_address_among_private_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to(monkeypatch, "192.168.1.20", "9.9.9.9")
    with pytest.raises(NotAtHome, match=r"at 9\.9\.9\.9"):
        check_home("tcp://homeserver:10300")


def test_a_name_is_reached_by_the_number_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leads_to(monkeypatch, "192.168.1.20")
    assert at_home("tcp://homeserver:10300") == "tcp://192.168.1.20:10300"


def test_ear_and_voice_refuse_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to(monkeypatch, "9.9.9.9")
    for build in (lambda uri: WyomingEar(load_phrases(), Own(), uri), WyomingEngine):
        with pytest.raises(NotAtHome):
            build("tcp://homeserver:10300")


class Own(Recogniser):
    """The ear of this machine; it hears yes in everything."""

    name = "own"

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        return Recognition("yes", 1.0)


def test_a_server_that_moves_away_during_the_evening_is_asked_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leads_to(monkeypatch, "192.168.1.20")
    told: list[str] = []
    ear = WyomingEar(load_phrases(), Own(), "tcp://homeserver:10300", told.append)
    leads_to(monkeypatch, "9.9.9.9")
    assert ear.decide(np.zeros(16_000, np.float32), ("yes",)).phrase == "yes"
    assert len(told) == 1
