"""The command line: commands, options, and what --help says about them."""

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from voicecheckin import __version__
from voicecheckin.cli.values import evening, names, pace, phrases, said_plainly, seed
from voicecheckin.errors import SettingsError
from voicecheckin.rooms.people import couples

ABOUT = """\
A speaker on the kitchen table that guides the two of you, by voice and without hurry,
through a check-in on safety and trust. Nothing leaves this device.

  voicecheckin             begin a sitting (say "help" at any time, "stop" to end it)
  voicecheckin --text      the same on screen and keyboard
  voicecheckin rehearse    watch two simulated people do it
"""
LENGTHS = ("short", "usual")
EVERYWHERE = {"--settings": True, "--verbose": False, "--language": True, "--content": True}
"""What every command takes, and whether a word follows it."""


class Options(argparse.Namespace):
    """What was typed, read and checked."""

    command: str = "start"
    settings: Path | None = None
    verbose: bool = False
    names: tuple[str, ...] | None = None
    voice: str | None = None
    ear: str | None = None
    pace: float | None = None
    microphone: str | None = None
    speaker: str | None = None
    country: str | None = None
    language: str | None = None
    content: Path | None = None
    text: bool = False
    no_captions: bool = False
    evening: int | None = None
    length: str | None = None
    events: Path | None = None
    room: str | None = None
    couple: str = "easy"
    seed: int = 0
    wav: Path | None = None
    files: Sequence[Path] = ()
    file: Path = Path()
    expect: tuple[str, ...] = ()
    step: str | None = None
    check: bool = False
    coverage: bool = False
    html: Path | None = None
    whisper: bool = False
    key: Path | None = None
    hear: str | None = None
    json: bool = False
    aloud: bool = False
    phrase: str | None = None
    button_only: bool = False
    remember: bool = False


class _Parser(argparse.ArgumentParser):
    """Complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Leave with *message*; the caller prints it."""
        raise SettingsError(f"{said_plainly(message)} (see: {self.prog} --help)")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave once help is written; OSError if it cannot be."""
        if sys.stdout is not None:
            sys.stdout.flush()
        super().exit(status, message)


def parse(arguments: Sequence[str]) -> Options:
    """Read *arguments*; SettingsError if they cannot be understood."""
    commands, parser = _parser()
    arguments = _command_first(arguments, commands)
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help", "--version") or first in commands:
        return _read(arguments, commands, parser)
    if first and not first.startswith("-"):
        near = difflib.get_close_matches(first, commands, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(commands)}."
        raise SettingsError(f"There is no command {first!r}: {hint}")
    return _read(["start", *arguments], commands, parser)


def _command_first(arguments: Sequence[str], commands: Mapping[str, _Parser]) -> Sequence[str]:
    """Put the command before what every command takes, where it was typed after that."""
    at = 0
    while at < len(arguments) and arguments[at].partition("=")[0] in EVERYWHERE:
        at += 2 if EVERYWHERE[arguments[at].partition("=")[0]] and "=" not in arguments[at] else 1
    if at < len(arguments) and arguments[at] in commands:
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]
    return arguments


def _read(arguments: Sequence[str], commands: Mapping[str, _Parser], parser: _Parser) -> Options:
    options, unknown = parser.parse_known_args(arguments, Options())
    later = next((word for word in unknown if word in commands), None)
    if later is not None:
        raise SettingsError(f"Put the command first: voicecheckin {later} ...")
    if unknown:  # its own help lists what there is
        commands[options.command].error(f"unrecognized arguments: {' '.join(unknown)}")
    return options


def _parser() -> tuple[Mapping[str, _Parser], _Parser]:
    parser = _Parser(
        prog="voicecheckin",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="voicecheckin [COMMAND] [OPTION ...]",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"voicecheckin {__version__}")
    commands = parser.add_subparsers(
        title="commands",
        prog="voicecheckin",
        metavar="COMMAND",
        dest="command",
        description="Each has its own help, such as: voicecheckin start --help",
    )
    for add in (
        _start,
        _wait,
        _rehearse,
        _hear,
        _listen,
        _script,
        _diagram,
        _card,
        _due,
        _history,
        _forget,
        _setup,
        _voices,
        _doctor,
    ):
        add(commands)
    return commands.choices, parser


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _command(commands: Commands, name: str, about: str) -> _Parser:
    parser = commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("--settings", type=Path, metavar="FILE", help="another settings file")
    parser.add_argument("--verbose", action="store_true", help="tell what the devices do")
    parser.add_argument("--language", metavar="en", help="the language that is spoken")
    parser.add_argument(
        "--content", type=Path, metavar="FOLDER", help="what is said, changed or translated by you"
    )
    return parser


def _sitting_options(parser: _Parser) -> None:
    parser.add_argument(
        "--names", type=names, metavar="A,B", help="how the two of you are called, if you like"
    )
    parser.add_argument("--voice", metavar="NAME", help="hibari, pyttsx3, piper, wyoming or auto")
    parser.add_argument("--ear", metavar="NAME", help="whisper, small, wyoming or auto")
    parser.add_argument(
        "--pace", type=pace, metavar="0.5..3", help="1 is usual, 0.5 brisk, 3 very slow"
    )
    parser.add_argument(
        "--evening", type=evening, metavar="1..9", help="which of the nine, or weekly"
    )
    parser.add_argument("--length", choices=LENGTHS, help="how long the evening may be")
    parser.add_argument("--country", metavar="gb", help="whose help lines are named, two letters")
    parser.add_argument(
        "--events",
        type=Path,
        metavar="FILE",
        help="write a list of times, never what was said",
    )


def _start(commands: Commands) -> None:
    parser = _command(commands, "start", "begin a sitting; this happens without a command too")
    _sitting_options(parser)
    parser.add_argument("--text", action="store_true", help="use screen and keyboard, no sound")
    parser.add_argument(
        "--no-captions", action="store_true", help="show nothing of what is said on the terminal"
    )
    parser.add_argument("--microphone", metavar="NAME", help="a part of its name is enough")
    parser.add_argument("--speaker", metavar="NAME", help="a part of its name is enough")


def _wait(commands: Commands) -> None:
    parser = _command(commands, "wait", "hold the device between sittings, until one is wished for")
    _sitting_options(parser)
    parser.add_argument("--microphone", metavar="NAME", help="a part of its name is enough")
    parser.add_argument("--speaker", metavar="NAME", help="a part of its name is enough")
    parser.add_argument(
        "--phrase", metavar="WORDS", help='what begins a sitting, such as "let\'s check in"'
    )
    parser.add_argument(
        "--button-only",
        action="store_true",
        help="keep the microphone closed until the button is pressed",
    )


def _rehearse(commands: Commands) -> None:
    parser = _command(commands, "rehearse", "let two simulated people live through a sitting")
    _sitting_options(parser)
    parser.add_argument(
        "--room",
        choices=("kitchen", "paper"),
        help="a kitchen with sound and echo (the default), or paper, at once and without sound",
    )
    parser.add_argument("--couple", metavar="NAME", help="who they are, see below (easy)")
    parser.add_argument("--seed", type=seed, metavar="N", help="another number, another evening")
    parser.add_argument("--wav", type=Path, metavar="FILE", help="keep the kitchen's sound")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    who = (f"  {name:<13} {temper.about}" for name, temper in couples().items())
    parser.epilog = "\n".join(("couples:", *who))


def _hear(commands: Commands) -> None:
    parser = _command(commands, "hear", "judge recorded utterances, one line of JSON for each")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="wav or flac")
    parser.add_argument(
        "--expect",
        type=phrases,
        required=True,
        metavar='"yes,no,pass"',
        help="the answers that the question allows",
    )
    parser.add_argument("--ear", metavar="NAME", help="whisper, small, wyoming or auto")


def _listen(commands: Commands) -> None:
    parser = _command(commands, "listen", "follow a recorded turn: voice, silence, commands")
    parser.add_argument("file", type=Path, metavar="FILE", help="wav or flac")
    parser.add_argument("--ear", metavar="NAME", help="whisper, small, wyoming or auto")


def _script(commands: Commands) -> None:
    parser = _command(commands, "script", "read what the device says, in order")
    parser.add_argument("--step", metavar="ID", help="only this step, such as SF1")
    parser.add_argument("--check", action="store_true", help="check the wording against the rules")
    parser.add_argument("--coverage", action="store_true", help="which idea is met in which step")


def _diagram(commands: Commands) -> None:
    _command(commands, "diagram", "draw the conversation and the evenings, as Mermaid")


def _card(commands: Commands) -> None:
    parser = _command(commands, "card", "print a neutral card with help lines, for anyone")
    parser.add_argument("--country", metavar="gb", help="whose help lines, two letters")


def _due(commands: Commands) -> None:
    _command(commands, "due", "tell whether a sitting is due, by what you both kept")


def _history(commands: Commands) -> None:
    parser = _command(commands, "history", "show the way so far: days only, if you kept them")
    parser.add_argument("--html", type=Path, metavar="FILE", help="as a page of its own")


def _forget(commands: Commands) -> None:
    _command(commands, "forget", "forget everything that was ever kept, at once")


def _setup(commands: Commands) -> None:
    parser = _command(commands, "setup", "get ready: fetch models, render everything that is said")
    parser.add_argument("--whisper", action="store_true", help="only fetch the good ear's model")
    parser.add_argument(
        "--key", type=Path, metavar="PATH", help="put the key of what you keep on a USB stick"
    )
    parser.add_argument("--country", metavar="gb", help="whose help lines are named, two letters")
    parser.add_argument(
        "--voice", metavar="NAME", help="get this voice ready, such as emma: fetched if need be"
    )
    parser.add_argument(
        "--names", type=names, metavar="A,B", help="how the two of you are called, if you like"
    )
    parser.add_argument(
        "--pace", type=pace, metavar="0.5..3", help="1 is usual, 0.5 brisk, 3 very slow"
    )


def _voices(commands: Commands) -> None:
    parser = _command(commands, "voices", "list the voices on this machine, or hear one")
    parser.add_argument("--hear", metavar="NAME", help="let this voice say something")
    parser.add_argument("--wav", type=Path, metavar="FILE", help="to a file, not to the speaker")
    parser.add_argument("--speaker", metavar="NAME", help="a part of its name is enough")


def _doctor(commands: Commands) -> None:
    parser = _command(commands, "doctor", "look at the machine, its devices and the room")
    parser.add_argument("--json", action="store_true", help="for programs to read")
    parser.add_argument("--aloud", action="store_true", help="say at the end how it is")
    parser.add_argument(
        "--remember", action="store_true", help="write the devices into the settings file"
    )
    parser.add_argument("--microphone", metavar="NAME", help="try only this one")
    parser.add_argument("--speaker", metavar="NAME", help="try only this one")
    parser.add_argument("--voice", metavar="NAME", help="hibari, pyttsx3, piper, wyoming or auto")
    parser.add_argument("--ear", metavar="NAME", help="whisper, small, wyoming or auto")
