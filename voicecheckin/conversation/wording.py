"""Which of several wordings is said, and whose name stands in it."""

from collections.abc import Sequence

from voicecheckin.conversation.journey import WEEKLY
from voicecheckin.conversation.meaning import YESES
from voicecheckin.conversation.script import Evening, Part, Passage, Script

LINES = (
    *("more", "listener", "felt_heard", "one_line", "thanks", "passed", "held", "heard_later"),
    *("first_cue", "second_cue", "rest_offer", "more_time", "carry_on"),
    *("unclear_1", "unclear_2", "doubt", "out_of_place"),
    *("paused", "resumed", "sound_back", "goodbye", "help"),
    *("slower", "faster", "louder", "softer"),
    *("makes_sense", "how_to_hear", "need_to_see", "leave_off", "missed", "disagree_later"),
    *("chosen", "ask_again_short", "words_changed", "home_listens", "home_speaks"),
    *("no_key", "wrong_key", "bad_key", "damaged", "altered", "newer"),
    *("read_only", "full", "busy", "failing", "not_forgotten"),
    *("own_ear", "own_voice", "deaf", "no_sound_heard", "events_written"),
)
"""The recurring lines that a script must have."""
NOT_FORGOTTEN = "not_forgotten"
"""Said also while goodnight is said: nobody may believe that something is gone when it is not."""


def fill(passage: Passage, **words: str) -> Passage:
    """Put names and choices in their places."""
    return tuple(_fill_part(part, words) for part in passage)


def _fill_part(part: Part, words: dict[str, str]) -> Part:
    if isinstance(part, float):
        return part
    filled = (_replace(sentence, words) for sentence in part)
    return tuple(sentence[0].upper() + sentence[1:] for sentence in filled if sentence)


def _replace(sentence: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        sentence = sentence.replace("{" + name + "}", word)
    return sentence


def one_of(choices: Sequence[str], last: str) -> str:
    """Choices as one says them: "yes, no or pass"."""
    if len(choices) < 2:
        return "".join(choices)
    return f"{', '.join(choices[:-1])} {last} {choices[-1]}"


def _title(evening: Evening | None) -> str:
    return evening.title if evening is not None else ""


def _with_theme(passage: Passage, theme: Passage) -> Passage:
    """Put the whole passage about tonight in the place of a sentence that only names it."""
    if (("{theme}",)) not in passage:
        return passage
    at = passage.index(("{theme}",))
    return (*passage[:at], *theme, *passage[at + 1 :])


class Wording:
    """The script's recurring lines, with wordings that take turns.

    The wording depends on the step only, never on who is spoken to, so that both partners hear the
    same (SR-07).
    """

    def __init__(self, script: Script, names: tuple[str, str]) -> None:
        self._script = script
        self._names = names
        self.topics = ""
        """The titles of tonight's topics so far, as one says them."""
        self.held = ""
        """The title of a topic that was set aside often."""
        self.resumed = ""
        """The title of the topic at which a sitting was cut off."""
        self.days = 0
        """For how many days anything is kept."""
        self._titles = ("", "")
        self._theme: Passage = ()
        self.round = 0
        """Counts the steps; wordings change from step to step."""

    def line(self, key: str, floor: int | None = None, choices: str = "") -> Passage:
        """The wording of *key* for this step."""
        wordings = self._script.lines[key]
        return self.to(wordings[self.round % len(wordings)], floor, choices)

    def to(self, passage: Passage, floor: int | None, choices: str = "") -> Passage:
        """A passage spoken to the partner who has the floor."""
        first = floor or 0
        coming, following = self._titles
        return fill(
            _with_theme(passage, self._theme),
            name=self._names[first],
            other=self._names[1 - first],
            first=self._names[0],
            second=self._names[1],
            choices=choices,
            topics=self.topics,
            held=self.held,
            resumed=self.resumed,
            days=str(self.days),
            coming=coming,
            next_theme=following,
        )

    def tell_evening(self, evening: int | None, coming: int) -> None:
        """Know which evening it is, once that is decided, and which one would come *coming*."""
        evenings = {one.number: one for one in self._script.evenings}
        plan = evenings.get(coming if evening is None else evening)
        self._theme = plan.theme if plan is not None else ()
        after = coming if evening in (None, WEEKLY) else (evening or 0) + 1
        self._titles = (_title(evenings.get(coming)), _title(evenings.get(after, evenings.get(0))))

    def forget_names(self) -> None:
        """Call nobody by a name any more."""
        self._names = self._script.names

    def tell_topics(self, titles: Sequence[str]) -> None:
        """Name tonight's topics from now on, where the script speaks of them."""
        self.topics = one_of(titles, self._script.spoken.get("and", "and"))

    def choices(self, answers: Sequence[str]) -> str:
        """The answers as they are offered."""
        offered = [answer for answer in answers if answer not in YESES]
        spoken = [self._script.spoken.get(answer, answer) for answer in offered]
        return one_of(spoken, self._script.spoken.get("or", "or"))
