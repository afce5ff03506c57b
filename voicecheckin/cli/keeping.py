"""What both agreed to keep: whether a sitting is due, the way so far, forgetting."""

from datetime import datetime, time
from pathlib import Path

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.choices import script_of, settings_with
from voicecheckin.cli.screen import Screen
from voicecheckin.errors import SettingsError, reason
from voicecheckin.keeping import history as pictures
from voicecheckin.keeping.due import Due, Hours
from voicecheckin.keeping.due import due as is_due
from voicecheckin.keeping.keeper import Keeper
from voicecheckin.keeping.where import where
from voicecheckin.settings import KeepingSettings

NOT_DUE = 1


def open_keeper(keeping: KeepingSettings) -> Keeper:
    """What is kept, at the places that the settings name."""
    return Keeper(where(keeping.folder, keeping.key, keeping.days), datetime.now())


def due(options: Options) -> int:
    """Tell in one line whether a sitting is due: exit code 0 if it is, 1 if not."""
    settings = settings_with(options)
    keeper = _opened(settings.keeping)
    begin, until = (time.fromisoformat(hour) for hour in settings.inviting.hours)
    found = is_due(keeper.kept, datetime.now(), Hours(begin, until))
    keeper.close()
    print(found.value)
    return NOT_DUE if found is Due.NO else 0


def history(options: Options) -> int:
    """Show days and topics, if they were kept; or write them as a page."""
    settings = settings_with(options)
    script = script_of(settings.couple)
    titles = {step.topic: step.title for step in script.steps if step.title}
    keeper = _opened(settings.keeping)
    past = keeper.kept.past
    keeper.close()
    if options.html is None:
        Screen().print(pictures.as_text(past, titles))
    else:
        _write(options.html, pictures.as_page(past, titles))
        print(f"The way so far is drawn in {options.html}.")
    return 0


def forget(options: Options) -> int:
    """Forget all that was ever kept, at once."""
    keeper = open_keeper(settings_with(options).keeping)
    keeper.forget_everything()
    print("All that was kept is forgotten.")
    return 0


def _opened(keeping: KeepingSettings) -> Keeper:
    """What is kept; KeepingError if it cannot be read."""
    keeper = open_keeper(keeping)
    trouble = keeper.take_trouble()
    if trouble is not None:  # "nothing" would be no true answer
        keeper.close()
        raise trouble
    return keeper


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SettingsError(f"The page cannot be written to {path}: {reason(error)}.") from error
