"""Voice messages as recorders make them, with something about their author in the comments."""

import struct
from collections.abc import Iterator


def voice(comment: str = "recorded by +8613900001111") -> bytes:
    """A short Opus stream."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    vendor, said = b"libopus of Anna", comment.encode()
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor
    tags += struct.pack("<II", 1, len(said)) + said
    packets = [head, tags, b"\x08" + bytes(20)]
    parts = [part for packet in packets for part in _parts(packet)]
    return b"".join(_page(number, lacing, body) for number, (lacing, body) in enumerate(parts))


def _parts(packet: bytes) -> Iterator[tuple[bytes, bytes]]:
    """A packet as the pages it fills: 255 segments of 255 bytes at most."""
    lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    for start in range(0, len(lacing), 255):
        segments = lacing[start : start + 255]
        yield segments, packet[start * 255 : start * 255 + sum(segments)]


def _page(number: int, lacing: bytes, body: bytes) -> bytes:
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 2 * (not number), 0, 7, number, 0, len(lacing))
    return head + lacing + body


def pages(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, bytes) of each page."""
    at = 0
    while at < len(stream):
        number, count = struct.unpack_from("<I", stream, at + 18)[0], stream[at + 26]
        end = at + 27 + count + sum(stream[at + 27 : at + 27 + count])
        yield number, stream[at:end]
        at = end
