"""Sound kept in a file that somebody asked for by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import soundfile

from voicecheckin.errors import SettingsError
from voicecheckin.sound.frames import RATE, Samples


class RecordedSound:
    """A .wav or .flac file at `RATE` that sound is written into; SettingsError if it cannot be."""

    def __init__(self, path: Path, channels: int = 1) -> None:
        """Begin the file *path* with that many *channels*."""
        self._path = path
        with self._told():
            self._file = soundfile.SoundFile(path, "w", RATE, channels, "PCM_16")

    def write(self, samples: Samples) -> None:
        """Add *samples*; their shape is (samples,) or (samples, channels)."""
        with self._told():
            self._file.write(samples)

    def close(self) -> None:
        """End the file."""
        with self._told():
            self._file.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, soundfile.LibsndfileError) as error:  # the library tells no reason
            problem = "is there such a folder, and room in it?"
            raise SettingsError(f"{self._path} cannot be written; {problem}") from error
        except (TypeError, ValueError) as error:
            raise SettingsError(f"Sound is kept as .wav or .flac, not {self._path}.") from error
