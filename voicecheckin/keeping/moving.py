"""Takes the key elsewhere, and never away from what it opens."""

from pathlib import Path

from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.store import Store
from voicecheckin.keeping.vault import move_key, read_key
from voicecheckin.keeping.where import Where


def move(here: Where, place: Path) -> None:
    """Take the key to *place*, or make one there; a key that lies there already is taken on.

    KeepingError, and nothing is changed, if what is kept could not be opened any more.
    """
    if here.file.exists():
        store = Store(here.file)
        try:
            if not store.empty:
                _check_fit(store, here.key, place)
        finally:
            store.close()
    move_key(here.key, place)


def _check_fit(store: Store, old: Path, new: Path) -> None:
    key = new if new.exists() else old
    if not store.fits(read_key(key)):
        raise KeepingError(Problem.WRONG_KEY, key)
