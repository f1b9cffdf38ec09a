"""Files with real bytes: ids valid for one bot only, photos decoded and made smaller as Telegram makes them."""

import asyncio
import base64
import hashlib
import io
import mimetypes
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.sandbox.refusals import Refused, bad
from bot.sandbox.world import World

PHOTO_MAX = 10 * 1024 * 1024
UPLOAD_MAX = 50 * 1024 * 1024
DOWNLOAD_MAX = 20 * 1024 * 1024
SIDES = ((90, "s"), (320, "m"), (800, "x"), (1280, "y"))
FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "voice": "voice",
    "audio": "music",
    "document": "documents",
    "animation": "animations",
    "video_note": "video_notes",
    "sticker": "stickers",
}
SUFFIX = {
    "photo": ".jpg",
    "video": ".mp4",
    "voice": ".oga",
    "animation": ".mp4",
    "video_note": ".mp4",
    "sticker": ".webp",
    "audio": ".mp3",
}
MIME = {
    "photo": "image/jpeg",
    "video": "video/mp4",
    "voice": "audio/ogg",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "sticker": "image/webp",
    "audio": "audio/mpeg",
}
UNTOLD = "application/octet-stream"
UNTOLD_FILM = {"width": 320, "height": 240, "duration": 1}
WRONG = "wrong file identifier/HTTP URL specified"


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    body: bytes
    mime: str = ""


class Files:
    def __init__(self, world: World) -> None:
        self._world = world

    def file_id(self, uid: str, bot: int) -> str:
        secret = hashlib.blake2b(f"{uid}:{bot}".encode(), digest_size=6).hexdigest()
        packed = base64.urlsafe_b64encode(f"{bot}.{uid}.{secret}".encode()).decode().rstrip("=")
        return f"AgAC{packed}"

    def uid(self, file_id: str, bot: int) -> str:
        """The file behind an id, if the id was given to this bot."""
        try:
            packed = file_id.removeprefix("AgAC")
            text = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
            owner, uid, _ = text.split(".")
        except ValueError:
            raise bad(WRONG) from None
        if int(owner) != bot or uid not in self._world.files or self.file_id(uid, bot) != file_id:
            raise bad(WRONG)
        return uid

    async def bytes(self, uid: str) -> bytes:
        return await self._world.journal.get_bytes(uid)

    async def add(self, upload: Upload, kind: str, **facts: Any) -> str:
        """Stores what was uploaded and returns its number; a photo becomes a family of sizes.

        What the sender says of a film or a sound stays with the file.
        """
        _measure(upload, kind)
        if kind != "photo":
            return self._store(upload, kind, **facts)
        sizes = await asyncio.to_thread(_photo_sizes, upload.body)
        uids = [
            self._store(Upload(upload.name, body, "image/jpeg"), kind, width=width, height=height)
            for width, height, body in sizes
        ]
        largest = self._world.files[uids[-1]]
        largest["sizes"] = uids
        self._world.journal.put("file", uids[-1], largest)
        return uids[-1]

    def _store(self, upload: Upload, kind: str, **facts: Any) -> str:
        uid = self._world.serial()
        guessed = mimetypes.guess_type(upload.name)[0]
        suffix = SUFFIX.get(kind) or ("." + upload.name.rpartition(".")[2])[:12]
        record = {
            "uid": uid,
            "kind": kind,
            "name": upload.name,
            "size": len(upload.body),
            "mime": MIME.get(kind) or _told(upload) or guessed or UNTOLD,
            "path": f"{FOLDERS[kind]}/file_{uid}{suffix}",
            **facts,
        }
        self._world.files[uid] = record
        self._world.journal.put("file", uid, record)
        self._world.journal.put_bytes(uid, upload.body)
        return uid

    def describe(self, uid: str, kind: str, bot: int, **facts: Any) -> Any:
        """The Bot API object of a file as this bot sees it; for a photo the list of its sizes."""
        record = self._world.files[uid]
        if kind == "photo":
            return [self._size(each, bot) for each in record.get("sizes", [uid])]
        if kind == "video_note":  # Telegram tells no kind of these
            return self._head(record, bot) | {"length": 240, "duration": 1}
        body = self._head(record, bot) | {"mime_type": record["mime"]}
        if kind in ("video", "animation"):
            body |= {name: record.get(name, untold) for name, untold in UNTOLD_FILM.items()}
        if kind in ("voice", "audio"):
            body |= {"duration": record.get("duration", 1)}
        if kind in ("document", "animation", "video", "audio"):
            body |= {"file_name": record["name"]}
        if kind == "sticker":
            body = self._head(record, bot) | STICKER
        return body | {key: value for key, value in facts.items() if value is not None}

    def _size(self, uid: str, bot: int) -> dict[str, Any]:
        record = self._world.files[uid]
        return self._head(record, bot) | {"width": record["width"], "height": record["height"]}

    def _head(self, record: dict[str, Any], bot: int) -> dict[str, Any]:
        return {
            "file_id": self.file_id(record["uid"], bot),
            "file_unique_id": f"AQAD{record['uid']}",
            "file_size": record["size"],
        }

    def get_file(self, file_id: str, bot: int) -> dict[str, Any]:
        try:
            record = self._world.files[self.uid(file_id, bot)]
        except Refused:
            raise bad("wrong file_id or the file is temporarily unavailable") from None
        if record["size"] > DOWNLOAD_MAX:
            raise bad("file is too big")
        return self._head(record, bot) | {"file_path": record["path"]}

    def at(self, path: str) -> dict[str, Any] | None:
        """The file with this file_path; the number is in its name."""
        uid = path.rpartition("file_")[2].partition(".")[0]
        record = self._world.files.get(uid)
        return record if record and record["path"] == path else None


STICKER = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}


def _told(upload: Upload) -> str:
    """The kind a program names that knows it; most send bytes without a word about them."""
    return "" if upload.mime == UNTOLD else upload.mime


def _measure(upload: Upload, kind: str) -> None:
    size = len(upload.body)
    if size == 0:
        raise bad("file must be non-empty")
    if kind == "photo" and size > PHOTO_MAX:
        raise bad(
            f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_MAX} bytes"
        )
    if size > UPLOAD_MAX:
        raise Refused(413, "Request Entity Too Large")


def _photo_sizes(body: bytes) -> list[tuple[int, int, bytes]]:
    """The sizes Telegram keeps, smallest first, encoded anew, so that nothing but the picture remains."""
    try:
        with Image.open(io.BytesIO(body)) as opened:
            width, height = opened.size
            if width + height > 10_000 or max(width, height) > 20 * min(width, height):
                raise bad("PHOTO_INVALID_DIMENSIONS")
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    longest = max(width, height)
    wanted = [side for side, _ in SIDES if side < longest] + [min(longest, SIDES[-1][0])]
    return [_shrunk(picture, side) for side in dict.fromkeys(wanted)]


def _shrunk(picture: Image.Image, side: int) -> tuple[int, int, bytes]:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.BILINEAR)  # half the work of the default
    out = io.BytesIO()
    small.save(out, "JPEG", quality=85)
    return small.width, small.height, out.getvalue()


def sticker_picture(emoji: str) -> Upload:
    """A small clear picture that stands for a sticker; the page draws the emoji itself."""
    out = io.BytesIO()
    Image.new("RGBA", (64, 64)).save(out, "WEBP")
    return Upload(f"{emoji}.webp", out.getvalue(), "image/webp")
