"""Recorded speech, judged by the same ear as the microphone's."""

import json
import sys

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import phrasebook_of, settings_with
from voicecheckin.errors import UnreadableSound
from voicecheckin.hearing.choose import choose
from voicecheckin.hearing.files import hear_file, listen_file
from voicecheckin.hearing.phrases.phrasebook import Phrasebook
from voicecheckin.hearing.recognisers.recogniser import Recogniser, warm


def hear(options: Options) -> int:
    """Judge each file as one utterance after a question; print a line of JSON for each.

    One that cannot be read is named, and the others are judged.
    """
    recogniser, book = _ear(options)
    warm(recogniser, [id for id in book.ids if id in {*book.commands, *options.expect}])
    unreadable = 0
    for path in options.files:
        try:
            line = hear_file(path, options.expect, recogniser, book)
        except UnreadableSound as error:
            unreadable += 1
            print(f"voicecheckin: {error}", file=sys.stderr)
        else:
            print(json.dumps(line), flush=True)
    return 2 if unreadable else 0


def listen(options: Options) -> int:
    """Follow a file as somebody's free turn; print a line of JSON for each thing noticed."""
    recogniser, book = _ear(options)
    for line in listen_file(options.file, recogniser, book):
        print(json.dumps(line), flush=True)
    return 0


def _ear(options: Options) -> tuple[Recogniser, Phrasebook]:
    settings = settings_with(options)
    book = phrasebook_of(settings.couple)
    return choose(settings.ear.engine, book), book
