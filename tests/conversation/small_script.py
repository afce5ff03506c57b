"""A script just large enough to hold every kind of step."""

from voicecheckin.conversation.script import Evening, Passage, Role, Script, Step
from voicecheckin.conversation.wording import LINES


def _said(*sentences: str) -> Passage:
    return (sentences,)


ROLES = {
    "O0": Role.PRESENCE,
    "O2a": Role.CONSENT,
    "O2b": Role.MEMORY,
    "O4": Role.HELP,
    "R3": Role.KEEP,
    "C6": Role.CLOSING,
}


def step(id: str, kind: str, topic: str, pacing: str = "", **more: object) -> Step:
    """A step whose words are its id, unless said otherwise."""
    words: dict[str, object] = {"say": _said(f"{id}.")}
    if kind == "share":
        words["invite"] = _said(f"{{name}}, {id} invites you.")
    rest = {"role": ROLES.get(id), **words, **more}
    return Step(id=id, kind=kind, chapter=topic[0], topic=topic, pacing=pacing, **rest)


STEPS = (
    step(
        "O0",
        "ask",
        "opening",
        "C",
        answers=("yes", "not now"),
        doubt="not now",
        then={"yes": "next", "not now": "decline"},
    ),
    step(
        "O2a",
        "ask",
        "opening",
        "C",
        to="each",
        answers=("yes", "no"),
        strict=("no", "yes"),
        doubt="no",
        then={"yes": "next", "no": "decline"},
        say=_said("{name}, do you want this?"),
    ),
    step(
        "O2b",
        "ask",
        "opening",
        "C",
        to="each",
        answers=("nothing", "dates", "agreements"),
        strict=("nothing", "dates", "agreements"),
        doubt="nothing",
        say=_said("{name}, what may I keep?"),
    ),
    step("O4", "tell", "opening", fixed=True, say=_said("Help is there.", "For anyone.")),
    step("A1", "settle", "opening", say=(("Breathe in.",), 4.0, ("And out.",), 6.0)),
    step(
        "A2",
        "ask",
        "opening",
        "C",
        answers=("ready", "more time", "not now"),
        doubt="ready",
        then={"ready": "next", "more time": "A1", "not now": "close"},
    ),
    step("P1", "share", "opening", "R"),
    step(
        "U7a",
        "ask",
        "U7",
        "C",
        to="each",
        answers=("yes", "pass", "hold"),
        strict=("hold", "pass", "yes"),
        doubt="pass",
        say=_said("{name}, shall we?"),
        then={"yes": "next", "pass": "next topic", "hold": "next topic"},
    ),
    step("U7", "share", "U7", "D"),
    step(
        "SF1a",
        "ask",
        "SF1",
        "N",
        to="each",
        answers=("one", "two", "three", "four", "five", "pass"),
        doubt="pass",
        say=_said("{name}, which number?"),
    ),
    step("SF1", "share", "SF1", "R"),
    step(
        "SF2a",
        "ask",
        "SF2",
        "N",
        to="each",
        answers=("one", "two", "three", "four", "five", "pass"),
        doubt="pass",
        say=_said("{name}, which number?"),
    ),
    step("SF2", "share", "SF2", "R"),
    step(
        "R1",
        "record",
        "closing",
        needs=("O2b", ("agreements",)),
        say=_said("{name}, say it after the bell."),
        listener=_said("This is it."),
    ),
    step(
        "R3",
        "ask",
        "closing",
        "C",
        to="each",
        needs=("O2b", ("agreements",)),
        answers=("keep", "let go", "change"),
        strict=("let go", "change", "keep"),
        doubt="let go",
        then={"change": "R1"},
        say=_said("{name}, keep it?"),
    ),
    step("C1", "tell", "closing"),
    step("C6", "tell", "closing", fixed=True, say=_said("Help is there.", "Good night.")),
)
BRANCHES = {
    "time out": (
        step("TO1", "tell", "time out", say=(("A rest is good.",), 1200.0)),
        step("TO2", "ask", "time out", "C", answers=("ready", "not now"), doubt="not now",
             then={"ready": "arrive", "not now": "close"}),
    ),
    "overwhelmed": (
        step("OV1", "ask", "overwhelmed", "C", answers=("stay", "stop"), doubt="stay",
             then={"stay": "resume", "stop": "close"}),
    ),
    "time offer": (
        step("OF1", "ask", "time offer", "C", to="each", answers=("yes", "no"),
             strict=("no", "yes"), doubt="no", then={"yes": "next", "no": "wrap up"}),
    ),
}  # fmt: skip
SMALL = Script(
    language="en",
    steps=STEPS,
    branches=BRANCHES,
    lines={key: (_said(f"{key}."), _said(f"{key}, said otherwise.")) for key in LINES},
    evenings=(Evening(1, "First", ("SF1",)), Evening(2, "Second", ("U7", "SF2"))),
    opening=("opening",),
    closing=("closing",),
    names=("One", "Two"),
)
