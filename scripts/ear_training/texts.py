"""What the synthetic voices say: every wording, dressed and plain, and what is none of ours."""

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voicecheckin.cli.speech import all_sentences
from voicecheckin.content import load
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.phrases.wording import normal

from .voices import SyntheticVoice, dice

NONE = ""
"""The name of the class of all that is none of ours."""


@dataclass(frozen=True, slots=True)
class Line:
    """One text to be said, and what the head should hear in it."""

    text: str
    label: str
    """The plain wording that it comes down to, or NONE."""
    kind: str
    """single, plain, dressed, near, words, talk, cut or device."""


def plain_lines(phrasebook: Phrasebook, recorded: Collection[str] = ()) -> list[Line]:
    """Every plain wording once, though several phrases may share it; single if one word long and
    not among the words that were *recorded*."""
    texts = dict.fromkeys(normal(text) for id in phrasebook.ids for text in phrasebook.plain(id))
    alone = {text for text in texts if " " not in text} - set(recorded)
    return [Line(text, text, "single" if text in alone else "plain") for text in texts]


def gist_of(text: str, plain: tuple[str, ...]) -> str:
    """The longest of the *plain* wordings inside a dressed *text*."""
    inside = [wording for wording in plain if f" {normal(wording)} " in f" {normal(text)} "]
    return normal(max(inside, key=len)) if inside else NONE


def dressed_lines(phrasebook: Phrasebook, each: int) -> list[Line]:
    """Up to *each* dressed wordings of every phrase, and each phrase with an idle word or two."""
    lines = []
    for id in phrasebook.ids:
        chance, plain = dice("dressed", id), phrasebook.plain(id)
        texts = [text for text in phrasebook.wordings(id) if text not in plain]
        chosen = chance.permutation(len(texts))[:each]
        picked = [texts[number] for number in chosen]
        for count in range(3):
            lead, tail = chance.choice(phrasebook.leads), chance.choice(phrasebook.tails)
            wording = str(chance.choice(plain[:8]))
            picked.append((f"{lead} {wording}", f"{wording} {tail}", f"{lead} {wording}")[count])
        lines += [Line(text, gist_of(text, plain), "dressed") for text in picked]
    return [line for line in lines if line.label]


def none_lines(phrasebook: Phrasebook, language: str) -> list[Line]:
    """Everything in others.toml that the phrases do not know."""
    table = tomllib.loads(Path(__file__).parent.joinpath(language, "others.toml").read_text())
    lines = [Line(text, NONE, kind) for kind, texts in table.items() for text in texts]
    return [line for line in dict.fromkeys(lines) if not known(line.text, phrasebook)]


def device_lines(phrasebook: Phrasebook) -> list[Line]:
    """What the device itself says, in its own voices: none of it is anybody's answer."""
    script = load(phrasebook.language)
    return [
        Line(text, NONE, "device")
        for text in dict.fromkeys(all_sentences(script, script.names))
        if not known(text, phrasebook)
    ]


def cut_lines(phrasebook: Phrasebook) -> list[Line]:
    """Dressing without a phrase in it: "could we", "I'd like to"; nothing was asked yet."""
    texts: dict[str, None] = {}
    for id in phrasebook.ids:
        plain = phrasebook.plain(id)
        for text in phrasebook.wordings(id)[len(plain) :]:
            label = gist_of(text, plain)
            if label and (start := normal(text).split(f" {label}")[0]) != normal(text):
                texts[start] = None
    return [Line(text, NONE, "cut") for text in texts if not known(text, phrasebook)]


def known(text: str, phrasebook: Phrasebook) -> bool:
    """Whether *text* is, or nearly is, some phrase to somebody."""
    found = phrasebook.match(text, phrasebook.ids)
    return found.phrase is not None or found.doubt


def casting(
    lines: Iterable[Line],
    voices: Iterable[SyntheticVoice],
    times: dict[str, dict[str, int]],
    about: str,
) -> Iterator[tuple[SyntheticVoice, Line]]:
    """Give every line to `times[kind][engine]` voices of each engine, always the same ones."""
    choirs: dict[str, list[SyntheticVoice]] = {}
    for voice in voices:
        choirs.setdefault(voice.engine, []).append(voice)
    for line in lines:
        for engine, count in times[line.kind].items():
            choir = choirs.get(engine, [])
            order = dice(about, engine, line.text).permutation(len(choir))
            for number in order[:count]:
                yield choir[number], line
