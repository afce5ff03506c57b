"""What a couple may set, in one small file; every part of it may be left out."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time
from pathlib import Path

import platformdirs

from voicecheckin.conversation.pace import FASTEST, SLOWEST
from voicecheckin.device_settings import (
    ButtonSettings,
    KeypadSettings,
    LightSettings,
    WaitingSettings,
)
from voicecheckin.errors import SettingsError, reason
from voicecheckin.places import expanded

Value = str | bool | int | float | tuple[str, ...] | dict[str, str]

LONGEST_NAME = 20
"""Letters; longer names do not fit into a spoken sentence."""

LARGEST_FILE = 1_000_000
"""Bytes; whatever is larger is no settings file."""

ONLY_TYPED = {"evening": "3", "events": "FILE", "text": ""}
"""Options that are no settings, each with an example."""

MARKS = "-'\N{RIGHT SINGLE QUOTATION MARK}"
"""What may join the letters of one name, as in Jean-Luc and O'Neil."""

LENGTHS, BREATHS = ("", "short", "usual"), ("words", "sound")
COUNTRY, LANGUAGE = re.compile(r"[A-Za-z]{2}"), re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class CoupleSettings:
    """Who sits at the table, and where."""

    names: tuple[str, ...] = ()
    """How the two are called, such as ["Robin", "Sam"]; left out, the device uses no names."""
    country: str = ""
    """Two letters, such as "gb", for the help lines that are named every evening."""
    language: str = "en"
    """The language that is spoken."""
    content: str = ""
    """A folder with a folder of content files for each language; left out, the program's own."""
    card: bool = False
    """Whether you printed the card with help lines, so that it may be mentioned."""

    def __post_init__(self) -> None:
        expanded(self.content)
        if self.names:
            check_names(self.names)
        if self.country and not COUNTRY.fullmatch(self.country):
            raise SettingsError(
                f'a country is two letters, such as "gb" or "us", not {self.country!r}.'
            )
        if not LANGUAGE.fullmatch(self.language):
            raise SettingsError(f'a language is two letters, such as "en", not {self.language!r}.')


@dataclass(frozen=True, slots=True)
class SittingSettings:
    """How an evening goes."""

    pace: float = 1.0
    """Factor on every rest, from 0.5 (brisk) to 3.0 (very slow)."""
    length: str = ""
    """short or usual; left out, the device asks."""
    breath: str = "words"
    """What leads a breath: words, or a sound."""

    def __post_init__(self) -> None:
        check_pace(self.pace)
        if self.length not in LENGTHS:
            raise SettingsError(f"the length is short or usual, not {self.length!r}.")
        if self.breath not in BREATHS:
            raise SettingsError(f"a breath is led by words or by a sound, not {self.breath!r}.")


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How the device speaks."""

    engine: str = "auto"
    """hibari, pyttsx3, piper or wyoming, such as "hibari:emma" or "pyttsx3:en-us"."""
    say: dict[str, str] = field(default_factory=dict, hash=False)
    """Names that it says wrong, each with another spelling, such as { Siobhan = "Shivawn" }."""

    def __post_init__(self) -> None:
        for name, spoken in self.say.items():
            if not all(len(one) <= LONGEST_NAME and _is_one_word(one) for one in (name, spoken)):
                raise SettingsError(
                    f"a name that is said otherwise is one word and one word, such as Siobhan = "
                    f'"Shivawn", not {name} = {spoken!r}.'
                )


@dataclass(frozen=True, slots=True)
class EarSettings:
    """How the device hears."""

    engine: str = "auto"
    """The recogniser of phrases; auto is the best that is installed."""


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """The devices, by name or a part of it; left out, the system's own choice."""

    microphone: str = ""
    """Such as "Jabra Speak"."""
    speaker: str = ""
    """Such as "Jabra Speak"."""
    echo: str = "webrtc"
    """What takes the device's own voice out of what it hears: webrtc, or none for a speakerphone
    that does it by itself."""


@dataclass(frozen=True, slots=True)
class KeepingSettings:
    """Whether anything may be kept at all, where, and how long."""

    folder: str = ""
    """A folder; left out, the usual one for a program's data."""
    key: str = ""
    """The key's file, on a USB stick perhaps; left out, it lies beside the settings."""
    days: int = 30
    """Days until what was kept is forgotten, 30 at most."""
    memory: str = "nothing"
    """nothing; dates (day, topics, next date); or agreements (keepsakes too). Both are asked."""
    keepsakes: bool = False
    """Whether small offers may be kept in your own voices, if both of you say so that evening."""

    def __post_init__(self) -> None:
        expanded(self.folder)
        expanded(self.key)
        if not 1 <= self.days <= 30:
            raise SettingsError(f"days must lie between 1 and 30, not {self.days}.")
        if self.memory not in ("nothing", "dates", "agreements"):
            raise SettingsError(f"memory is nothing, dates or agreements, not {self.memory!r}.")


@dataclass(frozen=True, slots=True)
class InvitingSettings:
    """When the device may invite, once and softly, on the day that you both chose."""

    hours: tuple[str, ...] = ("18:00", "21:00")
    """From when to when; the end may lie after midnight."""

    def __post_init__(self) -> None:
        try:
            begin, end = (time.fromisoformat(hour) for hour in self.hours)
        except ValueError as error:
            raise SettingsError('hours look like ["18:00", "21:00"].') from error
        if begin.tzinfo or end.tzinfo:
            raise SettingsError("hours have no time zone: they are those of the device.")
        if begin == end:
            raise SettingsError("hours must begin and end at different times.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; each group is a table of the file."""

    couple: CoupleSettings = field(default_factory=CoupleSettings)
    sitting: SittingSettings = field(default_factory=SittingSettings)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    ear: EarSettings = field(default_factory=EarSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
    keeping: KeepingSettings = field(default_factory=KeepingSettings)
    inviting: InvitingSettings = field(default_factory=InvitingSettings)
    waiting: WaitingSettings = field(default_factory=WaitingSettings)
    button: ButtonSettings = field(default_factory=ButtonSettings)
    keypad: KeypadSettings = field(default_factory=KeypadSettings)
    light: LightSettings = field(default_factory=LightSettings)


Group = (
    CoupleSettings
    | SittingSettings
    | VoiceSettings
    | EarSettings
    | SoundSettings
    | KeepingSettings
    | InvitingSettings
    | WaitingSettings
    | ButtonSettings
    | KeypadSettings
    | LightSettings
)


def check_pace(pace: float) -> None:
    """Refuse a pace that nobody could follow."""
    if not FASTEST <= pace <= SLOWEST:
        raise SettingsError(f"the pace must lie between {FASTEST:g} and {SLOWEST:g}, not {pace:g}.")


def check_names(names: tuple[str, ...]) -> None:
    """Refuse anything but two different names that can be spoken."""
    if len(names) != 2:
        raise SettingsError(f"there must be two names, such as Robin,Sam; there are {len(names)}.")
    for name in names:
        if len(name) > LONGEST_NAME:
            raise SettingsError(f"a name has at most {LONGEST_NAME} letters, {name!r} is longer.")
        if not _is_one_word(name):
            raise SettingsError(f"a name is one word of letters, and {name!r} is not.")
    if names[0].casefold() == names[1].casefold():
        raise SettingsError(f"two different names are needed, and both are {names[0]!r}.")


def _is_one_word(name: str) -> bool:
    """Whether *name* is letters with their accents, joined by a mark here and there."""
    return all(
        part[:1].isalpha() and all(unicodedata.category(sign)[0] in "LM" for sign in part)
        for part in re.split(f"[{MARKS}]", name)
    )


def settings_path() -> Path:
    """Where the settings are looked for when no file is named."""
    return platformdirs.user_config_path("voicecheckin") / "settings.toml"


def read_settings(path: Path | None = None) -> Settings:
    """Read *path*, or the usual file if there is one; SettingsError says what is wrong, and where.

    What the file does not set keeps its default.
    """
    if path is None:
        path = settings_path()
        if not path.exists():
            return Settings()
    text = _text(path)
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: this is not a settings file (TOML): {error}.") from error
    settings = Settings()
    for name, table in tables.items():
        group = _group(settings, name, table, path, text)
        settings = replace(settings, **{name: group})  # type: ignore[arg-type]  # it is of its kind
    return settings


def place_of(path: Path | None, group: str, key: str) -> str:
    """Where the settings in *path*, or in the usual file, set a *key*, as people are told it."""
    path = path or settings_path()
    return f"{_place(path, _text(path), key, group)}: [{group}] {key}"


def _text(path: Path) -> str:
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
        raise SettingsError(f"{path}: the settings cannot be read: this is no file.")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE).decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise SettingsError(f"{path}: the settings cannot be read: {reason(error)}.") from error
    except ValueError as error:
        raise SettingsError(f"{path}: this is not a text file in UTF-8.") from error


def _group(settings: Settings, name: str, table: object, path: Path, text: str) -> Group:
    groups = {entry.name: getattr(settings, entry.name) for entry in fields(Settings)}
    if name not in groups:
        place = _place(path, text, "" if isinstance(table, dict) else name, name)
        raise SettingsError(f"{place}: there is no {name!r} here; {_meant(name, groups)}")
    if not isinstance(table, dict):
        key = "" if isinstance(table, list) else name
        place = _place(path, text, key, name)
        raise SettingsError(f"{place}: {name} is a group: [{name}].")
    group: Group = groups[name]
    for key, value in table.items():
        place = _place(path, text, key, name)
        known = {entry.name: getattr(group, entry.name) for entry in fields(group)}
        if key not in known:
            raise SettingsError(f"{place}: there is no {key!r} in [{name}]; {_meant(key, groups)}")
        try:
            checked = _checked(value, known[key])
            group = replace(group, **{key: checked})  # type: ignore[arg-type]  # it is of its kind
        except SettingsError as error:
            raise SettingsError(f"{place}: [{name}] {key}: {error}") from error
    return group


def _checked(value: object, default: object) -> Value:
    """*value* if it is of its default's kind."""
    match default, value:
        case bool(), bool():
            return value
        case (int() | float(), bool()):
            pass
        case (str(), str() as text):
            if "\0" in text:
                raise SettingsError("it holds a sign (NUL) that no text has.")
            return text
        case (int(), int() as number) | (float(), float() as number):
            return number
        case float(), int() if abs(value) < 10**9:
            return float(value)
        case tuple(), list() if all(isinstance(one, str) for one in value):
            return tuple(value)
        case dict(), dict() if all(isinstance(one, str) for one in value.values()):
            return value
    wanted = {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "a text in quotes",
        tuple: 'a list of texts, such as ["Robin", "Sam"]',
        dict: 'words in braces, such as { Siobhan = "Shivawn" }',
    }
    raise SettingsError(f"it must be {wanted[type(default)]}.")


def _meant(name: str, groups: Mapping[str, Group]) -> str:
    """The nearest thing that can be set, or how it is said where it is no setting."""
    if name.lower() in ONLY_TYPED:
        return f"it is said each time: voicecheckin --{name.lower()} {ONLY_TYPED[name.lower()]}"
    keys = {entry.name: table for table, group in groups.items() for entry in fields(group)}
    near = difflib.get_close_matches(name.lower(), [*groups, *keys], 1, 0.5)
    if not near:
        return f"there are {', '.join(f'[{group}]' for group in groups)}."
    if near[0] in groups and near[0] not in keys:
        return f"did you mean [{near[0]}]?"
    return f"did you mean {near[0]!r} in [{keys[near[0]]}]?"


def _place(path: Path, text: str, key: str, table: str) -> str:
    """The file, with the line of a key or a table where it can be told."""
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]\s]+)\s*\]", line)
        inside = header.group(1) if header else inside
        here = re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line) if key else header
        if here and inside in ("", table):
            return f"{path}, line {number}"
    return str(path)
