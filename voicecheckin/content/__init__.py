"""What is said, as data: one folder per language, read into a script."""

from voicecheckin.content.loader import language_folder, load

__all__ = ["language_folder", "load"]
