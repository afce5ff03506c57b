"""A script just large enough to hold every kind of step."""

from voicecheckin.conversation.meaning import MEANINGS, meant
from voicecheckin.conversation.script import Evening, Passage, Role, Script, Step
from voicecheckin.conversation.wording import LINES


def _said(*sentences: str) -> Passage:
    return (sentences,)


ROLES = {
    "O0": Role.PRESENCE,
    "O2a": Role.CONSENT,
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
    "AP": Role.GOING_ON,
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
    if kind == "ask" and MEANINGS[ROLES[id]].to == "each":
        words["say"] = _said(f"{{name}}, {id}?")
    rest = {"role": ROLES.get(id), **words, **more}
    return meant(Step(id=id, kind=kind, chapter=topic[0], topic=topic, pacing=pacing, **rest))


STEPS = (
    step("O0", "ask", "opening", "C"),
    step("O2a", "ask", "opening", "C", say=_said("{name}, do you want this?")),
    step("O4", "tell", "opening", fixed=True, say=_said("Help is there.", "For anyone.")),
    step("A1", "settle", "opening", say=(("Breathe in.",), 4.0, ("And out.",), 6.0)),
    step("A2", "ask", "opening", "C", reply={"other": (*_said("There is time."), 60.0)}),
    step("P1", "share", "opening", "R", response="receive"),
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
    "overwhelmed": (step("OV2", "ask", "overwhelmed", "C"),),
    "after pause": (step("AP", "ask", "after pause", "C"),),
    "faster": (step("FA", "ask", "faster", "C"),),
    "not alone": (step("NA", "ask", "not alone", "C"),),
    "smaller": (step("SM", "ask", "smaller", "C"),),
    "time offer": (step("OF1", "ask", "time offer", "C"),),
    "rules": (step("RU", "tell", "rules"),),
}
SMALL = Script(
    language="en",
    steps=STEPS,
    branches=BRANCHES,
    lines={key: (_said(f"{key}."), _said(f"{key}, said otherwise.")) for key in LINES},
    evenings=(
        Evening(1, "First", ("SF1",)),
        Evening(2, "Second", ("U7", "SF2")),
        Evening(3, "Third", ("U6",)),
        Evening(0, "Weekly", (), rotating=("SF1", "SF2")),
    ),
    opening=("opening",),
    closing=("repair", "offer", "closing"),
    names=("One", "Two"),
)
