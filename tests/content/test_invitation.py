"""What is said when the device invites: no name, no promise, no reminder."""

from tests.content.scripts import script
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import Speak, SpeechEnded, Started, TimedOut
from voicecheckin.conversation.options import SittingOptions


def said(names: tuple[str, str] | None, *, invited: bool) -> list[str]:
    """What is said to an empty table."""
    checkin = CheckIn(script(), SittingOptions(names=names, tentative=True, invited=invited))
    found, now, effects = [], 0.0, checkin.handle(Started(), 0.0)
    while not checkin.finished:
        found += [effect.text for effect in effects if isinstance(effect, Speak)]
        now = now + 1.0 if checkin.deadline is None else checkin.deadline
        effects = checkin.handle(SpeechEnded() if checkin.deadline is None else TimedOut(), now)
    return found


def test_nobody_is_called_by_name() -> None:
    words = " ".join(said(("Robin", "Sam"), invited=True))
    assert "Robin" not in words
    assert "Sam" not in words


def test_it_says_so_before_it_asks_and_falls_silent_by_itself() -> None:
    plain, inviting = (said(("Robin", "Sam"), invited=invited) for invited in (False, True))
    assert inviting[-len(plain) :] == plain
    assert len(inviting) > len(plain)
