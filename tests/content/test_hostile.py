"""Content that turns the device against one of the two is refused as it is read; words may change.

Every case is a real folder, copied from what ships and changed as somebody with a login could.
"""

import re
import shutil
from collections.abc import Callable
from importlib.resources import as_file
from itertools import count
from pathlib import Path

import pytest

from tests.content.scripts import CONTENT, script
from voicecheckin.cli import main
from voicecheckin.cli.choices import phrasebook_of
from voicecheckin.content import changed, load
from voicecheckin.content.card import card
from voicecheckin.errors import ContentError
from voicecheckin.settings import CoupleSettings

Change = Callable[[Path], None]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, to change."""
    with as_file(CONTENT) as shipped:
        shutil.copytree(shipped / "en", tmp_path / "en")
    return tmp_path


def put(name: str, old: str, new: str, language: str = "en") -> Change:
    """Write *new* for *old* in one file."""

    def change(content: Path) -> None:
        file = content / language / name
        text = file.read_text(encoding="utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def in_step(id: str, old: str, new: str) -> Change:
    """Write *new* for *old* within one step, in whichever file it stands."""

    def change(content: Path) -> None:
        for file in (content / "en").glob("*.toml"):
            before, mark, after = file.read_text(encoding="utf-8").partition(f'\nid = "{id}"\nkind')
            if not mark:
                before, mark, after = (before + mark + after).partition(f'\nid = "{id}"\nrole')
            if not mark:
                before, mark, after = (before + mark + after).partition(f'\nid = "{id}"\nlike')
            if mark:
                step, rest, others = (mark + after).partition("\n\n")
                assert old in step, step
                file.write_text(before + step.replace(old, new, 1) + rest + others, "utf-8")
                return
        raise AssertionError(f"no step {id}")

    return change


def all_of(*changes: Change) -> Change:
    """Several changes at once."""

    def change(content: Path) -> None:
        for one in changes:
            one(content)

    return change


def renamed(to: str) -> Change:
    """Give the language another name."""

    def change(content: Path) -> None:
        (content / "en").rename(content / to)

    return change


def add(name: str, text: str) -> Change:
    """Write something at the end of a file."""

    def change(content: Path) -> None:
        with (content / "en" / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def a_step(**fields: str) -> str:
    """A step in a new topic, as TOML."""
    whole = {"id": '"new"', "kind": '"tell"', "say": '["A word."]', **fields}
    rows = "".join(f"{key} = {value}\n" for key, value in whole.items() if value)
    return f'\n[[topic]]\nid = "new topic"\n\n[[topic.step]]\n{rows}'


GATE = """
[[topic.step]]
id = "U4-gate"
like = "gate"
say = ["{name}, would you like to open this one?", 0.5, "Yes or no."]
"""
CONSENT = """[[topic]]
id = "consent"
title = "taking part"

[[topic.step]]
id = "O2"
role = "consent"
kind = "ask"
pacing = "C"
say = ["{name}, would you like to take part tonight?", 0.5, "Yes or no, and both are fine."]
"""

HOSTILE: dict[str, tuple[Change, str]] = {
    # Taking part.
    "a no to taking part leads on": (
        in_step("O2", 'pacing = "C"', 'pacing = "C"\nthen = { no = "next" }'),
        "'then'",
    ),
    "a no is an answer like any other": (
        in_step("O2", 'pacing = "C"', 'pacing = "C"\nanswers = ["yes"]'),
        "'answers'",
    ),
    "a no gives way to a yes": (
        in_step("O2", 'pacing = "C"', 'pacing = "C"\nstrict = ["yes", "no"]'),
        "'strict'",
    ),
    "doubt is consent": (
        in_step("O2", 'pacing = "C"', 'pacing = "C"\ndoubt = "yes"'),
        "'doubt'",
    ),
    "one of them consents for both": (
        in_step("O2", 'pacing = "C"', 'pacing = "C"\nto = "both"'),
        "'to'",
    ),
    "consent is told, not asked": (in_step("O2", '"ask"', '"tell"'), "'kind'"),
    "consent is a question without that role": (
        in_step("O2", 'role = "consent"', 'answers = ["yes"]\ndoubt = "yes"'),
        "plays the role 'consent'",
    ),
    "consent is gone": (put("arriving.toml", CONSENT, ""), "'consent'"),
    "consent comes last": (
        all_of(
            put("evenings.toml", '"consent", "rules"', '"rules"'),
            put("evenings.toml", '"held"]', '"held", "consent"]'),
        ),
        "opening",
    ),
    "consent is asked at the end of the evening": (
        all_of(
            put("evenings.toml", '"consent", "rules"', '"rules"'),
            put("evenings.toml", '"memory", "goodnight"', '"memory", "goodnight", "consent"'),
        ),
        "opening",
    ),
    "consent is asked on one evening only": (
        in_step("O2", "say", 'needs = { step = "first", answers = ["yes"] }\nsay'),
        "'O2'",
    ),
    "the question of consent is turned round": (
        in_step("O2", "would you like to take part tonight?", "shall we leave it for tonight?"),
        "'O2'",
    ),
    "only one of them is meant": (in_step("O2", "{name}, would", "Would"), "add {name}"),
    # Ways out.
    "stop is not heard": (put("heard/commands.toml", '["stop", ', "["), "commands.toml"),
    "no means yes": (
        put("heard/answers.toml", "[[yes]]\nsay = [", '[[yes]]\nsay = ["no", '),
        "yes",
    ),
    "a stop in a turn is dressed away": (put("heard/wrappers.toml", '"not", ', ""), "wrappers"),
    "the rules do not name stop": (in_step("O3-brief", "pass, pause or stop", "pass"), "O3-brief"),
    "the rules in full do not name stop": (in_step("RU1", "again, or stop", "again"), "RU1"),
    "help does not name stop": (put("lines.toml", "pass, hold, or stop", "pass or hold"), "'help'"),
    "the fixed goodnight says something else": (
        in_step("C6", "Help is there for anyone, at find a helpline dot com.", "All is well."),
        "'C6'",
    ),
    "the short goodbye says something else": (
        put("lines.toml", "I end here for now.", "You ended it."),
        "'goodbye'",
    ),
    "a line that returns is reworded": (
        put("lines.toml", "Is there more?", "Is there some more?"),
        "'more'",
    ),
    "there is no way to say that it is too much": (
        put("branches.toml", 'id = "overwhelmed"', 'id = "overwhelmd"'),
        "branches",
    ),
    "too much leads back to the question": (
        in_step("OV2", 'role = "let it rest"', 'role = "together"'),
        "together",
    ),
    "a time-out lasts a minute, and asks nobody": (
        put(
            "branches.toml", 'role = "back to it"\nkind = "ask"\npacing = "C"\n', 'kind = "tell"\n'
        ),
        "'TO3'",
    ),
    "a time-out lasts a minute": (in_step("TO1", "1200.0", "60.0"), "'TO1'"),
    # Help.
    "the help text is another": (
        in_step("O4", "Help exists for anyone who is ever hurt", "Nobody here is ever hurt"),
        "'O4'",
    ),
    "the help text names no help": (in_step("O4", '["{helplines}"],', ""), "{helplines}"),
    "the help text can be passed": (in_step("O4", "fixed = true", "fixed = false"), "'O4'"),
    "the help text is said on one evening only": (
        in_step("O4", "say", 'needs = { step = "first", answers = ["yes"] }\nsay'),
        "'O4'",
    ),
    # Gates, and what lies behind them.
    "a gate is gone": (put("underminers.toml", GATE, ""), "'U4'"),
    "a gate stands behind its question": (
        all_of(
            put("underminers.toml", GATE, ""),
            put(
                "underminers.toml",
                '\n[[topic.step]]\nid = "U4b"',
                GATE + '\n[[topic.step]]\nid = "U4b"',
            ),
        ),
        "'U4'",
    ),
    "a gate is always open": (
        put("usual.toml", 'pacing = "C"', 'pacing = "C"\nthen = { no = "next" }'),
        "'then'",
    ),
    "a gate is never asked": (
        put(
            "usual.toml",
            'pacing = "C"',
            'pacing = "C"\nneeds = { step = "first", answers = ["yes"] }',
        ),
        "gate",
    ),
    "a gate is turned round": (
        in_step("U4-gate", "would you like to open this one?", "shall we leave this one?"),
        "'U4-gate'",
    ),
    "a tender question moves to a topic without a gate": (
        all_of(
            put("underminers.toml", 'id = "U4"\ntitle', 'id = "other"\ntitle'),
            put("underminers.toml", GATE, ""),
            put("evenings.toml", '"U3", "U4"', '"U3", "other"'),
        ),
        "'U4-topic'",
    ),
    "a new question leads past a gate": (
        all_of(
            put("evenings.toml", '"SF1", "SF2"]', '"SF1", "SF2", "new topic"]'),
            add(
                "safety.toml",
                a_step(
                    kind='"ask"',
                    pacing='"C"',
                    say='["Shall we?"]',
                    answers='["yes", "no"]',
                    doubt='"no"',
                    then='{ yes = "U4a" }',
                ),
            ),
        ),
        "reworded",
    ),
    "asking for more pace leads past a gate": (
        in_step("SA1", 'yes = "next"', 'yes = "U4a"'),
        "'SA1'",
    ),
    "what is asked into silence is asked aloud": (
        in_step(
            "U5-silent", 'kind = "settle"', 'kind = "share"\npacing = "R"\ninvite = ["{name}?"]'
        ),
        "'U5-silent'",
    ),
    "who owned something is asked for an echo": (
        in_step("U4a", 'response = "own"', 'response = "mirror"'),
        "'U4a'",
    ),
    # Words.
    "a question asks about fear": (
        in_step("SF1", "say = [", 'say = ["Are you afraid of {other}?", '),
        "SR-10",
    ),
    "a question makes the other the culprit": (
        in_step("U4a", "say = [", 'say = ["Which words hurt you by {other}?", '),
        "SR-15",
    ),
    "a question asks for a confession": (
        in_step("T1", "say = [", 'say = ["Have you ever lied?", '),
        "SR-16",
    ),
    "a theme accuses": (
        put("evenings.toml", "Tonight is about kindness,", "Tonight is about the lies she told,"),
        "'theme'",
    ),
    "a title accuses": (put("safety.toml", '"counting on each other"', '"why you lied"'), "P5"),
    "they are called names": (
        put("lines.toml", '["the first one", "the second one"]', '["Saint", "Sinner"]'),
        "'names'",
    ),
    "an answer is offered by another word": (
        put("lines.toml", '"not now" = "not tonight"', '"not now" = "yes"'),
        "'spoken'",
    ),
    "that words were changed is not said": (
        put(
            "lines.toml", "My words were changed here; they are not the ones I came with.", "Hello."
        ),
        "'words_changed'",
    ),
    "that another machine listens is not said": (
        put("lines.toml", "Another machine in this home hears your short answers.", "Hello."),
        "'home_listens'",
    ),
    "that something could not be forgotten is not said": (
        put("lines.toml", "I could not delete what was kept.", "It is gone."),
        "'not_forgotten'",
    ),
    # New steps.
    "a new step has a role": (
        add(
            "safety.toml", a_step(kind='"ask"', pacing='"C"', role='"agree"', say='["{name}, so?"]')
        ),
        "'new'",
    ),
    "a new step is deep": (
        add("safety.toml", a_step(kind='"share"', pacing='"D"', invite='["{name}, so?"]')),
        "'new'",
    ),
    "a new step records a voice": (
        add("safety.toml", a_step(kind='"record"', say='["{name}, say it."]')),
        "'new'",
    ),
    "a new step cannot be passed": (add("safety.toml", a_step(fixed="true")), "'new'"),
    "an evening has a number that nobody can say": (
        put("evenings.toml", "number = 9", "number = 12"),
        "evening 12",
    ),
    # Under another name.
    "English is called by another name": (renamed("xx"), "'en'"),
}


def complaint(content: Path, language: str = "en") -> str:
    with pytest.raises(ContentError) as error:
        load(language, folder=content)
    return str(error.value)


@pytest.mark.parametrize("attack", HOSTILE)
def test_it_is_refused_as_it_is_read_in_one_sentence(content: Path, attack: str) -> None:
    change, named = HOSTILE[attack]
    change(content)
    said = complaint(content, next(folder.name for folder in content.iterdir()))
    assert named in said
    assert "\n" not in said
    assert said.endswith(".")


# Words may change, and then it is said.

A_TOPIC = a_step(kind='"settle"', say='["Think of something that made you laugh.", 30.0]')

HARMLESS: dict[str, Change] = {
    "a question is reworded": in_step("SF1", "say = [", 'say = ["Take your time.", '),
    "a title is reworded": put("safety.toml", "counting on each other", "relying on each other"),
    "there is a new topic": all_of(
        add("safety.toml", A_TOPIC),
        put("evenings.toml", '"SF1", "SF2"]', '"SF1", "new topic", "SF2"]'),
    ),
    "a topic is left out": put("evenings.toml", '"U3", "U4"]', '"U3"]'),
    "two evenings change places": all_of(
        put("evenings.toml", "number = 1\n", "number = 10\n"),
        put("evenings.toml", "number = 2\n", "number = 1\n"),
        put("evenings.toml", "number = 10\n", "number = 2\n"),
    ),
    "a rest is longer": in_step("A1", "1.5", "2.5"),
    "a tender topic is asked about in other words": in_step("U7", "more of what is", "what is"),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_what_is_a_matter_of_words_is_read_and_counts_as_changed(
    content: Path, change: str
) -> None:
    HARMLESS[change](content)
    assert changed(load("en", folder=content), content, None, card=False)


@pytest.mark.parametrize("country", [None, "GB"])
@pytest.mark.parametrize("printed", [True, False])
def test_a_copy_of_what_ships_is_not_changed(
    content: Path, country: str | None, printed: bool
) -> None:
    read = load("en", country, folder=content, card=printed)
    assert not changed(read, content, country, card=printed)
    assert not changed(script(), None, None, card=False)


def test_help_lines_are_the_programs_own(content: Path) -> None:
    """Whoever writes another number into the copy writes it in vain, on the card as well."""
    for file in (content / "en" / "helplines").glob("*.toml"):
        file.write_text("all = 'lies'", encoding="utf-8")
    assert load("en", "GB", folder=content) == script("en", "GB")
    assert card("GB", folder=content) == card("GB")


def test_phrases_and_rules_are_the_programs_own(content: Path) -> None:
    shutil.rmtree(content / "en" / "heard")
    (content / "en" / "lint.toml").unlink()
    couple = CoupleSettings(content=str(content))
    assert load("en", folder=content) == script()
    assert phrasebook_of(couple).match("stop", ["stop"]).phrase == "stop"


# A language that the program does not bring


def translated(content: Path) -> Path:
    """A language in which people say other words; for the rest, English will do."""
    number = count()
    for file in (content / "en" / "heard").glob("[ac]*.toml"):
        text = file.read_text(encoding="utf-8")
        other = re.sub(r"(?m)^say = .*$", lambda _: f'say = ["wort {next(number)}"]', text)
        file.write_text(other, encoding="utf-8")
    (content / "en").rename(content / "xx")
    return content


def test_another_language_may_say_it_all_in_other_words(content: Path) -> None:
    in_step("O2", "would you like to take part tonight?", "machst du heute mit?")(content)
    read = load("xx", folder=translated(content))
    assert changed(read, content, None, card=False)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (put("underminers.toml", GATE, ""), "'U4'"),
        (in_step("O2", "say", 'needs = { step = "first", answers = ["yes"] }\nsay'), "'O2'"),
        (put("heard/commands.toml", "[[overwhelmed]]", "[[overwhelmd]]"), "'overwhelmed'"),
        (put("branches.toml", 'id = "overwhelmed"', 'id = "overwhelmd"'), "branches"),
        (in_step("T1", "say = [", 'say = ["Have you ever lied?", '), "SR-16"),
    ],
)
def test_its_steps_are_the_same_as_in_english(content: Path, change: Change, named: str) -> None:
    change(content)
    assert named in complaint(translated(content), "xx")


def test_the_command_line_says_it_in_one_sentence(
    content: Path, own_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    in_step("O4", "Help exists", "No help exists")(content)
    assert main(["rehearse", "--room", "paper", "--content", str(content)]) == 2
    shown = capsys.readouterr()
    assert shown.out.count("\n") <= 1
    assert "'O4': these words are the same for everyone; leave them." in shown.err
