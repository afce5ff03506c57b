"""What both agreed to keep: whether a sitting is due, the way so far, forgetting."""

from datetime import datetime, time
from pathlib import Path

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import script_of, settings_with
from voicecheckin.cli.only_sitting import the_only_sitting
from voicecheckin.cli.screen import Screen
from voicecheckin.errors import SettingsError, reason
from voicecheckin.keeping import history as pictures
from voicecheckin.keeping.due import Due, Hours
from voicecheckin.keeping.due import due as is_due
from voicecheckin.keeping.files import opened_private
from voicecheckin.keeping.folder import keeps_anything
from voicecheckin.keeping.state import StoredState
from voicecheckin.keeping.store import SittingStore
from voicecheckin.keeping.where import Where, where
from voicecheckin.settings import KeepingSettings, settings_path
from voicecheckin.voice.cache import voice_folder

NOT_DUE = 1
KEY_LEFT = (
    "The key is still on its stick, or it is another one: a copy of the file could be opened. "
    "Plug the stick in and say it once more, or destroy it."
)


def place_of(keeping: KeepingSettings) -> Where:
    """Where the settings let things be kept."""
    return where(keeping.folder, keeping.key, keeping.days, keeping.memory, keeping.keepsakes)


def open_store(keeping: KeepingSettings) -> SittingStore:
    """What is kept, at the places that the settings name."""
    return SittingStore(place_of(keeping), datetime.now())


def due(options: Options) -> int:
    """Tell in one line whether a sitting is due: exit code 0 if it is, 1 if not."""
    settings = settings_with(options)
    begin, until = (time.fromisoformat(hour) for hour in settings.inviting.hours)
    found = is_due(_readable(settings.keeping), datetime.now(), Hours(begin, until))
    print(found.value)
    return NOT_DUE if found is Due.NO else 0


def history(options: Options) -> int:
    """Show the nine evenings and the weekly ones with their days, if kept; or write it as a page.

    Their topics are told by voice only, when both are there.
    """
    settings = settings_with(options)
    stones = pictures.way(script_of(settings.couple), _readable(settings.keeping))
    if options.html is None:
        Screen().print(pictures.as_text(stones))
        return 0
    _write(options.html, pictures.as_page(stones))
    print(f"The way so far is drawn in {options.html}.")
    return 0


def forget(options: Options) -> int:
    """Forget all that was ever kept, at once; AnotherSitting where one might keep more."""
    keeping = settings_with(options).keeping
    with the_only_sitting():
        kept = keeps_anything(place_of(keeping))
        destroyed = open_store(keeping).forget_everything()
    print("All that was kept is forgotten." if kept else "Nothing is kept here.")
    if not destroyed:
        print(KEY_LEFT)
    left = [path for path in (options.settings or settings_path(), voice_folder()) if path.exists()]
    if left:
        print("Settings, and sentences that were rendered ahead, are not part of that:")
        print(*(f"  {path}" for path in left), sep="\n")
    return 0


def _readable(keeping: KeepingSettings) -> StoredState:
    """What is kept; KeepingError if it cannot be read."""
    store = open_store(keeping)
    trouble = store.take_trouble()
    if trouble is not None:  # "nothing" would be no true answer
        raise trouble
    return store.state


def _write(path: Path, page: str) -> None:
    try:
        with opened_private(path) as file:
            file.write(page)
    except (OSError, ValueError) as error:
        raise SettingsError(f"The page cannot be written to {path}: {reason(error)}.") from error
