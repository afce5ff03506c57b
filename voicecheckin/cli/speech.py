"""Everything that may be said, so that it can be rendered ahead."""

from collections.abc import Iterator

from voicecheckin.conversation.prompt_queue import Sentence, items
from voicecheckin.conversation.script import Passage, Script
from voicecheckin.conversation.wording import Wording


def all_sentences(script: Script, names: tuple[str, str]) -> list[str]:
    """Everything that may be said, in order, spoken to either of the two."""
    wording = Wording(script, names)
    spoken = (
        sentence.text
        for passage in _passages(script)
        for floor in (0, 1)
        for sentence in items(wording.to(passage, floor))
        if isinstance(sentence, Sentence)
    )
    return [text for text in dict.fromkeys(spoken) if "{" not in text]


def _passages(script: Script) -> Iterator[Passage]:
    branches = (step for steps in script.branches.values() for step in steps)
    steps = {step.id: step for step in (*script.steps, *branches)}
    for step in steps.values():
        yield from (step.say, step.invite, step.listener, *step.reply.values())
    for wordings in script.lines.values():
        yield from wordings
