"""What is said, to be read: the script in order, checked or counted; the drawings."""

import difflib
import sys
from collections.abc import Iterator, Sequence

from rich.text import Text

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import (
    own_folder,
    phrasebook_of,
    rules_folder,
    script_of,
    settings_with,
)
from voicecheckin.cli.country import known_countries
from voicecheckin.cli.screen import Screen
from voicecheckin.cli.table import minutes
from voicecheckin.conversation.diagram import machine, way
from voicecheckin.conversation.pace import CLASSES, DIGEST_REST, LISTENER, WORDS_A_MINUTE
from voicecheckin.conversation.prompt_queue import Bell, Rest, Sentence, items
from voicecheckin.conversation.script import Evening, Passage, Script, Step
from voicecheckin.errors import ContentError, EngineMissing, SettingsError
from voicecheckin.settings import CoupleSettings

ANSWERING, SHARING, SAYING_BACK = 4.0, 60.0, 25.0
"""Seconds that people are reckoned to take for an answer, a turn, and saying back."""


def script(options: Options) -> int:
    """Print what the device says; or check it, or show what it covers."""
    settings = settings_with(options)
    read = script_of(settings.couple)
    if options.check:
        return _check(read, settings.couple)
    console = Screen(wraps=False)
    if options.coverage:
        from voicecheckin.content.coverage import coverage_table

        console.print(coverage_table(read), markup=False)
        return 0
    for line in _whole(read) if options.step is None else _one(read, options.step):
        console.print(line)
    return 0


def diagram(options: Options) -> int:
    """Print both drawings as Mermaid blocks."""
    read = script_of(settings_with(options).couple)
    print(f"```mermaid\n{machine()}```\n\n```mermaid\n{way(read)}```")
    return 0


def card(options: Options) -> int:
    """Print the card with help lines."""
    from voicecheckin.content.card import card as text_of_card

    couple = settings_with(options).couple
    folder = own_folder(couple)
    print(text_of_card(couple.country or None, couple.language, folder=folder), end="", flush=True)
    if not couple.country:
        lead = "For the lines of a country: voicecheckin card --country gb."
        print(lead, known_countries(rules_folder(couple)), file=sys.stderr)
    return 0


def _check(read: Script, couple: CoupleSettings) -> int:
    from voicecheckin.content.helplines import countries, find_helplines
    from voicecheckin.content.lint import check, check_grades
    from voicecheckin.content.own_words import never_read
    from voicecheckin.hearing.recognisers.untrained import TRAIN, untrained

    root, folder = rules_folder(couple), own_folder(couple)
    for country in countries(root):
        find_helplines(root, country)
    found, kept = check(read, root), "The script keeps all its rules."
    if folder is not None:
        found += never_read(folder / couple.language, couple.language)
    else:  # what is heard belongs to the program, and so not to whoever writes other words
        for wording in untrained(phrasebook_of(couple)):
            print(f"heard: the ear does not know {wording!r} yet; train it: {TRAIN}")
    try:
        found += check_grades(read, root)
    except EngineMissing as missing:
        kept = f"The script keeps its rules, as far as they were checked. {missing}"
    for complaint in found:
        print(complaint)
    if found:
        raise ContentError(f"The script breaks {len(found)} of its rules, listed above.")
    print(kept)
    return 0


def _one(read: Script, wanted: str) -> Iterator[Text]:
    steps = {step.id.lower(): step for step in _all_steps(read)}
    step = steps.get(wanted.lower())
    if step is None:
        near = difflib.get_close_matches(wanted.lower(), steps, 1)
        hint = f"did you mean {steps[near[0]].id}?" if near else "see: voicecheckin script"
        raise SettingsError(f"There is no step {wanted!r}: {hint}")
    yield from _step(step)


def _all_steps(read: Script) -> Iterator[Step]:
    yield from read.steps
    for branch in read.branches.values():
        yield from branch


def _whole(read: Script) -> Iterator[Text]:
    yield from _part("Every evening begins", _of(read, read.opening))
    for evening in read.evenings:
        number = f"Evening {evening.number}" if evening.number else "Every week"
        topics = (*evening.topics, *evening.rotating, *evening.fourth)
        yield from _part(f"{number}: {evening.title}", _of(read, topics))
    yield from _part("Every evening ends", _of(read, read.closing))
    yield _heading("Estimated minutes, with opening and closing, if nothing is passed")
    for evening in read.evenings:
        yield Text(f"  {evening.number}  {minutes(_whole_evening(read, evening))}  {evening.title}")
    for name, steps in read.branches.items():
        yield from _part(f"When it is needed: {name}", steps)
    yield _heading("Sentences that return")
    for name, wordings in read.lines.items():
        yield Text(f"\n{name}", "bold")
        for passage in wordings:
            yield from _passage(passage, "or" if passage is not wordings[0] else "")


def _whole_evening(read: Script, evening: Evening) -> float:
    """About how long an evening takes (seconds), without what is asked only sometimes."""
    frame = _reckoned(read, (*read.opening, *read.closing))
    return frame + _reckoned(read, (*evening.topics, *evening.rotating[:1]))


def _reckoned(read: Script, topics: Sequence[str]) -> float:
    return sum(seconds_of(step) for step in _of(read, topics) if step.needs is None)


def _of(read: Script, topics: Sequence[str]) -> list[Step]:
    return [step for topic in topics for step in read.steps if step.topic == topic]


def _part(title: str, steps: Sequence[Step]) -> Iterator[Text]:
    total = sum(map(seconds_of, steps))
    yield _heading(f"{title} ({minutes(total)} minutes)")
    for step in steps:
        yield from _step(step)


def _heading(text: str) -> Text:
    return Text(f"\n{text}\n{'=' * len(text)}", "bold")


def _step(step: Step) -> Iterator[Text]:
    kind = f"{step.kind} {step.pacing}".strip()
    about = f"{kind}, about {minutes(seconds_of(step))}"
    yield Text.assemble("\n", (step.id, "bold"), f" {step.title} ".rstrip() + " ", (about, "dim"))
    yield from _passage(step.say)
    if step.invite:
        yield from _passage(step.invite, "to the speaker")
    if step.listener:
        yield from _passage(step.listener, "to the listener")
    if step.answers:
        yield Text(f"    answers: {', '.join(step.answers)}", "dim")
    for answer, passage in step.reply.items():
        yield from _passage(passage, f"after {answer}")


def _passage(passage: Passage, lead: str = "") -> Iterator[Text]:
    if lead and passage:
        yield Text(f"    {lead}:", "dim")
    for item in items(passage):
        match item:
            case Sentence(text):
                yield Text(f"    {text}")
            case Bell(name):
                yield Text(f"    (bell: {name})", "dim")
            case Rest(seconds) if seconds > 1:
                yield Text(f"    ... {seconds:g} s", "dim")


def seconds_of(step: Step) -> float:
    """About how long a step takes at the usual pace, people included."""
    spoken = _spoken(step.say)
    pacing = CLASSES[step.pacing or "C"]
    match step.kind:
        case "ask":
            people = 2 if step.to == "each" else 1
            return people * (spoken + pacing.before + pacing.silence + ANSWERING)
        case "share":
            reply = LISTENER["D" if step.pacing == "D" else "R"]
            turn = pacing.before + SHARING + pacing.silence + pacing.more
            back = reply.before + SAYING_BACK + reply.silence + reply.more
            words = _spoken(step.invite) + _spoken(step.listener)
            return spoken + 2 * (words + turn + back + ANSWERING + DIGEST_REST)
    return spoken


def _spoken(passage: Passage) -> float:
    total = 0.0
    for item in items(passage):
        match item:
            case Sentence(text):
                total += len(text.split()) * 60 / WORDS_A_MINUTE
            case Rest(seconds):
                total += seconds
    return total
