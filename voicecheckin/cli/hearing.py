"""Recorded speech, judged by the same ear as the microphone's."""

import json

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import phrasebook_of, settings_with
from voicecheckin.ear.choose import choose
from voicecheckin.ear.files import hear_file, listen_file
from voicecheckin.ear.phrases import Phrasebook
from voicecheckin.ear.recogniser import Recogniser, warm


def hear(options: Options) -> int:
    """Judge each file as one utterance after a question; print a line of JSON for each."""
    recogniser, book = _ear(options)
    warm(recogniser, [id for id in book.ids if id in {*book.commands, *options.expect}])
    for path in options.files:
        print(json.dumps(hear_file(path, options.expect, recogniser, book)), flush=True)
    return 0


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
