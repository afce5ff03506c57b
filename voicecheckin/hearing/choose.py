"""Picks an ear by name."""

import difflib
import logging
from importlib.util import find_spec

from voicecheckin.errors import EngineMissing, SettingsError
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.phrases.phrasebook import Phrasebook, load
from voicecheckin.hearing.recognisers.head_ear import Encoder, HeadEar
from voicecheckin.hearing.recognisers.languages import NoEar, check_ear, has_ear
from voicecheckin.hearing.recognisers.recogniser import Recogniser
from voicecheckin.hearing.recognisers.speech_recognition import TranscriptEar
from voicecheckin.hearing.recognisers.untrained import unknown_to
from voicecheckin.hearing.recognisers.wyoming import DEFAULT_URI, Report, WyomingEar
from voicecheckin.hearing.work import Work

ENGINES = ("auto", "whisper", "small", "wyoming", "sr")

GOOD_FOR = {
    "whisper": "across a kitchen",
    "small": "near by, in a quiet room",
}
"""Where an ear hears well, by its name."""

_log = logging.getLogger(__name__)


def choose(
    name: str = "auto", phrasebook: Phrasebook | None = None, report: Report = _log.warning
) -> Recogniser:
    """Return the recogniser called *name*: auto, whisper, small, wyoming[:uri] or sr:NAME.

    EngineMissing where it cannot hear the phrasebook's language. What was called sphinx in the
    settings of 0.1.0 is small: PocketSphinx never was sure enough of a yes.

    auto is whisper where its model is here, and small everywhere else; its `name` says which.
    *report* is told in one sentence when a server is lost during a sitting.
    """
    phrasebook = phrasebook or load()
    engine, _, rest = name.partition(":")
    match engine:
        case "auto" if not rest:
            return best(phrasebook)
        case "whisper" if not rest:
            return _whisper(phrasebook)
        case "small" | "sphinx" if not rest:
            return _small(phrasebook)
        case "wyoming":
            own = best(phrasebook) if has_ear(phrasebook.language) else NoEar()
            return WyomingEar(phrasebook, own, rest or DEFAULT_URI, report)
        case "sr" if rest:
            if rest == "sphinx":  # its words are English, those of the others are not only
                check_ear(phrasebook.language)
            return TranscriptEar(rest, phrasebook)
    raise SettingsError(f"There is no ear called {name!r}: {_meant(engine)}")


def described(recogniser: Recogniser) -> str:
    """Return which ear listens, and where it hears well."""
    place = GOOD_FOR.get(recogniser.name)
    return f"{recogniser.name} ({place})" if place else recogniser.name


def runs_elsewhere(name: str) -> bool:
    """Whether the ear called *name* is another machine in the home."""
    return name.partition(":")[0] == "wyoming"


def open_ear(
    name: str = "auto",
    language: str = "en",
    work: Work | None = None,
    report: Report = _log.warning,
) -> Ear:
    """Return an ear that listens with the recogniser called *name*; see `choose`."""
    phrasebook = load(language)
    return Ear(choose(name, phrasebook, report), phrasebook, work)


def best(phrasebook: Phrasebook) -> Recogniser:
    """Return the best recogniser that is installed here; EngineMissing without its language."""
    check_ear(phrasebook.language)
    try:
        return _whisper(phrasebook)
    except EngineMissing as missing:
        _log.info("hearing with the small ear: %s", missing)
        return _small(phrasebook)


def has_whisper() -> bool:
    """Whether the ear whisper and its model are here."""
    from voicecheckin.hearing.recognisers.whisper import model_folder

    if find_spec("ctranslate2") is None:
        return False
    try:
        model_folder()
    except EngineMissing:
        return False
    return True


def _whisper(phrasebook: Phrasebook) -> Recogniser:
    check_ear(phrasebook.language)
    from voicecheckin.hearing.recognisers.whisper import WhisperEncoder

    return _with_spotter(WhisperEncoder(), phrasebook)


def _small(phrasebook: Phrasebook) -> Recogniser:
    check_ear(phrasebook.language)
    from voicecheckin.hearing.recognisers.small import SmallEncoder

    return _with_spotter(SmallEncoder(), phrasebook)


def _with_spotter(encoder: Encoder, phrasebook: Phrasebook) -> Recogniser:
    """Return the ear on *encoder*, with a spotter for a stop over the device's voice.

    If the content has wordings that it never met, PocketSphinx is beside it too.
    """
    from voicecheckin.hearing.recognisers.spotting import StopSpotter

    ear = HeadEar(phrasebook, encoder, StopSpotter(phrasebook.language))
    unknown = unknown_to(ear.labels, phrasebook).values()
    if not unknown or not find_spec("pocketsphinx"):
        return ear
    from voicecheckin.hearing.recognisers.supplement import Supplemented

    return Supplemented(ear, phrasebook, unknown)


def _meant(engine: str) -> str:
    near = difflib.get_close_matches(engine, ENGINES, 1, 0.6)
    return f"did you mean {near[0]}?" if near else f"choose from {', '.join(ENGINES)}:NAME."
