"""What a script is made of: passages, steps, branches and evenings, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Thought = tuple[str, ...]
"""Sentences that belong together; about a second of rest between them."""

Part = Thought | float
"""A thought, or a rest of so many seconds."""

Passage = tuple[Part, ...]
"""What is said in one go; rests between thoughts are longer than rests between sentences."""


class Role(Enum):
    """What a step means to the program, whatever it says."""

    PRESENCE = "presence"
    """Asks whether both are here; nothing about the device is told before it is answered."""
    NAME = "name"
    """Asks each whether a name that is new is right."""
    FIRST = "first"
    """Asks whether this is the first evening."""
    NEXT = "next"
    """Offers the evening that comes next, in its usual length."""
    WEEKLY = "weekly"
    """Offers the weekly twenty minutes."""
    SHORT = "short"
    """Offers the evening that comes next, in its short length."""
    NUMBER = "number"
    """Asks for the number of the evening, where nothing else tells it."""
    BRIEF = "brief"
    """Offers five minutes after a long while (SR-28: never a reminder, one invitation)."""
    CONSENT = "consent"
    """Asks each whether they take part tonight."""
    TAKE_UP = "take up"
    """Asks each, where a sitting goes on that was cut off, whether its topic is taken up."""
    READY = "ready"
    """Asks whether both have arrived."""
    HELP = "help"
    """Says where help is, the same every evening (SR-09)."""
    GATE = "gate"
    """Asks each whether a tender topic is opened."""
    AGREE = "agree"
    """Asks each whether they agree on something."""
    GOING_ON = "going on"
    """Asks each whether what was interrupted goes on."""
    LET_IT_REST = "let it rest"
    """Asks each, after a heavy moment, whether the evening goes on without the topic."""
    BACK_TO_IT = "back to it"
    """Asks each, after a time out, whether the topic is taken up again from its start."""
    TOGETHER = "together"
    """Asks each whether the two are on their own again."""
    GO_FASTER = "go faster"
    """Asks each whether the pace may be faster than usual."""
    STAY_LONGER = "stay longer"
    """Asks each, after 45 minutes, whether they go on."""
    SMALLER = "smaller"
    """Offers a smaller evening to two who passed everything."""
    SORRY = "sorry"
    """Asks each whether they would like to say sorry for something."""
    WELCOME = "welcome"
    """Asks the other of each who would, whether tonight is right."""
    REPAIR = "repair"
    """The turn of each who would, and is welcome."""
    LEFT = "left in peace"
    """Asks each what becomes of a topic that was set aside often; it is asked about once."""
    HEAR_KEPT = "hear kept"
    """Asks each whether offers of an earlier evening are played."""
    RECORD = "record"
    """Asks each whether their offer may be recorded."""
    KEEP = "keep"
    """Asks each whether tonight's offers are kept."""
    MEMORY = "memory"
    """Asks each whether of this evening is kept what the settings allow."""
    PHRASE = "phrase"
    """Asks each whether the device may listen, between sittings, for the phrase that begins one."""
    DATE = "date"
    """Asks each whether to sit down again in about a week."""
    CLOSING = "closing"
    """Said at every ending, word for word the same (SR-08)."""


MANY = frozenset({Role.GATE, Role.AGREE, Role.GOING_ON, Role.LET_IT_REST, Role.READY})
"""Roles that several steps may play; each of the others is played by one at most."""

RESPONSES = ("mirror", "own", "receive")
"""How a turn is answered: said back and checked; told how it was to hear; or just taken in."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said or asked; topics are groups of steps, evenings are lists of topics."""

    id: str
    kind: str
    """tell, settle (spoken breaths), ask (a closed question), share (a triad each), record (an
    offer of each in their own voice) or replay (offers of an earlier evening)."""
    chapter: str
    topic: str
    """Steps of one topic stand together; `next topic` skips what is left of it."""
    pacing: str
    """Pacing class: C, N, R or D; empty where nothing is asked."""
    say: Passage = ()
    """What is told or asked; for a share, the set-up said to both."""
    role: Role | None = None
    """What the step means to the program; most steps mean nothing to it."""
    title: str = ""
    covers: tuple[str, ...] = ()
    """Ids of the essay's ideas (S0 to S26, U1 to U7)."""
    needs: tuple[str, tuple[str, ...]] | None = None
    """The step only happens if that ask step was answered with one of these."""
    landing: bool = False
    """Whether it brings back to solid ground, so that no hour is too late for it."""
    fixed: bool = False
    """Said the same, word for word, on every path; `pass` does not skip it."""
    to: str = "both"
    """Who is asked: both at once, or each by name."""
    answers: tuple[str, ...] = ()
    """Phrase ids that count as answers, in the order they are offered."""
    strict: tuple[str, ...] = ()
    """The same, strictest first: with two answers the stricter counts."""
    doubt: str = ""
    """What it means when nothing was understood in the end."""
    then: Mapping[str, str] = field(default_factory=dict)
    """What follows an answer, see `meaning.ACTIONS`; or the id of a step or a branch to go to."""
    plain: bool = False
    """Whether it asks for consent: only a plain yes counts, and doubt is no."""
    reply: Mapping[str, Passage] = field(default_factory=dict)
    """What is said after an answer; `other` after every one but yes that is not named."""
    invite: Passage = ()
    """A share's invitation to the speaker."""
    listener: Passage = ()
    """A share's invitation to the listener; empty for the usual one."""
    response: str = "mirror"
    """How a share is answered, see `RESPONSES`."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening's main topics, as the journey lays them out."""

    number: int
    """1 to 9; 0 is the weekly sitting."""
    title: str
    topics: tuple[str, ...]
    short: tuple[str, ...] = ()
    """The topics of the short length; the others wait for another evening."""
    theme: Passage = ()
    """What it is about, told before anyone is asked to take part."""
    rotating: tuple[str, ...] = ()
    """One of these joins the topics, a different one each time."""
    fourth: tuple[str, ...] = ()
    """What takes that one's place every fourth time."""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything the device can say in one language."""

    language: str
    steps: tuple[Step, ...]
    """All steps of the frame and the chapters, in order."""
    branches: Mapping[str, tuple[Step, ...]]
    """Interposed steps by the command that calls them."""
    lines: Mapping[str, tuple[Passage, ...]]
    """Sentences that return often, in a few wordings each."""
    evenings: tuple[Evening, ...]
    opening: tuple[str, ...]
    """Topics before the main ones, every evening."""
    closing: tuple[str, ...]
    """Topics after the main ones, every evening."""
    names: tuple[str, str]
    """How the two are called when they gave no names."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """How an answer is offered aloud where its id does not say it; `or` joins the last two."""
    ideas: Mapping[str, str] = field(default_factory=dict)
    """The essay's ideas by id, in a few words; those in `uncovered` are left out on purpose."""
    uncovered: Mapping[str, str] = field(default_factory=dict)
    """Ideas left out on purpose, with the reason."""
    well: Mapping[str, str] = field(default_factory=dict)
    """How each idea arrives: what is said of it, and what is asked then."""

    def of_role(self, role: Role) -> Step | None:
        """The step that plays *role*, if there is one."""
        return next((step for step in self.steps if step.role is role), None)
