"""The rules for spoken sentences, kept as data in `lint.toml`, applied to a whole script."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from statistics import median

from voicecheckin.content.loader import language_folder, own_folder
from voicecheckin.content.measures import reading_grade, words
from voicecheckin.content.reach import unreachable
from voicecheckin.content.reading import Section, read
from voicecheckin.content.references import all_steps, passages, sentences
from voicecheckin.content.spoken import Spoken, everything_spoken, questions, titles
from voicecheckin.conversation.script import Role, Script, Step, Thought

_NAME = re.compile(r"\{(?:name|other|first|second)\}")
_NAME_PLACED = re.compile(r"^\{\w+\}|\{\w+\}(?=[.?!]*$)")
_END = re.compile(r"[.?!][\"')]?$")
_INNER_END = re.compile(r"[.?!]\s+\S")


@dataclass(frozen=True, slots=True)
class Ban:
    """Words that must not be said in some places."""

    rule: str
    reason: str
    places: tuple[str, ...]
    exempt: tuple[str, ...]
    pattern: re.Pattern[str]

    def applies_to(self, one: Spoken) -> bool:
        """Whether a sentence has to keep this rule."""
        if one.place in self.exempt:
            return False
        return any(_matches(place, one) for place in self.places)


@dataclass(frozen=True, slots=True)
class LintLimits:
    """How long and how hard sentences may be; rests in seconds."""

    median_words: int
    longest_words: int
    reading_grade: int
    sentences_before_question: int
    longest_rest_inside_step: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything in `lint.toml`."""

    limits: LintLimits
    bans: tuple[Ban, ...]


def check(script: Script, root: Traversable | None = None) -> list[str]:
    """Every breach of the rules but the grade's, each a sentence with the place and the way out.

    *root*: the folder of a language that does not come with the program; its rules are there.
    """
    rules = read_rules(script.language, root)
    spoken = list(everything_spoken(script))
    return [
        *_banned(rules.bans, _named(script)),
        *_written_well(spoken, rules.limits),
        *_short(spoken, rules.limits),
        *_asked_briefly(script, rules.limits),
        *_asked_one_by_one(script),
        *_pass_comes_last(script),
        *_fixed(script),
        *_covered(script),
    ]


def check_grades(script: Script, root: Traversable | None = None) -> list[str]:
    """Every chapter that is too hard to read; EngineMissing where that cannot be measured."""
    limit = read_rules(script.language, root).limits.reading_grade
    spoken = list(everything_spoken(script))
    grades = {
        chapter: reading_grade(one.text for one in spoken if one.chapter == chapter)
        for chapter in dict.fromkeys(one.chapter for one in spoken)
    }
    return [
        f"{chapter}: reading grade {grade:.1f}; use shorter words and sentences."
        for chapter, grade in grades.items()
        if grade > limit
    ]


def read_rules(language: str, root: Traversable | None = None) -> Rules:
    """Read the rules of *language*: the program's own, or those in *root* where it has none."""
    file = read(own_folder(root or language_folder(language), language), "lint.toml")
    file.only("limits", "ban")
    limits = file.section("limits")
    keys = tuple(LintLimits.__dataclass_fields__)
    limits.only(*keys)
    return Rules(
        limits=LintLimits(*(limits.number(key) for key in keys)),
        bans=tuple(_ban(section) for section in file.sections("ban")),
    )


def _ban(section: Section) -> Ban:
    section.only("rule", "reason", "in", "words", "except")
    patterns = section.texts("words", None)
    try:
        pattern = re.compile("|".join(rf"(?<!\w)(?:{one})(?!\w)" for one in patterns), re.I)
    except re.error as error:
        raise section.complaint("words", f"no regular expression: {error}; mend it.") from None
    return Ban(
        rule=section.text("rule"),
        reason=section.text("reason"),
        places=section.texts("in", None),
        exempt=section.texts("except"),
        pattern=pattern,
    )


def _matches(place: str, one: Spoken) -> bool:
    if place.endswith("*"):
        return one.place.startswith(place[:-1])
    return place in ("all", one.chapter, one.place)


def banned(script: Script, root: Traversable, own: Script) -> Iterator[str]:
    """Every sentence that must not be said and that *own*, what is always said, does not have."""
    always = set(_named(own))
    others = [one for one in _named(script) if one not in always]
    if others:
        yield from _banned(read_rules(script.language, root).bans, others)


def _named(script: Script) -> Iterator[Spoken]:
    yield from everything_spoken(script)
    yield from titles(script)


def _banned(bans: tuple[Ban, ...], spoken: Iterable[Spoken]) -> Iterator[str]:
    for one in spoken:
        for ban in bans:
            found = ban.pattern.search(one.text) if ban.applies_to(one) else None
            if found:
                yield f"{one}: {found[0]!r} breaks {ban.rule}: {ban.reason}."


def _written_well(spoken: list[Spoken], limits: LintLimits) -> Iterator[str]:
    for one in spoken:
        if not _END.search(one.text) or _INNER_END.search(one.text):
            yield f"{one}: write each sentence on its own, with its full stop."
        if len(words(one.text)) > limits.longest_words:
            yield f"{one}: longer than {limits.longest_words} words; make two sentences of it."
        if len(_NAME_PLACED.findall(one.text)) < len(_NAME.findall(one.text)):
            yield f"{one}: a name stands inside; put it at the start or the end."


def _short(spoken: list[Spoken], limits: LintLimits) -> Iterator[str]:
    lengths = [len(words(one.text)) for one in spoken]
    if median(lengths) > limits.median_words:
        yield f"The median sentence has more than {limits.median_words} words; shorten some."


def _asked_briefly(script: Script, limits: LintLimits) -> Iterator[str]:
    for step in all_steps(script):
        place = f"{step.chapter}, {step.id}"
        if step.kind in ("ask", "share") and not questions(step):
            yield f"{place}: this {step.kind} asks nothing; add a question."
        if step.kind in ("ask", "share") and _set_up(step) > limits.sentences_before_question:
            yield f"{place}: too much is said before the question; keep two sentences."
        rests = (part for passage in passages(step) for part in passage if isinstance(part, float))
        if step.kind != "settle" and max(rests, default=0.0) > limits.longest_rest_inside_step:
            yield f"{place}: this rest is too long to go unexplained; make it a settle step."


def _asked_one_by_one(script: Script) -> Iterator[str]:
    """One question in a breath, and nothing longer than the question right before it."""
    for step in all_steps(script):
        for passage in (step.say, step.invite):
            for thought in (part for part in passage if not isinstance(part, float)):
                asked = [number for number, one in enumerate(thought) if one.endswith("?")]
                if len(asked) > 1:
                    yield f"{step.chapter}, {step.id}: two questions in one breath; ask one."
                if asked and asked[0] > 1 and _longer_before(thought, asked[0]):
                    yield (
                        f"{step.chapter}, {step.id}: the second sentence before the question is "
                        "longer than the question; shorten it."
                    )


def _longer_before(thought: Thought, at: int) -> bool:
    return len(words(thought[at - 1])) > len(words(thought[at]))


def _pass_comes_last(script: Script) -> Iterator[str]:
    """Where passing is named among the answers, it is the last one (wording P4)."""
    word = re.escape(script.spoken.get("pass", "pass"))
    for step in all_steps(script):
        if step.kind == "ask" and "pass" in step.answers:
            said = " ".join(sentences(step.say))
            if re.search(rf"\b{word}\b(?!\.$)", said, re.I):
                yield f"{step.chapter}, {step.id}: name pass last, after the other answers."


def _set_up(step: Step) -> int:
    """Sentences before the first question of what one person hears."""
    said = [*sentences(step.say), *sentences(step.invite)]
    asked = (number for number, sentence in enumerate(said) if "?" in sentence)
    return next(asked, 0)


def _fixed(script: Script) -> Iterator[str]:
    for role in (Role.HELP, Role.CLOSING):
        step = script.of_role(role)
        if step is not None and not step.fixed:
            yield f"{step.chapter}, {step.id}: it is the same for everyone; add fixed = true."


def _covered(script: Script) -> Iterator[str]:
    said = {idea for step in all_steps(script) for idea in step.covers}
    for step in unreachable(script):
        yield f"{step.chapter}, {step.id}: no couple can come here; name its topic in an evening."
    for idea in script.ideas:
        if idea not in said and idea not in script.uncovered:
            yield f"coverage: no step says {idea}; write one, or say why not under [uncovered]."
        if (idea in script.well) == (idea in script.uncovered):
            yield f"coverage: say under [well] how {idea} arrives, or why not under [uncovered]."
    for idea in script.uncovered:
        if idea not in script.ideas or idea in said:
            yield f"coverage: {idea} is both said and left out, or unknown; decide."
