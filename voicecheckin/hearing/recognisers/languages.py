"""Which languages can be heard on this machine."""

from collections.abc import Sequence
from importlib.resources import files

from voicecheckin.errors import EngineMissing
from voicecheckin.hearing.recognisers.recogniser import Recogniser, Recognition
from voicecheckin.sound.frames import Samples


def has_ear(language: str) -> bool:
    """Whether an ear was trained for *language*."""
    return (files("voicecheckin.hearing.recognisers") / "heads" / language).is_dir()


def check_ear(language: str) -> None:
    """Say in one sentence that *language* cannot be heard on this machine, if so."""
    if not has_ear(language):
        raise EngineMissing(
            f"There is no ear for {language!r} yet; use screen and keyboard, or a home server "
            "(--text, or --ear wyoming)."
        )


class NoEar(Recogniser):
    """Stands where a language has no ear of this machine: it understands nothing."""

    name = "none"

    def decide(self, utterance: Samples, phrases: Sequence[str]) -> Recognition:
        """Nothing was understood."""
        return Recognition(None, 0.0)
