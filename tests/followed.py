"""`voicecheckin start`, with everything written down: for people made of software, who cannot hear.

Usage: followed.py [short] OPTIONS... FILE. With `short`, it is an evening that a test can live
through in real time.
"""

import sys
from dataclasses import replace
from pathlib import Path

from voicecheckin import cli
from voicecheckin.cli import assembly
from voicecheckin.cli.arguments import parse
from voicecheckin.cli.assembly import Context, Wished, sitting_aloud
from voicecheckin.cli.choices import script_of, settings_with
from voicecheckin.cli.sitting import live
from voicecheckin.conversation.script import Passage, Script
from voicecheckin.rooms.observed import EventsFile, ObservedRoom
from voicecheckin.settings import CoupleSettings
from voicecheckin.sound.portaudio import quiet_libraries

SHORT = ("O0", "O-name", "O2", "O4", "A1", "P1", "SF1", "C1", "C6")
"""The steps that are left of a short evening."""
BREATH: Passage = (("In.",), 2.0, ("And out.",), 2.0)
SHORTER: dict[str, Passage] = {"A1": BREATH, "C1": (("How are you now?",), 3.0)}
"""What is said otherwise in it."""


def short_script(couple: CoupleSettings) -> Script:
    """The usual script with a few of its steps, one topic and short rests."""
    script = script_of(couple)
    kept = [step for step in script.steps if step.id in SHORT]
    steps = tuple(replace(step, say=SHORTER.get(step.id, step.say)) for step in kept)
    topics = {step.topic for step in steps}
    evening = replace(script.evenings[0], number=1, topics=("SF1",), short=("SF1",))
    return replace(
        script,
        steps=tuple(replace(one, pacing="R") if one.id == "SF1" else one for one in steps),
        evenings=(evening,),
        opening=tuple(topic for topic in script.opening if topic in topics),
        closing=tuple(topic for topic in script.closing if topic in topics),
    )


def main(*typed: str, file: Path) -> int:
    """Live through a sitting; every message goes to *file*."""
    if typed[0] == "short":
        assembly.sat_with, typed = short_script, typed[1:]
    options = parse(["start", *typed])
    cli._log(options)
    quiet_libraries()
    events = EventsFile(file)
    with sitting_aloud(settings_with(options), Wished(options.evening), Context()) as sitting:
        return live(replace(sitting, room=ObservedRoom(sitting.room, [events])))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:-1], file=Path(sys.argv[-1])))
