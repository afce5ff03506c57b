"""What options may hold: read, and refused in one sentence."""

import re
from collections.abc import Callable

from voicecheckin.conversation.facts import EVENINGS
from voicecheckin.conversation.journey import WEEKLY
from voicecheckin.errors import SettingsError
from voicecheckin.settings import check_names, check_pace

_CHOICE = re.compile(
    r"(?P<flag>[^:]+): invalid choice: (?P<given>.+) \(choose from (?P<names>.+)\)", re.DOTALL
)


def said_plainly(complaint: str) -> str:
    """What argparse has to say, in our words."""
    complaint = complaint.removeprefix("argument ")
    if chosen := _CHOICE.fullmatch(complaint):
        choices = chosen["names"].replace("'", "")
        return f"{chosen['flag']}: there is no {chosen['given']} here; choose from {choices}"
    return complaint


def names(text: str) -> tuple[str, ...]:
    """Read two names."""
    both = tuple(name.strip() for name in text.split(","))
    _checked("--names", lambda: check_names(both))
    return both


def pace(text: str) -> float:
    """Read a factor for the rests."""
    try:
        factor = float(text)
    except ValueError as error:
        raise SettingsError(f"--pace: {text!r} is not a number, such as 1.5.") from error
    _checked("--pace", lambda: check_pace(factor))
    return factor


def evening(text: str) -> int:
    """Read an evening's number, or `weekly`, which is 0."""
    if text.strip().lower() == EVENINGS[WEEKLY]:
        return WEEKLY
    if text not in [str(number) for number in range(len(EVENINGS))]:
        raise SettingsError(f"--evening: there are 1 to 9, and weekly, not {text!r}.")
    return int(text)


def seed(text: str) -> int:
    """Read a number that makes a rehearsal repeatable."""
    if not text.isascii() or not text.isdigit():
        raise SettingsError(f"--seed: {text!r} is not a whole number, such as 7.")
    return int(text[:18])


def phrases(text: str) -> tuple[str, ...]:
    """Read the answers that a question allows."""
    answers = tuple(phrase.strip() for phrase in text.split(","))
    if not all(answers):
        raise SettingsError(f'--expect: answers are listed like "yes,no,pass", not {text!r}.')
    return answers


def _checked(option: str, check: Callable[[], None]) -> None:
    try:
        check()
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from error
