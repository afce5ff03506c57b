"""Words that somebody changed: only words may be changed, and that they were is announced.

Whoever can write a file on the device can let it say other things. So what consent, stop, help and
leaving are made of is compared with what the program brings; in a language that it does not bring,
only the rules of the loader hold.
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from voicecheckin.content import loader
from voicecheckin.content.lint import banned
from voicecheckin.content.references import all_steps
from voicecheckin.content.spoken import everything_spoken
from voicecheckin.conversation.meaning import MEANINGS
from voicecheckin.conversation.script import Role, Script, Step
from voicecheckin.errors import ContentError

FIXED = (Role.HELP, Role.CLOSING)
"""Roles whose very words belong to the program."""
ANNOUNCED = ("words_changed", "home_listens", "events_written", "not_forgotten")
"""Lines in which the device tells about itself; nobody else words them."""


def changed(script: Script, folder: Traversable | None) -> bool:
    """Whether *script*, read from *folder*, says anything that the program itself does not say."""
    own = _own(script.language)
    if folder is None:
        return False
    if own is None:
        return True
    return set(map(str, everything_spoken(script))) != set(map(str, everything_spoken(own)))


def check(script: Script, root: Traversable, country: str | None, *, card: bool) -> None:
    """Raise ContentError for the first thing that is no matter of words, and was changed."""
    own = _own(script.language, country, card)
    if own is None:
        return
    for problem in _problems(script, own, root):
        raise ContentError(f"{script.language}: {problem}")


def _own(language: str, country: str | None = None, card: bool = False) -> Script | None:
    here = files("voicecheckin.content").joinpath(language, "evenings.toml").is_file()
    return loader.load(language, country, card=card) if here else None


def _problems(script: Script, own: Script, root: Traversable) -> Iterator[str]:
    yield from _framed_otherwise(script, own)
    yield from _decided_otherwise(script, own)
    yield from _told_otherwise(script, own)
    yield from _heard_otherwise(root, script.language)
    yield from banned(script)


def _framed_otherwise(script: Script, own: Script) -> Iterator[str]:
    for key, theirs, ours in (
        ("opening", script.opening, own.opening),
        ("closing", script.closing, own.closing),
        ("branches", tuple(script.branches), tuple(own.branches)),
    ):
        if tuple(theirs) != tuple(ours):
            yield f"{key}: what surrounds an evening belongs to the program; leave it as it is."


def _decided_otherwise(script: Script, own: Script) -> Iterator[str]:
    """Where something is decided, its topic or branch keeps its steps and their order."""
    for name, ours in _groups(own).items():
        theirs = _groups(script).get(name, ())
        decides = any(step.role in MEANINGS or step.role in FIXED for step in ours)
        if decides and (theirs or name in own.branches) and _bones(theirs) != _bones(ours):
            yield (
                f"{name!r}: here the two decide something, so its steps, their order and what they "
                "need stay as they are; change only the words."
            )
    known = {step.id: step for step in all_steps(own)}
    for step in all_steps(script):
        if step.role is not None and step.id not in known:
            yield f"step {step.id!r}: a role is given by the program only; remove it."


def _told_otherwise(script: Script, own: Script) -> Iterator[str]:
    for role in FIXED:
        theirs, ours = script.of_role(role), own.of_role(role)
        if theirs is not None and ours is not None and theirs.say != ours.say:
            yield f"step {ours.id!r}: these words are the same for everyone; leave them."
    for key in ANNOUNCED:
        if script.lines[key] != own.lines[key]:
            yield f"lines.toml, {key!r}: here the device tells about itself; leave it as it is."


def _heard_otherwise(root: Traversable, language: str) -> Iterator[str]:
    theirs = root.joinpath("heard")
    ours = files("voicecheckin.content").joinpath(language, "heard")
    if not theirs.is_dir():
        return
    for file in ours.iterdir():
        copy = theirs.joinpath(file.name)
        if copy.is_file() and copy.read_bytes() != file.read_bytes():
            yield (
                f"heard/{file.name}: what yes, no and stop are belongs to the program; "
                "take this file out of the folder."
            )


def _groups(script: Script) -> dict[str, Sequence[Step]]:
    groups: dict[str, list[Step]] = {}
    for step in script.steps:
        groups.setdefault(step.topic, []).append(step)
    return {**groups, **script.branches}


def _bones(steps: Sequence[Step]) -> list[object]:
    """What is left of steps without their words."""
    return [
        (step.id, step.kind, step.role, step.needs, step.to, step.answers, dict(step.then))
        for step in steps
    ]
