"""The key, and what it seals.

Format 1 of a sealed thing: a byte 1, the key's id (8 bytes), a nonce (12 bytes, new each time),
then ChaCha20-Poly1305's ciphertext and tag. The cipher is fast without special hardware, as on a
Raspberry Pi, and 96-bit random nonces are safe for some billions of sealed things. What is sealed
is first padded with zeros, so that its size does not tell how much it is.
"""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from voicecheckin.keeping.errors import KeepingError, Problem, told_as_ours
from voicecheckin.keeping.files import (
    make_private_folder,
    read_untraced,
    remove,
    sync_folder,
    write_beside,
)

FORMAT = b"\x01"
KEY_BYTES, ID_BYTES, NONCE_BYTES, TAG_BYTES, SIZE_BYTES = 32, 8, 12, 16, 8
HEAD = len(FORMAT) + ID_BYTES
FIRST_WORD = "voicecheckin-key-1"
"""Lets a person who finds the file know what it is."""


class Sealer:
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


def padded(content: bytes, block: int) -> bytes:
    """*content* after its size, with zeros up to a whole number of blocks (bytes)."""
    whole = len(content).to_bytes(SIZE_BYTES) + content
    return whole + bytes(-len(whole) % block)


def unpadded(whole: bytes) -> bytes:
    """The content again."""
    size = int.from_bytes(whole[:SIZE_BYTES])
    return whole[SIZE_BYTES : SIZE_BYTES + size]


def read_key(path: Path) -> Sealer:
    """Return the sealer of the key in *path*; KeepingError if there is none."""
    content = read_untraced(path)
    if content is None:
        raise KeepingError(Problem.NO_KEY, path)
    try:
        words = content[:200].decode("ascii").split()
        if len(words) != 2 or words[0] != FIRST_WORD or len(words[1]) != 2 * KEY_BYTES:
            raise KeepingError(Problem.BAD_KEY, path)
        return Sealer(bytes.fromhex(words[1]))
    except ValueError as error:
        raise KeepingError(Problem.BAD_KEY, path) from error


def make_key(path: Path) -> Sealer:
    """Write a new key to *path*, whole or not at all; one that is there already stays."""
    return _place_key(path, _new_key())


def move_key(old: Path, new: Path) -> Sealer:
    """Take the key to *new*, such as a USB stick, so that what was kept stays readable.

    A key that is at *new* already stays; without one at *old* a new one is made.
    """
    if not new.parent.is_dir():  # made here, it would lie on the disk, not on the stick
        raise KeepingError(Problem.NO_KEY, new)
    sealer = _place_key(new, old.read_bytes()) if old.exists() else make_key(new)
    if old.exists() and old.resolve() != new.resolve() and read_key(old).id == sealer.id:
        erase_key(old)
    return sealer


def erase_key(path: Path) -> None:
    """Overwrite the key and remove its file, if it is there."""
    replace_key(path)
    remove(path)


def replace_key(path: Path) -> None:
    """Write a new key over the old one, in its very place."""
    with (
        told_as_ours(path),
        suppress(FileNotFoundError, NotADirectoryError),
        path.open("r+b") as file,
    ):
        file.write(_new_key())
        file.flush()
        os.fsync(file.fileno())


def _new_key() -> bytes:
    return f"{FIRST_WORD} {secrets.token_hex(KEY_BYTES)}\n".encode()


def _place_key(path: Path, key: bytes) -> Sealer:
    with told_as_ours(path):
        make_private_folder(path.parent)
        if not path.exists():
            _link(write_beside(path, key), path)
    return read_key(path)


def _link(new: Path, path: Path) -> None:
    """Put *new* into its place, but never over a key that came in between."""
    try:
        os.link(new, path)
        new.unlink()
    except FileExistsError:
        new.unlink()
    except OSError:  # the file systems of most USB sticks know no links
        new.rename(path)
    sync_folder(path.parent)
