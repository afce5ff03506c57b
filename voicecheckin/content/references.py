"""Every id that a content file names must exist, and every placeholder must be known."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable

from voicecheckin.content.reading import nearest, read
from voicecheckin.conversation.facts import EVENINGS, FACTS
from voicecheckin.conversation.flows.question import OTHER
from voicecheckin.conversation.meaning import ACTIONS, MEANINGS
from voicecheckin.conversation.script import MANY, Passage, Role, Script, Step
from voicecheckin.errors import ContentError

NEEDED = (Role.PRESENCE, Role.CONSENT, Role.HELP, Role.CLOSING)
"""Roles without which there is no sitting."""
PLACEHOLDERS = (
    *("name", "other", "first", "second", "topics", "held", "resumed"),
    *("theme", "coming", "next_theme", "days"),
)
"""What is filled in as a step is said."""
RESOURCES = "helplines"
"""The placeholder for a country's help lines; only the fixed steps have it."""
CARD = "card"
"""The placeholder for what is said of the printed card, where there is one; only there, too."""
_SLOT = re.compile(r"\{(.*?)\}")


def all_steps(script: Script) -> Iterator[Step]:
    """Yield every step of the frame, the chapters and the branches."""
    yield from script.steps
    for branch in script.branches.values():
        yield from branch


def sentences(passage: Passage) -> Iterator[str]:
    """Yield the sentences of a passage, without its rests."""
    for part in passage:
        if not isinstance(part, float):
            yield from part


def passages(step: Step) -> Iterator[Passage]:
    """Yield everything a step may say."""
    yield from (step.say, step.invite, step.listener, *step.reply.values())


def check_references(script: Script, root: Traversable) -> None:
    """Raise ContentError for the first id or placeholder that leads nowhere."""
    steps = list(all_steps(script))
    ids = [step.id for step in steps]
    for step in steps:
        if ids.count(step.id) > 1:
            raise _error(script, step, "id", "two steps have this id; rename one.")
    _check_roles(script, steps)
    phrases = phrase_ids(root)
    for step in steps:
        _check_answers(script, step, ids, phrases)
        _check_needs(script, step, steps)
        _check_covers(script, step)
        _check_placeholders(script, step)
    _check_topics(script)
    _check_lines(script)


def _check_roles(script: Script, steps: list[Step]) -> None:
    roles = [step.role for step in steps if step.role is not None]
    for step in steps:
        if step.role is not None and step.role not in MANY and roles.count(step.role) > 1:
            problem = f"two steps play the role {step.role.value!r}; leave it to one."
            raise _error(script, step, "role", problem)
    for role in NEEDED:
        if role not in roles:
            raise ContentError(
                f"{script.language}: no step plays the role {role.value!r}; give one "
                f'role = "{role.value}".'
            )


def phrase_ids(root: Traversable) -> frozenset[str]:
    """The ids of all phrases that people may say in this language."""
    heard = root.joinpath("heard")
    return frozenset(id for name in ("answers.toml", "commands.toml") for id in read(heard, name))


def _check_answers(script: Script, step: Step, ids: list[str], phrases: frozenset[str]) -> None:
    for answer in step.answers:
        _known(script, step, "answers", answer, phrases)
    named = {"doubt": [step.doubt] if step.doubt else [], "strict": step.strict}
    for key, answers in {**named, "then": step.then, "reply": step.reply}.items():
        for answer in answers:
            known = (*step.answers, OTHER) if key == "reply" else step.answers
            _known(script, step, key, answer, known)
    if step.role is Role.MEMORY and step.reply.get("yes") != step.reply.get(OTHER):
        raise _error(script, step, "reply", "whatever is answered, the reply is the same.")
    if step.role not in MEANINGS:
        for target in step.then.values():
            _known(script, step, "then", target, (*ACTIONS, *script.branches, *ids))


def _check_needs(script: Script, step: Step, steps: list[Step]) -> None:
    if step.needs is None:
        return
    facts = {**FACTS, **{one.id: one.answers for one in steps if one.kind == "ask"}}
    asked, answers = step.needs
    _known(script, step, "needs", asked, facts)
    for answer in answers:
        _known(script, step, "needs", answer, facts[asked])


def _check_covers(script: Script, step: Step) -> None:
    for idea in step.covers:
        _known(script, step, "covers", idea, script.ideas)


def _check_placeholders(script: Script, step: Step) -> None:
    known = (*PLACEHOLDERS, RESOURCES, CARD) if step.fixed else PLACEHOLDERS
    for passage in passages(step):
        for slot in slots(passage):
            _known(script, step, "say", slot, known)
    if step.role is Role.HELP and RESOURCES not in slots(step.say):
        raise _error(script, step, "say", f"the help text must say {{{RESOURCES}}}; add it.")
    addressed = {"invite": step.invite} if step.kind == "share" else {}
    if step.kind == "ask" and step.to == "each":
        addressed["say"] = step.say
    for key, passage in addressed.items():
        if "name" not in slots(passage):
            raise _error(script, step, key, "it must say who is meant; add {name}.")


def slots(passage: Passage) -> set[str]:
    """The placeholders of a passage."""
    return {slot for sentence in sentences(passage) for slot in _SLOT.findall(sentence)}


def _check_topics(script: Script) -> None:
    topics = {step.topic for step in script.steps}
    numbers = [evening.number for evening in script.evenings]
    for evening in script.evenings:
        if numbers.count(evening.number) > 1 or evening.number not in range(len(EVENINGS)):
            raise ContentError(
                f"{script.language}/evenings.toml, evening {evening.number}: the numbers go from "
                f"0, the weekly one, to {len(EVENINGS) - 1}, each of them once; give it another."
            )
        for topic in (*evening.topics, *evening.short, *evening.rotating, *evening.fourth):
            _topic(script, f"evening {evening.number}", topic, topics)
        for topic in evening.short:
            _topic(script, f"evening {evening.number}, short", topic, evening.topics)
    for key, frame in {"opening": script.opening, "closing": script.closing}.items():
        for topic in frame:
            _topic(script, key, topic, topics)


def _topic(script: Script, place: str, topic: str, known: Iterable[str]) -> None:
    if topic not in known:
        raise ContentError(
            f"{script.language}/evenings.toml, {place}: no topic {topic!r} here; "
            f"{nearest(topic, known)}"
        )


def _check_lines(script: Script) -> None:
    known = (*PLACEHOLDERS, "choices")
    for key, wordings in script.lines.items():
        for slot in {slot for passage in wordings for slot in slots(passage)}:
            if slot not in known:
                raise ContentError(
                    f"{script.language}/lines.toml, {key!r}: {{{slot}}} is no placeholder; "
                    f"{nearest(slot, known)}"
                )


def _known(script: Script, step: Step, key: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise _error(script, step, key, f"{word!r} is not known here; {nearest(word, known)}")


def _error(script: Script, step: Step, key: str, problem: str) -> ContentError:
    place = f"{script.language}/{step.chapter}.toml, step {step.id!r}, {key!r}"
    return ContentError(f"{place}: {problem}")
