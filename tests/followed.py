"""`voicecheckin start`, with everything written down: for people made of software, who cannot hear.

Usage: followed.py OPTIONS... FILE
"""

import sys
from dataclasses import replace
from pathlib import Path

from voicecheckin import cli
from voicecheckin.cli.arguments import parse
from voicecheckin.cli.assembly import Context, Wished, sitting_aloud
from voicecheckin.cli.choices import settings_with
from voicecheckin.cli.sitting import live
from voicecheckin.rooms.observed import EventsFile, ObservedRoom
from voicecheckin.sound.portaudio import quiet_libraries


def main(*typed: str, file: Path) -> int:
    """Live through a sitting; every message goes to *file*."""
    options = parse(["start", *typed])
    cli._log(options)
    quiet_libraries()
    events = EventsFile(file)
    with sitting_aloud(settings_with(options), Wished(options.evening), Context()) as sitting:
        return live(replace(sitting, room=ObservedRoom(sitting.room, [events])))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:-1], file=Path(sys.argv[-1])))
