"""What an output would tell of a talk to whoever reads it later."""

import re

from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.content.references import all_steps

NAMES = ("Robin", "Sam")


def told(output: str) -> list[str]:
    """Every sentence, name, step and title of the talk that *output* holds."""
    script = load()
    steps = list(all_steps(script))
    words = {*NAMES, *(step.id for step in steps)}
    words |= {step.title for step in steps if step.title}
    known = [*all_sentences(script, NAMES), *words]
    return [one for one in known if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", output)]
