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
    """What a step means to the program, whatever it says; each is played by one step at most."""

    PRESENCE = "presence"
    """Asks whether both are here; nothing about the device is told before it is answered."""
    CONSENT = "consent"
    """Asks each whether they take part tonight."""
    MEMORY = "memory"
    """Asks each what may be kept of this evening."""
    HELP = "help"
    """Says where help is, the same every evening (SR-09)."""
    EVENING = "evening"
    """Asks which evening this is, unless it is known."""
    LENGTH = "length"
    """Asks for a short or a usual evening, unless it is known."""
    SWAP = "swap"
    """Asks each whether the other one should begin tonight."""
    BRIEF = "brief"
    """Offers five minutes after a long while (SR-28: never a reminder, one invitation)."""
    LEFT = "left in peace"
    """Asks each what becomes of a topic that was set aside often; it is asked about once."""
    RECORD = "record"
    """Asks each whether their offer may be recorded; where there is no voice, nobody is asked."""
    KEEP = "keep"
    """Asks each whether tonight's offers are kept."""
    DATE = "date"
    """Asks each whether to sit down again in about a week."""
    CLOSING = "closing"
    """Said at every ending, word for word the same (SR-08)."""


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
    """What follows an answer: next, next topic, again, resume, arrive, wrap up, close, decline,
    quiet, or the id of a step to go to."""
    reply: Mapping[str, Passage] = field(default_factory=dict)
    """What is said after an answer."""
    invite: Passage = ()
    """A share's invitation to the speaker."""
    listener: Passage = ()
    """A share's invitation to the listener; empty for the usual one."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening's main topics, as the journey lays them out."""

    number: int
    """1 to 9; 0 is the keeping sitting."""
    title: str
    topics: tuple[str, ...]
    short: tuple[str, ...] = ()
    """The topics of the short length; the others wait for another evening."""


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

    def of_role(self, role: Role) -> Step | None:
        """The step that plays *role*, if there is one."""
        return next((step for step in self.steps if step.role is role), None)
