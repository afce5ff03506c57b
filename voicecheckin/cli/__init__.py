"""What a person types: reads the command line, runs it, and says plainly what went wrong."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from voicecheckin.cli.arguments import Options, parse
from voicecheckin.cli.plain import show_plainly
from voicecheckin.errors import VoiceCheckinError, reason
from voicecheckin.memory import keep_off_the_disk

DONE, BUG, OUR_ERROR, INTERRUPTED = 0, 1, 2, 130

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `voicecheckin` with *arguments*; return its exit code.

    0: done; 2: something cannot be used, told in one sentence; 130: Ctrl-C; 1: a mistake of ours.
    """
    show_plainly()
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        os.umask(0o077)  # whatever is written is its owner's alone
        keep_off_the_disk()
        _log(options)
        code = _run(options)
        _flush()
        return code
    except VoiceCheckinError as error:
        print(f"voicecheckin: {error}", file=sys.stderr)
        return OUR_ERROR
    except KeyboardInterrupt:
        print("\nGoodbye.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _leave_stdout()
        return DONE
    except Exception as error:
        unwritable = _unwritable() if isinstance(error, OSError) else None
        if unwritable is not None:
            print(f"voicecheckin: The output cannot be written: {unwritable}.", file=sys.stderr)
            return OUR_ERROR
        logger.info("where it happened", exc_info=error)
        print(
            f"voicecheckin: This should not have happened ({type(error).__name__}). "
            "Please tell whoever looks after this program; --verbose shows where it was.",
            file=sys.stderr,
        )
        return BUG


def _flush() -> None:
    if sys.stdout is not None:  # it is None where the caller closed it
        sys.stdout.flush()


def _unwritable() -> str | None:
    """Why what was printed cannot be written, such as to a full disk; None if it can."""
    try:
        print()  # an unbuffered stream has nothing left to flush
        _flush()
    except OSError as error:
        _leave_stdout()
        return reason(error)
    return None


def _leave_stdout() -> None:
    """Lead what is still to be printed nowhere, so that nothing complains at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Log(logging.Handler):
    """Writes to what is the error stream at that moment; a sound card's library may move it."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)


def _log(options: Options) -> None:
    """Tell what devices do, if that is wanted; moves that do not apply are no news."""
    handler = _Log()
    handler.setLevel(logging.INFO if options.verbose else logging.ERROR)
    handler.addFilter(lambda record: not record.name.startswith("transitions"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(name)s: %(message)s")


COMMANDS = {
    "start": "sitting",
    "wait": "waiting",
    "rehearse": "rehearsal",
    "hear": "hearing",
    "listen": "hearing",
    "script": "reading",
    "diagram": "reading",
    "card": "reading",
    "due": "keeping",
    "history": "keeping",
    "forget": "keeping",
    "setup": "setup",
    "voices": "voices",
    "doctor": "doctor",
}
"""The module of this package that has a function of the command's name."""


def _run(options: Options) -> int:
    """Each command loads only what it needs, so that --help is there at once."""
    module = import_module(f"voicecheckin.cli.{COMMANDS[options.command]}")
    run: Callable[[Options], int] = getattr(module, options.command)
    return run(options)
