"""What people send is kept without its traces, and what is no picture or film is refused before it can do harm."""

import io
import struct
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import av
import pytest
from PIL import Image

from bot.adapters.files import MOST_A_DAY, DiskFiles
from bot.conversation import LARGEST_FILE
from core.errors import Invalid
from core.files.model import Kept
from tests.builders import NOW, Town, town
from tests.films import CANARY, film

pytestmark = pytest.mark.feature("C18")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


@pytest.fixture
def files(place: Town, tmp_path: Path) -> DiskFiles:
    return DiskFiles(root=tmp_path / "files", store=lambda: place.store, new_id=place.new_id)


async def kept(files: DiskFiles, content: bytes, mime: str, name: str = "a") -> Kept:
    return await files.keep(content=content, mime=mime, name=name, owner_id=None, now=NOW)


def stored(tmp_path: Path) -> list[bytes]:
    return [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize("mime", ["video/mp4", "video/quicktime"])
async def test_a_film_keeps_its_picture_and_sound_and_loses_every_trace(
    files: DiskFiles, tmp_path: Path, turned: int, mime: str
) -> None:
    original = film(turned=turned)
    assert original.count(CANARY.encode()) > 5
    one = await kept(files, original, mime, "../../IMG_0001.mov")
    sides = (64, 96) if turned else (96, 64)
    assert (one.width, one.height, one.seconds) == (*sides, 1)
    assert (one.name, one.mime) == ("IMG_0001.mp4", "video/mp4")
    contents = stored(tmp_path)
    assert len(contents) == 2, "the film and its cover"
    for content in contents:
        assert b"CANARY" not in content
        assert b"x264 - core" not in content, "what an encoder writes between the pictures"
    _, _, clean = await files.read(one.id) or ("", "", b"")
    with av.open(io.BytesIO(clean)) as opened:
        assert {stream.type for stream in opened.streams} == {"video", "audio"}
        assert "creation_time" not in opened.metadata
        frames = list(opened.decode(video=0))
    assert len(frames) == 10
    assert frames[0].rotation == turned
    assert one.cover_id is not None
    _, _, cover = await files.read(one.cover_id) or ("", "", b"")
    assert Image.open(io.BytesIO(cover)).size == sides


def with_traces(kind: str) -> bytes:
    """A picture that tells of its camera in every place the kind has for it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x0112] = "CANARY", 6
    more = {"comment": b"CANARY", "xmp": b"<x>CANARY</x>"} if kind == "JPEG" else {}
    Image.effect_noise((60, 40), 30).convert("RGB").save(out, kind, exif=exif, **more)
    return out.getvalue() + b"PK\x03\x04CANARY"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_stands_upright_and_loses_every_trace(
    files: DiskFiles, tmp_path: Path, kind: str
) -> None:
    one = await kept(files, with_traces(kind), f"image/{kind.lower()}")
    assert one.mime == "image/jpeg"
    (content,) = stored(tmp_path)
    assert b"CANARY" not in content
    assert Image.open(io.BytesIO(content)).size == (40, 60)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def endless_png(side: int) -> bytes:
    """A few kilobytes that claim to be a picture of `side` × `side`."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + chunk(b"IEND", b"")
    )


def bomb() -> bytes:
    """Megabytes of nothing in a text beside the picture."""
    whole = io.BytesIO()
    Image.new("RGB", (8, 8)).save(whole, "PNG")
    text = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(80_000_000), 9))
    return whole.getvalue()[:33] + text + whole.getvalue()[33:]


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


HOSTILE = {
    "a picture of 50,000 × 50,000": (endless_png(50_000), "image/png", "too_many_pixels"),
    "half a picture": (with_traces("JPEG")[:600], "image/jpeg", "not_a_picture"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "not_a_picture"),
    "tiff, which nobody needs": (b"II*\x00" + bytes(64), "image/tiff", "not_a_picture"),
    "a page": (b"<html><script>1</script>", "image/jpeg", "not_a_picture"),
    "an archive": (b"PK\x03\x04" + bytes(64), "application/zip", "kind"),
    "a program called pdf": (b"\x7fELF" + bytes(64), "application/pdf", "kind"),
    "words called voice": (b"hello", "audio/ogg", "not_a_voice"),
    "no film at all": (b"no film at all", "video/mp4", "not_a_video"),
    "a picture called film": (with_traces("JPEG"), "video/mp4", "not_a_video"),
    "half a film": (film()[:900], "video/mp4", "not_a_video"),
    "an empty film": (box(b"ftyp", b"isom\x00\x00\x02\x00isom"), "video/mp4", "not_a_video"),
    "boxes in boxes": (box(b"ftyp", b"isom\x00\x00\x02\x00") + b"\x00\x00\x40\x00moov" * 2000,
                       "video/mp4", "not_a_video"),
    "a list of other files": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "video/mp4", "not_a_video"),
    "a list for the joiner": (b"ffconcat version 1.0\nfile /etc/passwd\n", "video/mp4", "not_a_video"),
    "a film of another kind": (b"\x1aE\xdf\xa3" + bytes(200), "video/webm", "kind"),
    "a film that is too large": (bytes(LARGEST_FILE + 1), "video/mp4", "too_large"),
    "sound without pictures": (b"ID3" + bytes(500), "video/mp4", "not_a_video"),
}  # fmt: skip


@pytest.mark.parametrize("what", list(HOSTILE))
async def test_hostile_files_are_refused_by_name_and_leave_nothing(
    files: DiskFiles, tmp_path: Path, place: Town, what: str
) -> None:
    content, mime, reason = HOSTILE[what]
    with pytest.raises(Invalid) as refusal:
        await kept(files, content, mime)
    assert (refusal.value.name, refusal.value.reason) == ("file", reason)
    assert stored(tmp_path) == []
    assert await place.store.count(Kept) == 0


async def test_a_bomb_beside_the_picture_is_never_unpacked(files: DiskFiles) -> None:
    with pytest.raises(Invalid, match="not_a_picture"):
        await kept(files, bomb(), "image/png")


async def test_three_minutes_are_enough(files: DiskFiles) -> None:
    assert (await kept(files, film(seconds=179, rate=1), "video/mp4")).seconds == 179
    with pytest.raises(Invalid, match="too_long"):
        await kept(files, film(seconds=182, rate=1), "video/mp4")


async def test_so_many_files_a_day_are_enough_for_anybody(files: DiskFiles, place: Town) -> None:
    person = await place.person()
    many = [
        Kept(id=place.new_id(), owner_id=person.id, name="a", mime="image/jpeg", size=1, sha256="0",
             path="0", created_at=NOW)
        for _ in range(MOST_A_DAY)
    ]  # fmt: skip
    await place.keep(*many)
    mine = {
        "content": with_traces("JPEG"),
        "mime": "image/jpeg",
        "name": "a",
        "owner_id": person.id,
    }
    with pytest.raises(Invalid, match="too_many"):
        await files.keep(now=NOW + timedelta(hours=23), **mine)
    assert await files.keep(now=NOW + timedelta(hours=25), **mine)
