"""A file of events, read: who sounded when in a sitting, never what was said."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LANES = ("Robin", "Sam", "either", "device")
"""From top to bottom; `either` are answers to what both were asked."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody sounds; in seconds since the beginning."""

    lane: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the events file."""

    t: float
    kind: str
    floor: int | None = None
    """Who was asked, in a Listen; None for both."""
    silence: float = 0.0
    """Seconds of quiet, in a VoiceEnded."""


def read(path: Path) -> list[Moment]:
    """All lines of an events file; leaves with a sentence where there is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_moment(json.loads(line)) for line in lines]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SystemExit(f"{path}: this is no file of events: {error}.") from error


def _moment(line: object) -> Moment:
    if not isinstance(line, dict):
        raise TypeError("each line must be an object of JSON")
    floor, silence = line.get("floor"), line.get("silence", 0.0)
    return Moment(
        t=float(str(line["t"])),
        kind=str(line["kind"]),
        floor=floor if floor in (0, 1) else None,
        silence=float(str(silence)),
    )


def stretches(moments: Sequence[Moment]) -> list[Stretch]:
    """Who sounded when."""
    found: list[Stretch] = []
    floor: int | None = None
    device: float | None = None
    voice: tuple[float, str] | None = None
    for moment in moments:
        match moment.kind:
            case "Listen":
                floor = moment.floor
            case "Speak" if device is None:
                device = moment.t
            case "SpeechEnded" | "Hush" if device is not None:
                found.append(Stretch("device", device, moment.t))
                device = None
            case "VoiceBegan" if voice is None:
                voice = moment.t, LANES[2 if floor is None else floor]
            case "VoiceEnded" if voice is not None:
                start, lane = voice
                found.append(Stretch(lane, start, max(start, moment.t - moment.silence)))
                voice = None
    return found
