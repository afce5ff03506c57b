"""The content files of one language, read into a script."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from voicecheckin.content.helplines import find_helplines, with_helplines
from voicecheckin.content.reading import Section, nearest, read
from voicecheckin.content.references import check_references
from voicecheckin.conversation.meaning import MEANINGS, meant
from voicecheckin.conversation.script import RESPONSES, Evening, Passage, Role, Script, Step
from voicecheckin.conversation.wording import LINES
from voicecheckin.errors import ContentError, reason

KINDS = ("tell", "settle", "ask", "share", "record", "replay")
ROLES = tuple(role.value for role in Role)
STEP_KEYS = (
    *("id", "like", "kind", "pacing", "say", "covers", "needs", "fixed", "to", "answers", "strict"),
    *("doubt", "then", "reply", "invite", "listener", "role", "response", "landing"),
)


def load(
    language: str = "en",
    country: str | None = None,
    *,
    folder: Traversable | None = None,
    card: bool = False,
) -> Script:
    """Read the script of *language*, with the help lines of *country* (two letters, or None).

    *card* tells whether the printed card is spoken of. *folder* holds one folder per language; by
    default the one that comes with the package. Anything wrong is a ContentError that names the
    file, the place, and what to do.
    """
    root = language_folder(language, folder)
    plan = read(root, "evenings.toml")
    plan.only("chapters", "opening", "closing", "evening")
    usual = read(root, "usual.toml")
    lines = read(root, "lines.toml")
    lines.only("names", "lines", "spoken")
    ideas = read(root, "coverage.toml")
    ideas.only("ideas", "uncovered", "well")
    script = Script(
        language=language,
        steps=tuple(
            step for name in plan.texts("chapters", None) for step in _chapter(root, name, usual)
        ),
        branches=_branches(read(root, "branches.toml")),
        lines=_lines(lines.section("lines")),
        evenings=tuple(_evening(section) for section in plan.sections("evening")),
        opening=plan.texts("opening", None),
        closing=plan.texts("closing", None),
        names=_names(lines),
        spoken=_texts(lines.section("spoken")),
        ideas=_texts(ideas.section("ideas")),
        uncovered=_texts(ideas.section("uncovered")),
        well=_texts(ideas.section("well")),
    )
    own = own_folder(root, language)
    check_references(script, own)
    spoken = (read(own, "card.toml").text("spoken"),) if card else ()
    return with_helplines(script, find_helplines(own, country), spoken)


def brought() -> Sequence[str]:
    """The languages that come with the program."""
    return _languages(files("voicecheckin.content"))


def is_brought(language: str) -> bool:
    """Whether *language* comes with the program."""
    return language in brought()


def own_folder(root: Traversable, language: str) -> Traversable:
    """Where help lines, phrases and rules are: the program's own, whatever other words are said.

    *root*, the folder of other words, in a language that does not come with the program.
    """
    return language_folder(language) if is_brought(language) else root


def language_folder(language: str, folder: Traversable | None = None) -> Traversable:
    """Find the folder of *language*; ContentError names those that exist."""
    root = folder or files("voicecheckin.content")
    known = _languages(root)
    if language not in known:
        raise ContentError(f"There is no content in {language!r}; {nearest(language, known)}")
    return root.joinpath(language)


def _languages(root: Traversable) -> list[str]:
    try:
        inside = list(root.iterdir())
    except OSError as error:
        raise ContentError(f"{root}: the content cannot be read: {reason(error)}.") from error
    known = [one.name for one in inside if one.is_dir() and one.joinpath("evenings.toml").is_file()]
    if not known:
        raise ContentError(f"{root}: no folder in it, such as {root}/en, holds an evenings.toml.")
    return known


def _chapter(root: Traversable, name: str, usual: Section) -> Iterator[Step]:
    file = read(root, f"{name}.toml")
    file.only("topic")
    for topic in file.sections("topic"):
        topic.only("id", "title", "step")
        for section in topic.sections("step"):
            whole = _completed(section, usual)
            yield _step(whole, name, topic.text("id"), topic.text("title", ""))


def _completed(section: Section, usual: Section) -> Section:
    """Add what the step takes over from `usual.toml`."""
    if "like" not in section:
        return section
    like = section.text("like")
    if like not in usual:
        raise section.complaint("like", f"{like!r} is not in usual.toml; {nearest(like, usual)}")
    return section.over(usual.section(like))


def _branches(file: Section) -> Mapping[str, tuple[Step, ...]]:
    file.only("branch")
    branches: dict[str, tuple[Step, ...]] = {}
    for branch in file.sections("branch"):
        branch.only("id", "step")
        name = branch.text("id")
        if name in branches:
            raise branch.complaint("id", f"there is another branch {name!r}; rename one.")
        branches[name] = tuple(_step(one, "branches", name) for one in branch.sections("step"))
    return branches


def _step(section: Section, chapter: str, topic: str, title: str = "") -> Step:
    section.only(*STEP_KEYS)
    kind = _one_of(section, "kind", KINDS)
    asks = kind in ("ask", "share")
    role = Role(_one_of(section, "role", ROLES)) if "role" in section else None
    decided = role in MEANINGS
    _leave_to_the_program(section, kind, decided)
    step = Step(
        id=section.text("id"),
        kind=kind,
        chapter=chapter,
        topic=topic,
        role=role,
        title=title,
        pacing=_one_of(section, "pacing", ("C", "N", "R", "D")) if asks else "",
        landing=section.flag("landing"),
        response=_one_of(section, "response", RESPONSES) if "response" in section else RESPONSES[0],
        say=section.passage("say"),
        covers=section.texts("covers"),
        needs=_needs(section),
        fixed=section.flag("fixed"),
        to=_one_of(section, "to", ("both", "each")) if "to" in section else "both",
        answers=section.texts("answers", None if kind == "ask" and not decided else ()),
        strict=section.texts("strict"),
        doubt=section.text("doubt", None if kind == "ask" and not decided else ""),
        then=_texts(section.section("then")),
        reply=_passages(section.section("reply")),
        invite=section.passage("invite"),
        listener=section.passage("listener"),
    )
    step = meant(step)
    _check_words(section, step)
    return step


def _leave_to_the_program(section: Section, kind: str, decided: bool) -> None:
    """Refuse what the program decides: who is asked for a consent, what an answer means."""
    if not decided:
        return
    if kind != "ask":
        raise section.complaint("kind", 'a step with this role is an ask; write kind = "ask".')
    for key in ("to", "answers", "strict", "doubt", "then"):
        if key in section:
            raise section.complaint(
                key, "what is decided here belongs to the program, not to its words; remove it."
            )


def _check_words(section: Section, step: Step) -> None:
    if step.kind == "share" and not step.invite:
        raise section.complaint("invite", "a share must invite the speaker; add it.")
    if step.kind != "share" and not step.say:
        raise section.complaint("say", "there is nothing to say; add it.")
    if step.kind == "ask" and step.to == "each" and set(step.strict) != set(step.answers):
        raise section.complaint("strict", "list every answer once, the strictest first.")
    if step.kind != "share" and "invite" in section:
        raise section.complaint("invite", "only a share has it; remove it, or change the kind.")
    if step.kind not in ("share", "record") and "listener" in section:
        raise section.complaint("listener", "only a share or a record has it; remove it.")
    if step.kind != "share" and "response" in section:
        raise section.complaint("response", "only a share has it; remove it.")
    for key in ("answers", "strict", "doubt", "then", "reply", "to"):
        if step.kind != "ask" and key in section:
            raise section.complaint(key, "only an ask has it; remove it, or change the kind.")


def _needs(section: Section) -> tuple[str, tuple[str, ...]] | None:
    if "needs" not in section:
        return None
    needs = section.section("needs")
    needs.only("step", "answers")
    return needs.text("step"), needs.texts("answers", None)


def _evening(section: Section) -> Evening:
    section.only("number", "title", "theme", "topics", "short", "rotating", "fourth")
    return Evening(
        number=section.number("number"),
        title=section.text("title"),
        topics=section.texts("topics", None),
        short=section.texts("short"),
        theme=section.passage("theme"),
        rotating=section.texts("rotating"),
        fourth=section.texts("fourth"),
    )


def _names(lines: Section) -> tuple[str, str]:
    names = lines.texts("names", None)
    if len(names) != 2:
        raise lines.complaint("names", "write two names for couples who gave none.")
    return names[0], names[1]


def _lines(section: Section) -> Mapping[str, tuple[Passage, ...]]:
    section.only(*LINES)
    return {key: section.wordings(key) for key in LINES}


def _passages(section: Section) -> Mapping[str, Passage]:
    return {key: section.passage(key) for key in section}


def _texts(section: Section) -> Mapping[str, str]:
    return {key: section.text(key) for key in section}


def _one_of(section: Section, key: str, known: tuple[str, ...]) -> str:
    value = section.text(key)
    if value not in known:
        raise section.complaint(key, f"{value!r} is not known; {nearest(value, known)}")
    return value
