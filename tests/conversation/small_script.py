"""A script just large enough to hold every kind of step."""

from voicecheckin.conversation.meaning import MEANINGS, meant
from voicecheckin.conversation.script import Evening, Passage, Role, Script, Step
from voicecheckin.conversation.wording import LINES


def _said(*sentences: str) -> Passage:
    return (sentences,)


def _line(words: str) -> Passage:
    """A recurring line; some of them offer the answers that count."""
    offers = words.split(",")[0] in ("doubt", "out_of_place", "chosen", "help")
    return _said(f"{words}: {{choices}}." if offers else f"{words}.")


OPENING = ("presence", "shape", "consent", "arrival")
ROLES = {
    "O0": Role.PRESENCE,
    "NM": Role.NAME,
    "FI": Role.FIRST,
    "NX": Role.NEXT,
    "WK": Role.WEEKLY,
    "SH": Role.SHORT,
    "NU": Role.NUMBER,
    "BR": Role.BRIEF,
    "O2a": Role.CONSENT,
    "TU": Role.TAKE_UP,
    "O2b": Role.MEMORY,
    "O4": Role.HELP,
    "A2": Role.READY,
    "U7a": Role.GATE,
    "SO": Role.SORRY,
    "WE": Role.WELCOME,
    "R2": Role.REPAIR,
    "R3": Role.KEEP,
    "C6": Role.CLOSING,
    "TO2": Role.BACK_TO_IT,
    "OV2": Role.LET_IT_REST,
    "HE2": Role.LET_IT_REST,
    "AP": Role.GOING_ON,
    "DI2": Role.GOING_ON,
    "FA": Role.GO_FASTER,
    "OF1": Role.STAY_LONGER,
    "SM": Role.SMALLER,
    "NA": Role.TOGETHER,
}


def step(id: str, kind: str, topic: str, pacing: str = "", **more: object) -> Step:
    """A step whose words are its id, unless said otherwise."""
    words: dict[str, object] = {"say": _said(f"{id}.")}
    if kind == "share":
        words["invite"] = _said(f"{{name}}, {id} invites you.")
    if id in ROLES and kind == "ask" and MEANINGS[ROLES[id]].to == "each":
        words["say"] = _said(f"{{name}}, {id}?")
    rest = {"role": ROLES.get(id), **words, **more}
    chapter = "O" if topic in OPENING else topic[0]
    return meant(Step(id=id, kind=kind, chapter=chapter, topic=topic, pacing=pacing, **rest))  # type: ignore[arg-type]


STEPS = (
    step("O0", "ask", "presence", "C"),
    step("NM", "ask", "presence", "C", needs=("names", ("new",))),
    step("BR", "ask", "shape", "C", needs=("notice", ("long_ago",))),
    *(step(id, "ask", "shape", "C") for id in ("FI", "NX", "WK", "SH", "NU")),
    step("O2a", "ask", "consent", "C", say=_said("{name}, do you want this?")),
    step("O4", "tell", "consent", fixed=True, say=_said("Help is there.", "For anyone.")),
    step("TU", "ask", "consent", "C", needs=("resumed", ("yes",))),
    step("A1", "settle", "arrival", say=(("Breathe in.",), 4.0, ("And out.",), 6.0)),
    step("A2", "ask", "arrival", "C", reply={"other": (*_said("There is time."), 60.0)}),
    step("P1", "share", "arrival", "R", response="receive"),
    step("U7a", "ask", "U7", "C", say=_said("{name}, shall we?"), reply={"other": _said("So.")}),
    step("U7", "share", "U7", "D"),
    step("SF1", "share", "SF1", "R"),
    step("SF2", "share", "SF2", "R"),
    step("U6", "share", "U6", "D", response="own"),
    step("SO", "ask", "repair", "C"),
    step("WE", "ask", "repair", "C", reply={"other": _said("Another time.")}),
    step("R2", "share", "repair", "D", response="own", landing=True),
    step(
        "R1",
        "record",
        "offer",
        needs=("keepsakes", ("wanted",)),
        say=_said("{name}, say it after the bell."),
        listener=_said("This is it."),
    ),
    step(
        "R3",
        "ask",
        "offer",
        "C",
        needs=("keepsakes", ("wanted",)),
        say=_said("{name}, keep it?"),
    ),
    step("C1", "tell", "closing"),
    step("O2b", "ask", "closing", "C", needs=("memory", ("wanted",)), say=_said("{name}, keep?")),
    step("C6", "tell", "closing", fixed=True, say=_said("Good night.")),
)
BRANCHES = {
    "time out": (
        step("TO1", "settle", "time out", say=(("A rest is good.",), 1200.0)),
        step("TO2", "ask", "time out", "C"),
    ),
    "overwhelmed": (
        step("OV1", "settle", "overwhelmed", say=(("We stop here.",), 30.0)),
        step("OV2", "ask", "overwhelmed", "C"),
    ),
    "heavy": (
        step("HE1", "settle", "heavy", say=(("It deserves more than tonight.",), 20.0)),
        step("HE2", "ask", "heavy", "C"),
    ),
    "disagree": (
        step("DI1", "share", "disagree", "R", response="receive"),
        step("DI2", "ask", "disagree", "C"),
    ),
    "after pause": (step("AP", "ask", "after pause", "C"),),
    "faster": (step("FA", "ask", "faster", "C"),),
    "not alone": (step("NA", "ask", "not alone", "C"),),
    "smaller": (step("SM", "ask", "smaller", "C"),),
    "time offer": (step("OF1", "ask", "time offer", "C"),),
    "alone": (
        step(
            "AL",
            "ask",
            "alone",
            "C",
            answers=("yes", "no"),
            strict=("no", "yes"),
            doubt="no",
            then={"no": "decline"},
        ),
        step("AL2", "settle", "alone", say=(("It is quiet.",), 60.0)),
        step(
            "AL3",
            "ask",
            "alone",
            "C",
            answers=("yes", "no"),
            strict=("no", "yes"),
            doubt="yes",
            then={"yes": "close", "no": "AL2"},
        ),
    ),
    "rules": (step("RU", "tell", "rules"),),
}
SMALL = Script(
    language="en",
    steps=STEPS,
    branches=BRANCHES,
    lines={key: (_line(key), _line(f"{key}, otherwise")) for key in LINES},
    evenings=(
        Evening(1, "First", ("SF1",)),
        Evening(2, "Second", ("U7", "SF2")),
        Evening(3, "Third", ("U6",)),
        Evening(0, "Weekly", (), rotating=("SF1", "SF2")),
    ),
    opening=OPENING,
    closing=("repair", "offer", "closing"),
    names=("One", "Two"),
)
