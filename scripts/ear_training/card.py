"""Writing the head, its thresholds, and the card that says what it was made of."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

import voicecheckin.hearing.recognisers
from voicecheckin.hearing.consent import SURE
from voicecheckin.hearing.recognisers.head import Limits
from voicecheckin.hearing.recognisers.head_ear import Weighed, judge
from voicecheckin.hearing.recognisers.recogniser import Recognition
from voicecheckin.hearing.tries import together

from .calibrate import ASKED, DIGITS, QUESTION, Mask, ScoredClips, shares
from .clips import listed
from .feature_cache import AugmentedClip
from .plan import Stage
from .voices import HELD_OUT, LICENCES

if TYPE_CHECKING:
    from .train import Trained

Value = TypeVar("Value")
TWICE = ("kitchen 10 dB", "kitchen 10 dB again")
"""The two tries that are taken together."""
SYNTHETIC = {
    "single words that nobody recorded": ("single",),
    "other plain wordings": ("plain",),
    "dressed wordings": ("dressed",),
    "none of ours": ("near", "words", "talk", "cut"),
}
ON = {
    "whisper": "the encoder of Whisper tiny.en (MIT), int8, "
    f"CTranslate2 {version('ctranslate2')}, 40 ms a row",
    "small": "openWakeWord's speech embedding (Apache-2.0), "
    f"pyopen-wakeword {version('pyopen-wakeword')}, 80 ms a row",
}
"""Each ear's encoder."""
HOW = {
    "accept": "Lowest value at which speakers that the head did not learn from were acted on "
    "wrongly, and other words and orders accepted, half as often as allowed, "
    "and hardly any piece of reading was taken for stop; as recorded.",
    "noisy": "The same in the kitchen at 10 dB, as often as allowed.",
    "several": "Lowest tenth at which synthetic voices unknown to the head were acted on wrongly "
    "less than once in 200 times, all phrases, as recorded and in the kitchen.",
    "free": "Lowest value at which under 3 % of other words were taken for a command in a free "
    "turn, as recorded and in the kitchen.",
    "clear": "Between the two: most clips as recorded have more, most in the kitchen have less.",
    "doubt": "A third of accept.",
    "stop": "Below noisy, as long as under 0.5 % of other words and 0.2 % of pieces of reading "
    "were taken for stop: errs towards stopping.",
    "slope": "Fitted to how often the likeliest phrase was right, over these speakers' words.",
    "shift": "With slope.",
    "lead": "Chosen, not measured: twice as likely as the next phrase, or it is doubt.",
}


def write(ear: str, done: "Trained", limits: Limits) -> None:
    """Write head.npz, second.npz, thresholds.toml and card.md into the package."""
    stage, second = done.stage, done.second
    folder = (
        Path(voicecheckin.hearing.recognisers.__file__).parent / "heads" / stage.book.language / ear
    )
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.ArrayLike] = {
        f"{number} {name}": array.astype(np.float16)
        for number, net in enumerate(done.shipped)
        for name, array in net.items()
    }
    arrays["labels"] = np.array(stage.labels)
    np.savez_compressed(folder / "head.npz", allow_pickle=False, **arrays)
    weights: dict[str, npt.ArrayLike] = {"weights": second.weights, "shift": second.shift}
    weights["names"] = np.array(second.names)
    np.savez_compressed(folder / "second.npz", allow_pickle=False, **weights)
    (folder / "thresholds.toml").write_text(thresholds(limits), encoding="utf-8")
    card = about(ear, stage, done.hearings) + figures(done.unknown, limits)
    card += synthetic_figures(done.strangers, limits)
    (folder / "card.md").write_text("\n".join(card) + "\n", encoding="utf-8")
    print("\n".join(card))


def thresholds(limits: Limits) -> str:
    """The thresholds as TOML, each with how it was obtained."""
    lines = ["# Made by scripts/train-ear."]
    for name in Limits.__slots__:
        value = getattr(limits, name)
        lines += ["", f"[{name}]", f"value = {value}", f'how = "{HOW[name]}"']
    text = "\n".join(lines) + "\n"
    tomllib.loads(text)
    return text


def about(ear: str, stage: Stage, learned: Sequence[AugmentedClip]) -> list[str]:
    """What the head is, and what it learned from."""
    real = [hearing.clip for hearing in learned if hearing.clip.real]
    speakers = {clip.who for clip in real if clip.kind == "words"}
    voices = Counter(h.clip.who for h in learned if not h.clip.real)
    engines = Counter(name.split()[0] for name in voices)
    sources = Counter(row["source"] for row in listed(stage.recordings))
    kinds = Counter(("real " if h.clip.real else "synthetic ") + h.clip.kind for h in learned)
    lines = [f"# The head of the {ear} ear", ""]
    lines += [
        f"Made by `scripts/train-ear --ear {ear}`; seeds are fixed.",
        f"A small network (convolutions and attention) on {ON[ear]}; the encoder is not changed.",
        f"It tells {len(stage.labels) - 1} wordings of {len(stage.book.ids)} phrases apart, and",
        "from everything else. It makes no transcript. On single words, a linear classifier of",
        "the whole clip, fitted to the real words alone, has an equal say.",
        *("", "## What it learned from", ""),
        f"- {len(learned)} clips as worn by rooms, noise, level, speed, cutting and clipping;",
        f"  {len(speakers)} people saying single words; {len(voices)} synthetic voices.",
    ]
    lines += [f"- {kind}: {count}" for kind, count in sorted(kinds.items())]
    lines += ["", "Recordings (files, licence):", ""]
    lines += [f"- {count}: {source}" for source, count in sources.most_common()]
    lines += ["", "Synthetic voices:", ""]
    lines += [f"- {count} of {LICENCES[engine]}" for engine, count in engines.most_common()]
    lines += ["", f"Held out, to measure with: {', '.join(sorted(HELD_OUT))}."]
    return [*lines, "", "Phrases: " + ", ".join(stage.book.ids) + "."]


def figures(heard: ScoredClips, limits: Limits) -> list[str]:
    """How well people are understood that the head did not learn from."""
    lines = ["", "## Real voices, each heard by a head that did not know the speaker", ""]
    lines += ["The rooms and noises are those of the folder, which the heads knew.", ""]
    lines += ["Question: yes, no, pass, not sure; all commands open.", ""]
    lines += ["| | understood | doubted | wrong | other words accepted | orders accepted |"]
    lines += ["|---|---|---|---|---|---|"]
    weighed, meant = heard.weighed(QUESTION), heard.meant(QUESTION)
    for way in (*ASKED, "kitchen 5 dB"):
        said = shares(heard, weighed, meant, heard.where(way, "words"), limits)
        orders = shares(heard, weighed, meant, heard.where(way, "others"), limits)
        lines.append(
            f"| {way} ({said.said} clips) | {said.understood:.1%} | {said.doubted:.1%} "
            f"| {said.wrong:.2%} | {said.accepted:.1%} | {orders.accepted:.1%} |"
        )
    reading = shares(heard, weighed, meant, heard.where("worn", "talk"), limits)
    lines += ["", f"Pieces of reading ({reading.none}): {reading.accepted:.2%} accepted, "]
    lines += [f"{reading.stops:.2%} as stop.", "", *digits(heard, limits)]
    lines += ["", *two_tries(heard, limits), "", *consents(heard, limits)]
    return lines


def judged(
    heard: ScoredClips, limits: Limits, way: str
) -> dict[str, tuple[str | None, Recognition]]:
    """What each real word heard in that *way* means after the question, and what is made of it."""
    weighed, meant = heard.weighed(QUESTION), heard.meant(QUESTION)
    return {
        str(heard.hearings[row].clip.path): (
            meant[row],
            judge(weighed[row], limits, heard.snr[row]),
        )
        for row in np.flatnonzero(heard.where(way, "words")).tolist()
    }


def two_tries(heard: ScoredClips, limits: Limits) -> list[str]:
    """The same word of the same person twice, in another room and noise: within two tries."""
    first, again = (judged(heard, limits, way) for way in TWICE)
    said = [path for path, (meant, _) in first.items() if meant is not None]
    rest = [path for path, (meant, _) in first.items() if meant is None]

    def final(path: str) -> str | None:
        one, two = first[path][1], again[path][1]
        if not one.doubt and one.phrase is not None:
            return one.phrase
        both = together(one if one.doubt else None, two)
        return None if both.doubt else both.phrase

    right = sum(final(path) == first[path][0] for path in said)
    wrong = sum(final(path) not in (None, first[path][0]) for path in said)
    taken = sum(final(path) is not None for path in rest)
    return [
        f"Within two tries, kitchen 10 dB: {right / len(said):.1%} of {len(said)} understood, ",
        f"{wrong / len(said):.2%} wrong; {taken / len(rest):.1%} of {len(rest)} others accepted.",
    ]


def consents(heard: ScoredClips, limits: Limits) -> list[str]:
    """Who is sure enough for a consent: a yes alone, other words, and a yes beside a no."""
    lines = []
    weighed, meant = heard.weighed(QUESTION), heard.meant(QUESTION)
    for way in ASKED:
        counts: dict[str, list[bool]] = {"yes": [], "other words": [], "yes and no at once": []}
        for row in np.flatnonzero(heard.where(way, "words", "both")).tolist():
            result = judge(weighed[row], limits, heard.snr[row])
            plain = result.phrase == "yes" and not result.doubt and result.score >= SURE
            if heard.hearings[row].clip.kind == "both":
                counts["yes and no at once"].append(plain)
            elif meant[row] in ("yes", None):
                counts["yes" if meant[row] else "other words"].append(plain)
        shown = ", ".join(
            f"{name} {sum(plain) / max(1, len(plain)):.1%} of {len(plain)}"
            for name, plain in counts.items()
        )
        lines.append(f"Sure enough for a consent by its score alone, {way}: {shown}.")
    return lines


def digits(heard: ScoredClips, limits: Limits) -> list[str]:
    """One to five, where they are asked for."""
    weighed, meant = heard.weighed(DIGITS), heard.meant(DIGITS)
    said = np.array([hearing.clip.label in DIGITS for hearing in heard.hearings])
    lines = []
    for way in ASKED:
        one = shares(heard, weighed, meant, said & heard.where(way, "words"), limits)
        lines.append(f"One to five, {way} ({one.said}): {one.understood:.1%} understood, ")
        lines.append(f"{one.wrong:.1%} wrong.")
    return lines


def synthetic_figures(heard: ScoredClips, limits: Limits) -> list[str]:
    """How synthetic voices fare that the head did not learn from: all phrases, apart."""
    lines = ["", "## Synthetic voices that it did not learn from (real people will be harder)", ""]
    lines += ["All wordings; every phrase is the answer asked for, with all commands open.", ""]
    lines += ["| | | clips | understood | wrong | accepted |", "|---|---|---|---|---|---|"]
    weighed, meant = by_own_question(heard)
    for way in ASKED:
        for title, kinds in SYNTHETIC.items():
            one = shares(heard, weighed, meant, heard.where(way, *kinds), limits)
            said = f"{one.understood:.1%} | {one.wrong:.1%} | " if one.said else "| | "
            none = f"{one.accepted:.1%}" if one.none else ""
            lines.append(f"| {way} | {title} | {one.said + one.none} | {said}{none} |")
    return lines


def by_own_question(heard: ScoredClips) -> tuple[list[list[Weighed]], list[str | None]]:
    """Each clip weighed after a question that its phrase answers; none of ours after yes or no."""
    weighed, meant = heard.weighed(QUESTION), heard.meant(QUESTION)
    unanswered = {h.clip.label for h, m in zip(heard.hearings, meant, strict=True) if m is None}
    for label in unanswered - {""}:
        answers = heard.phrases_of(label)[:1]
        chosen = np.array([hearing.clip.label == label for hearing in heard.hearings])
        anew, meanings = heard.only(chosen).weighed(answers), heard.only(chosen).meant(answers)
        _replace(chosen, weighed, anew)
        _replace(chosen, meant, meanings)
    return weighed, meant


def _replace(chosen: Mask, rows: list[Value], new: Sequence[Value]) -> None:
    for row, value in zip(np.flatnonzero(chosen), new, strict=True):
        rows[row] = value
