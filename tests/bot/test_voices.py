"""A voice message keeps its sound and loses everything else."""

import struct

import pytest

from bot.adapters.voices import _checksum, clean_voice
from core.errors import Invalid
from tests.voices import pages, voice


def test_comments_go_and_the_sound_stays() -> None:
    cleaned = clean_voice(voice("recorded by +8613900001111"))
    assert b"13900001111" not in cleaned
    assert b"libopus" not in cleaned
    assert cleaned.startswith(b"OggS")
    assert b"OpusTags" in cleaned
    assert cleaned.endswith(b"\x08" + bytes(20))


def test_comments_over_several_pages_go_too() -> None:
    cleaned = clean_voice(voice("x" * 70_000))
    assert b"xx" not in cleaned
    assert [number for number, _ in pages(cleaned)] == [0, 1, 2]


def test_every_page_has_its_right_sum() -> None:
    cleaned = clean_voice(voice("x" * 70_000))
    for _, page in pages(cleaned):
        (told,) = struct.unpack_from("<I", page, 22)
        assert told == _checksum(page[:22] + bytes(4) + page[26:])


def test_a_known_sum() -> None:
    """The check value of this polynomial without reflection."""
    assert _checksum(b"123456789") == 0x89A1897F


@pytest.mark.parametrize("content", [b"", b"OggS", b"OggS" + bytes(500), b"RIFF" + bytes(99)])
def test_what_is_no_voice_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        clean_voice(content)
