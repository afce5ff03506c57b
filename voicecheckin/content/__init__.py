"""What is said, as data: one folder per language, read into a script."""

from voicecheckin.content.loader import load

__all__ = ["load"]
