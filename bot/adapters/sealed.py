"""A locked file of any length: pieces under AES-256-GCM, each bound to its place, the last one known as the last.

So nothing can be changed, left out, put elsewhere, added or cut off unseen. A file has a key of its own, derived from
one of ours; which one, the head tells without telling the key.
"""

import base64
import hashlib
import io
import os
from collections.abc import Sequence
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import Unusable

MAGIC: Final = b"DOORSTEP BACKUP\x01"
PIECE: Final = 1 << 20
_SALT, _MARK, _CHECK, _TAG = 16, 8, 8, 16
_HEAD = len(MAGIC) + _SALT + _MARK + _CHECK


def key_of(text: str) -> bytes:
    """32 bytes, as Fernet keys are written. Raises ValueError."""
    key = base64.urlsafe_b64decode(text.encode())
    if len(key) != 32:
        raise ValueError("not a key of 32 bytes")
    return key


def _derived(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The key of one file, and the mark by which the right one is known."""
    many = HKDF(SHA256(), 32 + _MARK, salt, b"doorstep backup").derive(key)
    return many[:32], many[32:]


def _check(head: bytes) -> bytes:
    return hashlib.sha256(head).digest()[:_CHECK]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealedWriter(io.RawIOBase):
    """What is written into it lies locked in `target`; only `close` makes it whole."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT)
        own, mark = _derived(key, salt)
        head = MAGIC + salt + mark
        self._head = head + _check(head)
        self._cipher = AESGCM(own)
        self._target = target
        self._rest = bytearray()
        self._number = 0
        target.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        more = memoryview(data)  # type: ignore[arg-type]
        self._rest += more
        while len(self._rest) > PIECE:
            self._put(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]
        return more.nbytes

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last)
        self._target.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._rest), last=True)
        super().close()


class SealedReader(io.RawIOBase):
    """Gives back what was written, piece by piece, and nothing that was not.

    Raises Unusable("foreign" | "damaged" | "wrong_key" | "cut").
    """

    def __init__(self, source: BinaryIO, keys: Sequence[bytes]) -> None:
        self._head = source.read(_HEAD)
        if not self._head.startswith(MAGIC):
            raise Unusable("cut" if MAGIC.startswith(self._head) else "foreign")
        if len(self._head) < _HEAD:
            raise Unusable("cut")
        if self._head[-_CHECK:] != _check(self._head[:-_CHECK]):
            raise Unusable("damaged")
        self._source = source
        self._cipher = AESGCM(self._opening(keys))
        self._number = 0
        self._ready = b""
        self._next = source.read(PIECE + _TAG)
        self._ended = False

    def _opening(self, keys: Sequence[bytes]) -> bytes:
        at = len(MAGIC)
        salt, mark = self._head[at : at + _SALT], self._head[at + _SALT : -_CHECK]
        for key in keys:
            own, its_mark = _derived(key, salt)
            if its_mark == mark:
                return own
        raise Unusable("wrong_key")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        room = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if not self._ready and not self._ended:
            self._ready = self._open_next()
        count = min(len(room), len(self._ready))
        room[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _open_next(self) -> bytes:
        piece, self._next = self._next, self._source.read(PIECE + _TAG)
        self._ended = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._number, self._ended), piece, self._head)
        except (InvalidTag, ValueError):
            raise Unusable("cut" if self._ended else "damaged") from None
        self._number += 1
        return opened
