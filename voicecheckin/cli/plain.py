"""Signs that a terminal cannot show, in plain ones: what is shown never ends in an error."""

import codecs
import sys
import unicodedata
from io import TextIOWrapper

PLAIN = {
    "\N{EIGHTH NOTE}": "(bell)",
    "\N{BLACK CIRCLE}": "*",
    "\N{BOX DRAWINGS LIGHT VERTICAL}": "|",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{HORIZONTAL ELLIPSIS}": "...",
}
"""What stands for a sign; other letters lose their accents."""


def show_plainly() -> None:
    """Let the output replace what it cannot show, also the bytes of a file name in no encoding."""
    codecs.register_error("plain", _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # it is None where the caller closed it
            stream.reconfigure(errors="plain")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return PLAIN.get(sign) or bare or "?"
