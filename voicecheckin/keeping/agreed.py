"""A mark that both said yes aloud, to names or to a phrase; it can be tested, and not read."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from voicecheckin.keeping.errors import KeepingError
from voicecheckin.keeping.files import read_untraced, remove, write_whole

SALT = 16
"""Bytes at the beginning of the file, new each time; the hash is keyed with them."""
TERM = 30
"""Days after which both are asked about the phrase again."""
SOON = 7
"""Days before that in which they may be asked already: a couple sits down about once a week."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AgreedMark:
    """A file of the owner's alone that tells nothing but that the very same thing was agreed to.

    It is dated alike on every evening. Trouble with the disk means that it was not agreed to.
    """

    path: Path

    def holds(self, agreed: str) -> bool:
        """Whether both said yes to this very thing, and neither took it back."""
        try:
            content = read_untraced(self.path) or b""
        except KeepingError as trouble:
            logger.info("%s", trouble)
            return False
        return secrets.compare_digest(_marked(agreed, content[:SALT]), content)

    def set(self, agreed: str) -> None:
        """Both said yes to this; what they said yes to before holds no longer."""
        try:
            write_whole(self.path, _marked(agreed, secrets.token_bytes(SALT)), 0.0)
        except KeepingError as trouble:
            logger.info("%s", trouble)

    def remove(self) -> None:
        """It holds no longer; KeepingError if it cannot be removed."""
        remove(self.path)


@dataclass(frozen=True, slots=True)
class AgreedNames:
    """Names, until their bearers have said that they are right and from then on."""

    mark: AgreedMark
    names: tuple[str, str]

    @property
    def are_new(self) -> bool:
        """Whether the two are still to be asked about their names."""
        return not self.mark.holds(self._both)

    def confirm(self) -> None:
        """Both said that these names are right."""
        self.mark.set(self._both)

    @property
    def _both(self) -> str:
        return " ".join(self.names)


@dataclass(frozen=True, slots=True)
class AgreedPhrase:
    """A phrase for which both let the microphone be open between sittings, for thirty days."""

    mark: AgreedMark
    phrase: str

    def until(self, today: date) -> date | None:
        """The day on which it ends; None where it does not hold. No day lies in the file itself."""
        days = (today - timedelta(ago) for ago in range(TERM))
        given = next((day for day in days if self.mark.holds(self._on(day))), None)
        return given + timedelta(TERM) if given is not None else None

    def is_to_be_asked(self, today: date) -> bool:
        """Whether both are to be asked tonight."""
        until = self.until(today)
        return until is None or until - today <= timedelta(SOON)

    def answer(self, today: date, *, yes: bool) -> None:
        """Both were asked; anything but two yeses ends it at once. KeepingError if it cannot."""
        if yes:
            self.mark.set(self._on(today))
        else:
            self.mark.remove()

    def _on(self, day: date) -> str:
        return f"{self.phrase} {day}"


def _marked(agreed: str, salt: bytes) -> bytes:
    return salt + hashlib.blake2b(agreed.encode(), key=salt, digest_size=32).digest()
