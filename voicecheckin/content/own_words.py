"""Words that somebody changed: only words may be changed, and that they were is announced.

Whoever can write a file on the device can let it say other things. So what consent, stop, help and
leaving are made of is compared with what the program brings. In a language that it does not bring,
the words cannot be compared; everything else can, with the English ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable

from voicecheckin.content import loader
from voicecheckin.content.lint import banned
from voicecheckin.content.reading import read
from voicecheckin.content.references import all_steps
from voicecheckin.conversation.meaning import MEANINGS
from voicecheckin.conversation.messages import Command
from voicecheckin.conversation.script import Role, Script, Step
from voicecheckin.errors import ContentError

STRUCTURE = "en"
"""The language whose steps those of every other language are compared with."""
FIXED = frozenset({Role.HELP, Role.CLOSING, *(r for r, one in MEANINGS.items() if one.plain)})
"""Roles whose very words belong to the program: a question turned round turns a yes round, too.

So do those of the branches, which are what somebody asked for.
"""
RULES = "rules"
"""The topic that says how to pass, pause and stop."""
NEW_KINDS = ("tell", "settle")
"""What a step may be that the program does not bring: never one that asks anybody anything."""
ONWARD = ("next", "next topic", "close")
"""Where an answer to such a step may lead: on, or out; never into the middle of something."""
TURNED = ("yes", "no", "stop")
"""Phrases by which a language is known again under another name."""
MOST_SHARED = 2
"""How many wordings of those two languages may have in common: "no" and "stop", say."""


def changed(script: Script, folder: Traversable | None, country: str | None, *, card: bool) -> bool:
    """Whether *script*, read from *folder*, is any other than the program's own."""
    return folder is not None and script != _own(script.language, country, card)


def check(script: Script, root: Traversable, country: str | None, *, card: bool) -> None:
    """Raise ContentError for the first thing that is no matter of words, and was changed."""
    own = _own(script.language, country, card)
    for problem in _problems(script, own, root):
        raise ContentError(f"{script.language}: {problem}")


@cache
def _own(language: str, country: str | None, card: bool) -> Script:
    """What the program itself says; in English, where it does not bring *language*."""
    return loader.load(language if loader.is_brought(language) else STRUCTURE, country, card=card)


def _problems(script: Script, own: Script, root: Traversable) -> Iterator[str]:
    yield from _framed_otherwise(script, own)
    yield from _decided_otherwise(script, own)
    yield from _added(script, own)
    if script.language == own.language:
        yield from _told_otherwise(script, own)
        yield from _heard_otherwise(root, script.language)
    else:
        yield from _heard_under_another_name(root)
    yield from banned(script, root, own)


def _framed_otherwise(script: Script, own: Script) -> Iterator[str]:
    for key, theirs, ours in (
        ("opening", script.opening, own.opening),
        ("closing", script.closing, own.closing),
        ("branches", tuple(script.branches), tuple(own.branches)),
    ):
        if theirs != ours:
            yield f"{key}: what surrounds an evening belongs to the program; leave it as it is."


def _decided_otherwise(script: Script, own: Script) -> Iterator[str]:
    """In the frame, and where something is decided, a topic or branch keeps its steps in order."""
    framed = {*own.opening, *own.closing, *own.branches}
    groups = _groups(script)
    for name, ours in _groups(own).items():
        theirs = groups.get(name, ())
        decides = any(step.role in MEANINGS for step in ours)
        kept = name in framed or (decides and theirs)
        if kept and [step.id for step in theirs] != [step.id for step in ours]:
            yield (
                f"{name!r}: the steps of this part, and their order, belong to the program; "
                "change only the words."
            )
    known = {step.id: step for step in all_steps(own)}
    for step in all_steps(script):
        if step.id in known and _bones(step) != _bones(known[step.id]):
            yield (
                f"step {step.id!r}: only its words may be changed, not where it stands, what it "
                "needs, or what follows from an answer; put the rest back."
            )


def _added(script: Script, own: Script) -> Iterator[str]:
    """A step that the program does not bring is a light one, and decides nothing."""
    known = {step.id for step in all_steps(own)}
    for step in all_steps(script):
        if step.id in known:
            continue
        if step.role is not None:
            yield f"step {step.id!r}: a role is given by the program only; remove it."
        if step.kind not in NEW_KINDS or step.pacing == "D" or step.fixed:
            yield (
                f"step {step.id!r}: a new step is a tell or a settle; nothing that asks can be "
                "added, only reworded."
            )
        if not set(step.then.values()) <= set(ONWARD):
            yield f"step {step.id!r}, 'then': an answer may lead to {', '.join(ONWARD)} only."


def _told_otherwise(script: Script, own: Script) -> Iterator[str]:
    theirs = {step.id: step for step in all_steps(script)}
    for ours in all_steps(own):
        step = theirs.get(ours.id, ours)
        fixed = ours.fixed or ours.role in FIXED or ours.topic in (RULES, *own.branches)
        if fixed and replace(step, covers=()) != replace(ours, covers=()):
            yield f"step {ours.id!r}: these words are the same for everyone; leave them."
    for key, ours_said in own.lines.items():
        if script.lines[key] != ours_said:
            yield f"lines.toml, {key!r}: these words are the same for everyone; leave them."
    for theirs_told, ours_told in zip(script.evenings, own.evenings, strict=False):
        if theirs_told.number == ours_told.number and theirs_told.theme != ours_told.theme:
            yield (
                f"evenings.toml, evening {ours_told.number}, 'theme': it is told before anyone is "
                "asked to take part; leave it as it is."
            )
    if (script.names, script.spoken) != (own.names, own.spoken):
        yield (
            "lines.toml, 'names' and 'spoken': they belong to the program; the couple's names "
            "stand in the settings."
        )


def _heard_otherwise(root: Traversable, language: str) -> Iterator[str]:
    theirs, ours = root.joinpath("heard"), loader.own_folder(root, language).joinpath("heard")
    for file in ours.iterdir():
        copy = theirs.joinpath(file.name)
        if copy.is_file() and copy.read_bytes() != file.read_bytes():
            yield (
                f"heard/{file.name}: what yes, no and stop are belongs to the program; "
                "take this file out of the folder."
            )


def never_read(root: Traversable, language: str) -> Iterator[str]:
    """Files of help lines that the program has otherwise: whoever wrote one believes it is read."""
    theirs, own = root.joinpath("helplines"), loader.own_folder(root, language)
    for file in theirs.iterdir() if theirs.is_dir() else ():
        ours = own.joinpath("helplines", file.name)
        same = ours.is_file() and file.is_file() and file.read_bytes() == ours.read_bytes()
        if file.name.endswith(".toml") and not same:
            yield (
                f"helplines/{file.name}: this file is not read, since help lines belong to the "
                "program; take it out of the folder. content/README.md says how to add a country."
            )


def _heard_under_another_name(root: Traversable) -> Iterator[str]:
    heard = _heard(root)
    for command in Command:
        if not heard.get(command.value):
            yield f"heard/commands.toml: nobody can say {command.value!r}; add its wordings."
    every = frozenset().union(*heard.values())
    for language in loader.brought():
        ours = _heard(loader.own_folder(root, language))
        if len(every & frozenset().union(*(ours[id] for id in TURNED))) > MOST_SHARED:
            yield f"heard: these are the words of {language!r}; call the folder {language!r}, too."


def _heard(root: Traversable) -> dict[str, frozenset[str]]:
    """The plain wordings of every phrase."""
    wordings: dict[str, frozenset[str]] = {}
    for name in ("answers.toml", "commands.toml"):
        file = read(root.joinpath("heard"), name)
        for id in file:
            said = (one.lower() for block in file.sections(id) for one in block.texts("say"))
            wordings[id] = frozenset(said)
    return wordings


def _groups(script: Script) -> dict[str, Sequence[Step]]:
    groups: dict[str, list[Step]] = {}
    for step in script.steps:
        groups.setdefault(step.topic, []).append(step)
    return {**groups, **script.branches}


def _bones(step: Step) -> Step:
    """What is left of a step without its words."""
    return replace(step, say=(), invite=(), listener=(), reply={}, covers=(), title="", chapter="")
