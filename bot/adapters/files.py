"""Keeps what people send: checked before it is decoded, pictures re-encoded without metadata, named by content."""

import asyncio
import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from core.changes import Changes, Insert
from core.entity import NewId
from core.errors import Invalid, Unknown
from core.files.model import Copy, Kept
from core.ports import Store

LIMITS = {"image": 10 << 20, "video": 20 << 20, "audio": 10 << 20, "application": 10 << 20}
KINDS = {
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "application/pdf": ".pdf",
}
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2048


def clean_picture(content: bytes) -> bytes:
    """The picture as an upright JPEG of bounded size without metadata. Raises Invalid("file", ...)."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Invalid("file", "too_large")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid("file", "not_a_picture") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()


class DiskFiles:
    """Implements core.ports.FileStore and what the messengers ask of files."""

    def __init__(self, *, root: Path, store: Callable[[], Store], new_id: NewId) -> None:
        self._root = root
        self._store = store
        self._new_id = new_id

    async def keep(
        self, *, content: bytes, mime: str, name: str, owner_id: int | None, now: datetime
    ) -> Kept:
        """Raises Invalid("file", "too_large" | "not_a_picture" | "kind")."""
        group = mime.split("/")[0]
        if len(content) > LIMITS.get(group, 0) and group in LIMITS:
            raise Invalid("file", "too_large")
        if group == "image":
            content, mime, suffix = (
                await asyncio.to_thread(clean_picture, content),
                "image/jpeg",
                ".jpg",
            )
        elif mime in KINDS:
            suffix = KINDS[mime]
        else:
            raise Invalid("file", "kind")
        kept = await asyncio.to_thread(
            self._put_down, content, mime=mime, suffix=suffix, name=name, owner_id=owner_id, now=now
        )
        await self._store().apply(Changes().add(Insert(kept)))
        return kept

    def keep_drawn(self, *, content: bytes, name: str, now: datetime) -> Kept:
        """A JPEG of our own making: nothing to clean, and its row is written with the caller's others."""
        return self._put_down(
            content, mime="image/jpeg", suffix=".jpg", name=name, owner_id=None, now=now
        )

    def _put_down(
        self, content: bytes, *, mime: str, suffix: str, name: str, owner_id: int | None,
        now: datetime,
    ) -> Kept:  # fmt: skip
        digest = hashlib.sha256(content).hexdigest()
        path = Path(digest[:2]) / f"{digest}{suffix}"
        self._write(path, content)
        return Kept(
            id=self._new_id(), owner_id=owner_id, name=(Path(name).stem[:60] or "file") + suffix,
            mime=mime, size=len(content), sha256=digest, path=str(path), created_at=now,
        )  # fmt: skip

    def _write(self, path: Path, content: bytes) -> None:
        target = self._root / path
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(content)
        part.replace(target)

    async def read(self, file_id: int) -> tuple[str, str, bytes] | None:
        kept = await self._store().get(Kept, id=file_id)
        if kept is None:
            return None
        try:
            content = await asyncio.to_thread((self._root / kept.path).read_bytes)
        except FileNotFoundError as error:
            raise Unknown("file") from error
        return kept.name, kept.mime, content

    async def copy_of(self, bot: str, file_id: int) -> str | None:
        copy = await self._store().get(Copy, file_id=file_id, bot=bot)
        return copy.telegram_id if copy else None

    async def keep_copy(self, bot: str, file_id: int, telegram_id: str) -> None:
        copy = Copy(id=self._new_id(), file_id=file_id, bot=bot, telegram_id=telegram_id)
        await self._store().apply(Changes().add(Insert(copy, or_ignore=True)))
