"""Lets `python -m voicecheckin` do what `voicecheckin` does."""

import sys

from voicecheckin.cli import main

sys.exit(main())
