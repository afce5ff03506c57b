"""What the head learns from and what it is measured with: who says what, heard how."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecheckin.hearing.phrases.phrasebook import Phrasebook

from . import clips, texts, voices
from .feature_cache import AugmentedClip
from .texts import Line
from .voices import SyntheticVoice, dice

REPEATS = 4
"""Times that a real word of ours is worn, each time differently; half as often if none of ours."""
DISHES = 4
"""Times that a real word of ours is heard over dishes; half as often if none of ours."""
WEARS = {"single": 3, "plain": 2, "dressed": 2}
"""Times that a synthetic clip of a kind is worn; others once."""
DRESSED = 15
"""Dressed wordings of each phrase."""
MEASURED = ("as recorded", "kitchen 10 dB")
AGAIN = ("kitchen 10 dB again", "kitchen 5 dB")
"""Real words, beside: a second try in another noise, and a louder noise."""

# Voices of each engine that say a line of a kind, for learning. A single word that nobody recorded
# is learned from these voices alone, and a short word tells least: nearly all of them say it.
TRAIN = {
    "single": {"espeak": 28, "flite": 3, "piper": 1, "kokoro": 8},
    "plain": {"espeak": 3, "flite": 2, "piper": 1, "kokoro": 3},
    "dressed": {"espeak": 2, "kokoro": 1},
    "near": {"espeak": 3, "kokoro": 1},
    "words": {"espeak": 2},
    "talk": {"espeak": 1, "hibari": 1},
    "cut": {"espeak": 2},
    "device": {"hibari": 1},
}
# The same for measuring, with voices that are held out.
TEST = {
    "single": {"espeak": 3, "flite": 1, "festival": 1, "kokoro": 1},
    "plain": {"espeak": 1, "kokoro": 1},
    "dressed": {"espeak": 1},
    "near": {"espeak": 1},
    "words": {"espeak": 1},
    "talk": {"espeak": 1},
    "cut": {"espeak": 1},
    "device": {},
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a plan is made from."""

    recordings: Path
    renders: Path
    """Where rendered voices are kept."""
    book: Phrasebook
    choir: Sequence[SyntheticVoice]

    @property
    def labels(self) -> tuple[str, ...]:
        """The wordings that the head tells apart; NONE is the last."""
        return (*(line.text for line in texts.plain_lines(self.book)), texts.NONE)


def real(stage: Stage) -> list[AugmentedClip]:
    """Real words, orders, reading and noise, worn."""
    words = clips.words(stage.recordings, stage.labels)
    orders = clips.others(stage.recordings)
    folder = stage.recordings
    pieces = clips.talk_pieces(folder) + clips.order_pieces(folder) + clips.noise_pieces(folder)
    ours = [clip for clip in words if clip.label]
    hearings = [
        AugmentedClip(clip, way, n % 2, first + n)
        for way, times, first in (("worn", REPEATS, 0), ("over dishes", DISHES, 50))
        for n in range(times)
        for clip in (words if n < times // 2 else ours)
    ]
    hearings += [AugmentedClip(clip, "worn", n % 2, n) for n in range(2) for clip in orders]
    mixed = clips.both(stage.recordings, stage.labels)
    hearings += [AugmentedClip(clip, "worn", n % 2, 80 + n % 3) for n, clip in enumerate(mixed)]
    return hearings + [AugmentedClip(clip, "worn", n % 2) for n, clip in enumerate(pieces)]


def measured(stage: Stage, ways: Sequence[str] = MEASURED) -> list[AugmentedClip]:
    """Real words and orders, in rooms and noises of the other half than their fold learns with."""
    said = clips.words(stage.recordings, stage.labels) + clips.others(stage.recordings)
    said += [clip for clip in clips.both(stage.recordings, stage.labels) if clip.says == "yes+no"]
    return [
        AugmentedClip(clip, way, 1 - clip.fold % 2, 100 + number)
        for number, way in enumerate((*ways, *AGAIN))
        for clip in said
        if way in ways or clip.kind == "words"
    ]


def casts(stage: Stage, held_out: bool) -> list[tuple[SyntheticVoice, Line]]:
    """Which synthetic voice says which line."""
    choir = [voice for voice in stage.choir if voice.held_out == held_out]
    recorded = {clip.says for clip in clips.words(stage.recordings, stage.labels)}
    lines = texts.plain_lines(stage.book, recorded) + texts.dressed_lines(stage.book, DRESSED)
    lines += texts.none_lines(stage.book, stage.book.language) + texts.cut_lines(stage.book)
    lines += texts.device_lines(stage.book)
    about = "test" if held_out else "train"
    return list(texts.casting(lines, choir, TEST if held_out else TRAIN, about))


def synthetic(stage: Stage, held_out: bool, only_kept: bool = False) -> list[AugmentedClip]:
    """Synthetic voices, worn for learning, measured as the real ones if *held_out*."""
    parts = casts(stage, held_out)
    if only_kept:
        kept = {
            voice: kept_by(stage, voice) for voice in dict.fromkeys(voice for voice, _ in parts)
        }
        parts = [
            (voice, line)
            for voice, line in parts
            if voices.render_path(voice, line.text, stage.renders).name in kept[voice]
        ]
    rendered = voices.render_all(((voice, line.text) for voice, line in parts), stage.renders)
    said = [
        clip
        for (voice, line), (_, _, path) in zip(parts, rendered, strict=True)
        for clip in clips.said_by(voice.title, line, path)
    ]
    if held_out:
        return [
            AugmentedClip(clip, way, 2, 100 + n) for n, way in enumerate(MEASURED) for clip in said
        ]
    return [
        AugmentedClip(clip, "worn", (int(dice(clip.path.name).integers(2)) + n) % 2, n)
        for clip in said
        for n in range(WEARS.get(clip.kind, 1))
    ]


def kept_by(stage: Stage, voice: SyntheticVoice) -> set[str]:
    """Names of the files that *voice* has rendered already."""
    folder = stage.renders / voice.engine / voice.name
    return {path.name for path in folder.glob("*.flac")}
