"""The key, and what it locks.

Format 1 of a sealed record: a byte 1, the key's id (8 bytes), a nonce (12 bytes, new for every
record), then ChaCha20-Poly1305's ciphertext and tag. The cipher is fast without special hardware,
as on a Raspberry Pi, and 96-bit random nonces are safe for some billions of records.
"""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from voicecheckin.keeping.errors import KeepingError, Problem, told_as_ours

FORMAT = b"\x01"
KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 8, 12
HEAD = len(FORMAT) + ID_BYTES
FIRST_WORD = "voicecheckin-key-1"
"""Lets a person who finds the file know what it is."""


class Vault:
    """Seals and unseals with one key."""

    def __init__(self, key: bytes) -> None:
        """*key* is 32 random bytes."""
        self.id = sha256(FIRST_WORD.encode() + key).digest()[:ID_BYTES]
        self._cipher = ChaCha20Poly1305(key)

    def seal(self, content: bytes, label: bytes) -> bytes:
        """Return *content* locked and tied to *label*, which is not locked itself."""
        head, nonce = FORMAT + self.id, secrets.token_bytes(NONCE_BYTES)
        return head + nonce + self._cipher.encrypt(nonce, content, head + label)

    def unseal(self, sealed: bytes, label: bytes, where: Path) -> bytes:
        """Return the content again; KeepingError, naming *where*, if not a bit may be trusted."""
        head, nonce = sealed[:HEAD], sealed[HEAD : HEAD + NONCE_BYTES]
        if head[:1] > FORMAT:
            raise KeepingError(Problem.NEWER, where)
        if head != FORMAT + self.id:
            raise KeepingError(Problem.WRONG_KEY, where)
        try:
            return self._cipher.decrypt(nonce, sealed[HEAD + NONCE_BYTES :], head + label)
        except (InvalidTag, ValueError) as error:
            raise KeepingError(Problem.ALTERED, where) from error


def read_key(path: Path) -> Vault:
    """Return the vault of the key in *path*; KeepingError if there is none."""
    try:
        with told_as_ours(path):
            content = path.read_bytes()[:200]
        words = content.decode("ascii").split()
        if len(words) != 2 or words[0] != FIRST_WORD or len(words[1]) != 2 * KEY_BYTES:
            raise KeepingError(Problem.BAD_KEY, path)
        return Vault(bytes.fromhex(words[1]))
    except KeepingError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            raise KeepingError(Problem.NO_KEY, path) from error
        raise
    except ValueError as error:
        raise KeepingError(Problem.BAD_KEY, path) from error


def make_key(path: Path) -> Vault:
    """Write a new key to *path*, whole or not at all; one that is there already stays."""
    return _place_key(path, _new_key())


def move_key(old: Path, new: Path) -> Vault:
    """Take the key to *new*, such as a USB stick, so that what was kept stays readable.

    A key that is at *new* already stays; without one at *old* a new one is made.
    """
    if not new.parent.is_dir():  # made here, it would lie on the disk, not on the stick
        raise KeepingError(Problem.NO_KEY, new)
    vault = _place_key(new, old.read_bytes()) if old.exists() else make_key(new)
    if old.exists() and old.resolve() != new.resolve() and read_key(old).id == vault.id:
        erase_key(old)
    return vault


def erase_key(path: Path) -> None:
    """Overwrite the key and remove its file, if it is there."""
    if not path.exists():
        return
    replace_key(path)
    with told_as_ours(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def replace_key(path: Path) -> None:
    """Write a new key over the old one, in its very place."""
    with told_as_ours(path), suppress(FileNotFoundError), path.open("r+b") as file:
        file.write(_new_key())
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that names in *folder* outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _new_key() -> bytes:
    return f"{FIRST_WORD} {secrets.token_hex(KEY_BYTES)}\n".encode()


def _place_key(path: Path, key: bytes) -> Vault:
    with told_as_ours(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_whole(path, key)
    return read_key(path)


def _write_whole(path: Path, key: bytes) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(new, path)  # unlike a rename, never over a key that came in between
        new.unlink()
    except FileExistsError:
        new.unlink()
    except OSError:  # the file systems of most USB sticks know no links
        new.rename(path)
    sync_folder(path.parent)
