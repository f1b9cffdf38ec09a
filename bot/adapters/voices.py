"""Voice messages without what recorders write into them: an Ogg stream of Opus, its comments emptied."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.errors import Invalid

_PAGE = struct.Struct("<4sBBqIIIB")
_NO_TAGS = b"OpusTags" + struct.pack("<II", 0, 0)
_POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True, slots=True)
class _Page:
    flags: int
    granule: int
    serial: int
    number: int
    lacing: bytes
    body: bytes

    @property
    def ends_a_packet(self) -> bool:
        return any(length < 255 for length in self.lacing)

    def written(self) -> bytes:
        head = _PAGE.pack(
            b"OggS", 0, self.flags, self.granule, self.serial, self.number, 0, len(self.lacing)
        )
        whole = head + self.lacing + self.body
        return whole[:22] + struct.pack("<I", _checksum(whole)) + whole[26:]


def clean_voice(content: bytes) -> bytes:
    """The same sound and nothing else. Raises Invalid("file", "not_a_voice")."""
    try:
        pages = list(_pages(content))
        head, *rest = [page for page in pages if page.serial == pages[0].serial]
        end = next(place for place, page in enumerate(rest) if page.ends_a_packet)
    except (ValueError, IndexError, StopIteration) as error:
        raise Invalid("file", "not_a_voice") from error
    if not (head.body.startswith(b"OpusHead") and rest[0].body.startswith(b"OpusTags")):
        raise Invalid("file", "not_a_voice")
    tags = replace(rest[0], number=1, lacing=bytes([len(_NO_TAGS)]), body=_NO_TAGS)
    sound = [replace(page, number=number) for number, page in enumerate(rest[end + 1 :], start=2)]
    return b"".join(page.written() for page in (head, tags, *sound))


def _pages(content: bytes) -> Iterator[_Page]:
    at = 0
    while at < len(content):
        if len(content) - at < _PAGE.size:
            raise ValueError("cut off")
        sign, _, flags, granule, serial, number, _, count = _PAGE.unpack_from(content, at)
        lacing = content[at + _PAGE.size : at + _PAGE.size + count]
        start = at + _PAGE.size + count
        at = start + sum(lacing)
        if sign != b"OggS" or at > len(content):
            raise ValueError("no page")
        yield _Page(flags, granule, serial, number, lacing, content[start:at])


def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = ((rest << 1) ^ (_POLYNOMIAL if rest & 0x80000000 else 0)) & 0xFFFFFFFF
        found.append(rest)
    return tuple(found)


_TABLE = _table()


def _checksum(page: bytes) -> int:
    rest = 0
    for byte in page:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ _TABLE[(rest >> 24) ^ byte]
    return rest
