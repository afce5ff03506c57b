"""Picks an ear by name."""

import difflib
import logging
from importlib.util import find_spec

from voicecheckin.ear.ear import Ear
from voicecheckin.ear.languages import NoEar, check_ear, has_ear
from voicecheckin.ear.phrases import Phrasebook, load
from voicecheckin.ear.recogniser import Recogniser
from voicecheckin.ear.speech_recognition import TranscriptEar
from voicecheckin.ear.work import Work
from voicecheckin.ear.wyoming import DEFAULT_URI, Report, WyomingEar
from voicecheckin.errors import EngineMissing, SettingsError, how_to_install

ENGINES = ("auto", "sphinx", "whisper", "wyoming", "sr")

_log = logging.getLogger(__name__)


def choose(
    name: str = "auto", phrasebook: Phrasebook | None = None, report: Report = _log.warning
) -> Recogniser:
    """Return the recogniser called *name*: auto, sphinx, whisper, wyoming[:uri] or sr:NAME.

    EngineMissing where it cannot hear the phrasebook's language.

    auto is whisper where it and its model are installed, and sphinx everywhere else; its `name`
    says which. *report* is told in one sentence when a server is lost during a sitting.
    """
    phrasebook = phrasebook or load()
    engine, _, rest = name.partition(":")
    match engine:
        case "auto" if not rest:
            return best(phrasebook)
        case "sphinx" if not rest:
            return _sphinx(phrasebook)
        case "whisper" if not rest:
            return _whisper(phrasebook)
        case "wyoming":
            own = best(phrasebook) if has_ear(phrasebook.language) else NoEar()
            return WyomingEar(phrasebook, own, rest or DEFAULT_URI, report)
        case "sr" if rest:
            if rest == "sphinx":  # its words are English, those of the others are not only
                check_ear(phrasebook.language)
            return TranscriptEar(rest, phrasebook)
    raise SettingsError(f"There is no ear called {name!r}: {_meant(engine)}")


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
        _log.info("hearing with sphinx: %s", missing)
        return _sphinx(phrasebook)


def hears_across_a_kitchen() -> bool:
    """Whether the ear whisper is here: sphinx wants people near, and asks again otherwise."""
    return find_spec("faster_whisper") is not None and has_whisper_model()


def has_whisper_model() -> bool:
    """Whether the model of the ear whisper is here."""
    from voicecheckin.ear.features import model_folder

    try:
        model_folder()
    except EngineMissing:
        return False
    return True


def _whisper(phrasebook: Phrasebook) -> Recogniser:
    check_ear(phrasebook.language)
    if not find_spec("faster_whisper"):
        raise EngineMissing(f"The ear whisper is not installed: {how_to_install('whisper')}")
    from voicecheckin.ear.whisper import WhisperEar

    return WhisperEar(phrasebook)


def _sphinx(phrasebook: Phrasebook) -> Recogniser:
    check_ear(phrasebook.language)
    if not find_spec("pocketsphinx"):
        raise EngineMissing(f"The ear sphinx is not installed: {how_to_install('pocketsphinx')}")
    from voicecheckin.ear.sphinx import SphinxEar

    return SphinxEar(phrasebook)


def _meant(engine: str) -> str:
    near = difflib.get_close_matches(engine, ENGINES, 1, 0.6)
    return f"did you mean {near[0]}?" if near else f"choose from {', '.join(ENGINES)}:NAME."
